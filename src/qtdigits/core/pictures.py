"""Picture to digit image: the ink is found, framed as ink is, and a fine pen is exchanged.

A fine line would fade when reduced to 28x28: it is thickened all around to what the pen of other
ink would have drawn. Wider strokes stay as they are, as training has seen them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from qtdigits.core.masks import Mask, dilated, padded
from qtdigits.core.picture_files import read_grey
from qtdigits.core.picture_ink import Grey, any_in_blocks, ink_coverage
from qtdigits.core.raster import (
    BOX,
    OVERSAMPLING,
    PEN_WIDTH,
    SIDE,
    DigitImage,
    centred,
    reduced,
)

_WORKING_SIDE: Final = 160
"""The ink's longer side, in pixels, when its strokes are measured and thickened."""
_THIN_STROKE: Final = 3.0
"""A stroke of fewer pixels could break when reduced by the mean."""
_FINE_PEN: Final = 1.8
"""Strokes that would be narrower than this in the digit image, in pixels, are drawn anew."""
_FRAME_TOLERANCE: Final = 2.5
"""How many pixels a box may differ from 20: antialiased rims are counted or not."""


def read_digit_image(path: Path) -> DigitImage | None:
    """Read a picture file as a digit image; None if no digit is found in it.

    Raises ValueError with a sentence if the file is not a picture that can be read.
    """
    return digit_image(read_grey(path))


def digit_image(grey: Grey) -> DigitImage | None:
    """Frame the digit in a grey picture (0 black to 1 white) of any size, polarity and pen width.

    Returns float32 of shape (28, 28), 0 for paper to 1 for ink, or None if no digit is found. A
    picture that is a digit image already comes back as it is.
    """
    image = as_digit_image(grey)
    if image is not None:
        return image
    found = ink_coverage(grey)
    return None if found is None else framed_ink(*found)


def as_digit_image(grey: Grey) -> DigitImage | None:
    """A picture that is a digit image already, with its polarity set right; None if it is not."""
    if grey.shape == (SIDE, SIDE):
        for image in (grey, 1 - grey):
            if _is_framed(image):
                return image.astype(np.float32)
    return None


def framed_ink(coverage: NDArray[np.float32], mask: Mask) -> DigitImage:
    """The digit image of the ink of a mask, with the coverage of its pixels (0.5 at the edge).

    Both have the shape (height, width); the mask is not empty.
    """
    ink = _cut_out(coverage, mask)
    shape = np.asarray(ink) > 127
    width = _stroke_width(shape)
    if width * BOX / _extent(shape) < _FINE_PEN:
        shape = _thickened(shape, width)
        ink = _as_picture(shape)
    return _framed(ink, shape)


def digit_images(pictures: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Digit images of an array of pictures of shape (n, height, width), 0 to 255.

    Pictures of 28x28 are taken for digit images; only their polarity is set right, for all alike.
    Others are framed one by one. Returns uint8 of shape (n, 28, 28), 0 for paper to 255 for ink;
    all zeros where no digit is found.
    """
    if pictures.shape[1:] == (SIDE, SIDE):
        rim = np.concatenate([pictures[:, 0], pictures[:, -1]])
        return 255 - pictures if np.median(rim) > 127 else pictures
    images = np.zeros((len(pictures), SIDE, SIDE), np.uint8)
    for at, picture in enumerate(pictures):
        image = digit_image(picture.astype(np.float32) / np.float32(255))
        if image is not None:
            images[at] = np.rint(image * 255)
    return images


def _framed(ink: Image.Image, shape: Mask) -> DigitImage:
    """The ink as it is, in the frame of digit images: 20x20 box, centre of mass in the middle.

    shape: where its level passes 127.
    """
    cut = ink.crop(_box(shape))
    scale = BOX * OVERSAMPLING / max(cut.size)
    width, height = (max(1, round(length * scale)) for length in cut.size)
    resized = cut.resize((width, height), Image.Resampling.BILINEAR)
    return reduced(centred(resized, SIDE * OVERSAMPLING))


def _is_framed(image: Grey) -> bool:
    """Is it white on black, in MNIST's 20x20 box with its centre of mass in the middle?"""
    total = float(image.sum())
    if float(np.median(image)) > 0.05 or float(image.max()) < 0.5:
        return False
    rows, columns = np.nonzero(image > 0.1)
    extent = max(np.ptp(rows), np.ptp(columns)) + 1
    places = np.arange(SIDE) + 0.5
    centre = np.array([image.sum(axis=0) @ places, image.sum(axis=1) @ places]) / total
    return bool(abs(extent - BOX) <= _FRAME_TOLERANCE and (np.abs(centre - SIDE / 2) <= 1).all())


def _cut_out(coverage: NDArray[np.float32], mask: Mask) -> Image.Image:
    """The ink cut out and brought to the working size, with a rim of paper around it.

    Mode L; the edge of the ink runs where the level passes 127.
    """
    left, top, right, bottom = _box(mask)
    cut = mask[top:bottom, left:right]
    extent = max(cut.shape)
    factor = extent // _WORKING_SIDE
    if factor > 1 and _stroke_width(cut) < _THIN_STROKE * factor:
        return _as_picture(padded(any_in_blocks(cut, factor), 2))
    if factor > 1:
        return _as_picture(padded(cut, factor)).reduce(factor)
    # Enlarge with the grey rim of the ink, which tells where the edge runs between two pixels.
    soft = padded(coverage, 1)[top : bottom + 2, left : right + 2] * _rimmed(cut)
    scale = _WORKING_SIDE / extent
    height, width = soft.shape
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return Image.fromarray(np.rint(soft * 255).astype(np.uint8)).resize(
        size, Image.Resampling.BICUBIC
    )


def _as_picture(mask: Mask) -> Image.Image:
    return Image.fromarray(mask.astype(np.uint8) * np.uint8(255))


def _extent(mask: Mask) -> int:
    """The longer side of the ink, in pixels."""
    left, top, right, bottom = _box(mask)
    return max(right - left, bottom - top)


def _box(mask: Mask) -> tuple[int, int, int, int]:
    """Left, top, right and bottom (behind the last pixel) of a mask that is not empty."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def _stroke_width(mask: Mask) -> float:
    """Mean width of the strokes in pixels: a long stroke of width w has the area w L and the
    outline 2 L. The outline is 4/pi of what counting pixel edges gives, on average over directions.
    """
    rimmed = padded(mask, 1)
    down = np.count_nonzero(rimmed[1:] != rimmed[:-1])
    edges = down + np.count_nonzero(rimmed[:, 1:] != rimmed[:, :-1])
    return float(2 * np.count_nonzero(mask) / max(1.0, edges * np.pi / 4))


def _rimmed(mask: Mask) -> Mask:
    """A mask with all eight neighbours of its pixels, on a sheet larger by one pixel all around."""
    sheet = padded(mask, 1)
    tall = sheet.copy()
    tall[1:] |= sheet[:-1]
    tall[:-1] |= sheet[1:]
    wide = tall.copy()
    wide[:, 1:] |= tall[:, :-1]
    wide[:, :-1] |= tall[:, 1:]
    return wide


def _thickened(mask: Mask, width: float) -> Mask:
    """The strokes of a mask, of this width in pixels, as wide as ink of its size is drawn."""
    track = max(1.0, _extent(mask) - width)
    wanted = track * PEN_WIDTH / (BOX - PEN_WIDTH)
    reach = max(0.0, (wanted - width) / 2)
    return dilated(padded(mask, int(reach) + 2), reach)

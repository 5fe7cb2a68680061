"""Picture to digit image: the pen's path is found in the picture and drawn as ink is drawn."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from qtdigits.core.picture_files import read_grey
from qtdigits.core.picture_ink import Grey, any_in_blocks, ink_coverage
from qtdigits.core.raster import BOX, SIDE, DigitImage, rasterize_tracks
from qtdigits.core.thinning import Mask, thin, without_spurs

_WORKING_SIDE: Final = 160
"""The ink's longer side, in pixels, when it is thinned."""
_THIN_STROKE: Final = 3.0
"""A stroke of fewer pixels could break when reduced by the mean."""
_SPUR: Final = 0.35
"""Branches shorter than this share of the stroke's width come from its rim, not from the pen."""


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
    if grey.shape == (SIDE, SIDE):
        for image in (grey, 1 - grey):
            if _is_framed(image):
                return image.astype(np.float32)
    found = ink_coverage(grey)
    if found is None:
        return None
    shape = _working_shape(*found)
    width = _stroke_width(shape)
    skeleton = without_spurs(thin(_smooth(shape, width)), round(_SPUR * width))
    points = np.argwhere(skeleton)[:, ::-1].astype(np.float64)
    if not len(points):
        return None
    # Each pixel of the path is a dot of the pen: from here on the picture is ink like any other.
    return rasterize_tracks(list(points[:, None, :]))


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


def _is_framed(image: Grey) -> bool:
    """Is it white on black, in MNIST's 20x20 box with its centre of mass in the middle?"""
    margin = round((SIDE - BOX) / 4)  # half of it: the centring may push the box off the middle
    inner = image[margin:-margin, margin:-margin]
    total = float(image.sum())
    if total < 1 or float(image.max()) < 0.5 or float(inner.sum()) < 0.999 * total:
        return False
    rows, columns = np.nonzero(image > 0.1)
    extent = max(np.ptp(rows), np.ptp(columns)) + 1
    places = np.arange(SIDE) + 0.5
    centre = np.array([image.sum(axis=0) @ places, image.sum(axis=1) @ places]) / total
    return bool(abs(extent - BOX) <= 2 and (np.abs(centre - SIDE / 2) <= 1).all())


def _working_shape(coverage: NDArray[np.float32], mask: Mask) -> Mask:
    """The ink cut out and brought to the working size, with a rim of paper around it."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    box = slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)
    cut = mask[box]
    extent = max(cut.shape)
    factor = extent // _WORKING_SIDE
    if factor > 1:
        if _stroke_width(cut) < _THIN_STROKE * factor:
            return np.pad(any_in_blocks(cut, factor), 2)
        share = Image.fromarray(np.pad(cut, factor).astype(np.uint8) * np.uint8(255)).reduce(factor)
        return np.asarray(share) > 127
    # Enlarge with the grey rim of the ink, which tells where the edge runs between two pixels.
    height, width = np.array(cut.shape) + 2
    soft = np.zeros((height, width), np.float32)
    near = np.asarray(Image.fromarray(cut).convert("L").filter(ImageFilter.MaxFilter(3))) > 0
    soft[1:-1, 1:-1] = coverage[box] * near
    scale = _WORKING_SIDE / extent
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return np.asarray(Image.fromarray(soft).resize(size, Image.Resampling.BICUBIC)) > 0.5


def _stroke_width(mask: Mask) -> float:
    """Mean width of the strokes in pixels: a long stroke of width w has the area w L and the
    outline 2 L. The outline is 4/pi of what counting pixel edges gives, on average over directions.
    """
    padded = np.pad(mask, 1)
    edges = np.count_nonzero(np.diff(padded, axis=0)) + np.count_nonzero(np.diff(padded, axis=1))
    return float(2 * np.count_nonzero(mask) / max(1.0, edges * np.pi / 4))


def _smooth(mask: Mask, width: float) -> Mask:
    """Round the rim, so that thinning follows the stroke and not its roughness."""
    picture = Image.fromarray(np.pad(mask, 1).astype(np.uint8) * np.uint8(255))
    smoothed = np.asarray(picture.filter(ImageFilter.GaussianBlur(width / 6))) > 127
    return smoothed[1:-1, 1:-1] if width > _THIN_STROKE else mask

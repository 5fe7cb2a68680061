"""Ink to digit image: the one way, for training and for reading, from strokes to 28x28.

The frame is MNIST's (LeCun, Cortes, Burges, http://yann.lecun.com/exdb/mnist): the drawing fits a
20x20 box with its aspect kept and its centre of mass lies at the centre of 28x28. Unlike a picture
of the screen, the pen width is always the same, whatever was shown.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from qtdigits.core.ink import Ink

PREPROCESSING: Final = 1
"""Version of everything in this module; a model card names the one it was trained with."""

SIDE: Final = 28
BOX: Final = 20.0
PEN_WIDTH: Final = 2.4
"""Width of the normalised pen in pixels of the digit image; gives MNIST's mean amount of ink."""

OVERSAMPLING: Final = 8
"""Drawing is done on so many pixels for each pixel of the digit image."""

_SPACING: Final = 0.2
"""Samples nearer to each other than this many pixels say nothing that 28x28 could show."""

_NO_EXTENT: Final = 1e-12
"""As a part of where the ink lies; doubles have no more digits to tell it by."""
_LEAST_EXTENT: Final = 1e-100

DigitImage = NDArray[np.float32]
"""Shape (28, 28), 0 for paper to 1 for ink, whatever the theme of the window."""


def rasterize(ink: Ink, pen_width: float = PEN_WIDTH) -> DigitImage:
    """Render ink as a digit image.

    Returns float32 of shape (28, 28) in 0..1; all zeros for empty ink. The widest side of the ink,
    pen included, measures 20 pixels; a dot stays a dot. `pen_width` (pixels, 0.5 to 8) is varied
    by training only.
    """
    return rasterize_tracks([stroke.points() for stroke in ink.strokes], pen_width)


def rasterize_tracks(tracks: list[NDArray[np.float64]], pen_width: float = PEN_WIDTH) -> DigitImage:
    """The same for bare tracks: each an array (n, 2) of x to the right and y down, any unit."""
    if not tracks:
        return np.zeros((SIDE, SIDE), np.float32)
    points = np.concatenate(tracks)
    low, high = points.min(axis=0), points.max(axis=0)
    extent = float((high - low).max())
    # A stroke as good as without extent is a dot: scaled to the box, it would leave the numbers.
    is_dot = extent <= max(_NO_EXTENT * float(np.abs(points).max()), _LEAST_EXTENT)
    scale = 1.0 if is_dot else (BOX - pen_width) / extent
    side = SIDE * OVERSAMPLING
    # Draw with the box in the middle, then move the drawing so that its centre of mass is there.
    offset = (SIDE / 2) - (low + high) / 2 * scale
    image = Image.new("L", (side, side))
    draw = ImageDraw.Draw(image)
    width = pen_width * OVERSAMPLING
    for track in tracks:
        _draw_track(draw, _thin_out(track * scale + offset) * OVERSAMPLING, width)
    return reduced(centred(image, side))


def reduced(image: Image.Image) -> DigitImage:
    """The digit image of an oversampled one; reduce() is a box filter: exact area coverage."""
    return np.asarray(image.reduce(OVERSAMPLING), dtype=np.float32) / 255.0


def _thin_out(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Leave out samples that stand too close to the last one kept; the ends always stay."""
    if len(points) < 3:
        return points
    travelled = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))))
    steps = np.floor(travelled / _SPACING)
    keep = np.concatenate(([True], np.diff(steps) > 0))
    keep[-1] = True
    return points[keep]


def _draw_track(draw: ImageDraw.ImageDraw, points: NDArray[np.float64], width: float) -> None:
    """Draw a polyline with round joints and ends; points and width in oversampled pixels."""
    radius = width / 2
    # Pillow means pixel centres by whole numbers, we mean pixel edges.
    centres = points - 0.5
    if len(points) > 1:
        draw.line(centres.ravel().tolist(), fill=255, width=max(1, round(width)))
    for x, y in centres.tolist():
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)


def centred(ink: Image.Image, side: int) -> Image.Image:
    """Put a drawing (mode L) on a square so that its centre of mass is at the middle, to one pixel.

    Ink never leaves the square: a lop-sided drawing stops at the edge.
    """
    square = Image.new("L", (side, side))
    box = ink.getbbox()
    if box is not None:
        # Sums of whole numbers, so small that no float32 rounds them.
        levels = np.asarray(ink).astype(np.float32)
        across, down = levels.sum(axis=0), levels.sum(axis=1)
        left, top, right, bottom = box
        square.paste(ink, (_start(across, side, left, right), _start(down, side, top, bottom)))
    return square


def _start(ink: NDArray[np.float32], side: int, first: int, last: int) -> int:
    """Where a drawing begins on the side of a square for its centre of mass to be in the middle.

    ink: how much there is in each column, or row. first, last: where it begins and ends.
    """
    start = (side - len(ink)) // 2
    total = ink.sum(dtype=np.float64)
    centre = float(ink.astype(np.float64) @ (np.arange(start, start + len(ink)) + 0.5) / total)
    shift = round(side / 2 - centre)
    return start + min(max(shift, -(start + first)), side - (start + last))

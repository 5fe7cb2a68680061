"""Random variation of digit images, each by its own draw: what training does, without TensorFlow.

ml/augment.py varies the batches of a training by the limits below; this module varies a few images
by the same rules with numpy, to be looked at while the limits are being chosen. A test holds the
two together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from qtdigits.core.raster import SIDE

Images = NDArray[np.uint8]
_Pixels = NDArray[np.float32]

COARSE: Final = 5
"""Points a side on which elastic displacement is drawn, before it is made smooth."""


@dataclass(frozen=True, slots=True)
class Variation:
    """The largest change of each kind, drawn evenly from plus to minus; all zero varies nothing.

    rotation and slant in degrees; scale and stretch as fractions (both axes, one against the
    other); shift and elastic in pixels (elastic: standard deviation); thickness as a share of one
    pixel added to or taken from both sides of the line. blur is the largest share of the mean of
    the 3x3 pixels around in each pixel, paleness the largest share of darkness lost, grain the
    largest standard deviation of noise; these three go one way only.
    """

    rotation: float = 12.0
    slant: float = 16.0
    scale: float = 0.12
    stretch: float = 0.12
    shift: float = 2.0
    elastic: float = 0.7
    thickness: float = 0.7
    blur: float = 0.8
    paleness: float = 0.3
    grain: float = 0.25


def varied(
    images: Images, variation: Variation, strength: float, rng: np.random.Generator
) -> Images:
    """Vary each image (n, 28, 28) by its own draw; the same kind of array comes back.

    strength makes all changes smaller or larger by a factor; blur and paleness stop at 1. Whatever
    it is, the generator is asked for the same numbers: the same seed shows the same changes.
    """
    draw = _Draw(len(images), strength, rng)
    pixels = np.asarray(images, np.float32) / np.float32(255)
    looked_up = _look_up(pixels, *_places(draw, variation))
    scanned = _vary_scan(_vary_thickness(looked_up, draw, variation), draw, variation)
    return np.asarray(np.rint(scanned * 255), np.uint8)


def smoothing() -> NDArray[np.float32]:
    """What makes a coarse line of values smooth, shape (28, 5): cubic convolution (Keys 1981).

    Weights beyond either end are left out and the others made larger for them.
    """
    middles = (np.arange(SIDE) + 0.5) * COARSE / SIDE - 0.5
    away = np.abs(middles[:, None] - np.arange(COARSE))
    near = (1.5 * away - 2.5) * away**2 + 1
    far = ((2.5 - 0.5 * away) * away - 4) * away + 2
    weights = np.where(away <= 1, near, np.where(away < 2, far, 0.0))
    return np.asarray(weights / weights.sum(axis=1, keepdims=True), np.float32)


_SMOOTHING: Final = smoothing()


@dataclass(frozen=True, slots=True)
class _Draw:
    """Draws for `count` images, made smaller or larger by `strength`."""

    count: int
    strength: float
    rng: np.random.Generator

    def even(self, limit: float) -> _Pixels:
        """One number an image from minus to plus the limit, shape (n, 1, 1)."""
        drawn = self.rng.random((self.count, 1, 1), np.float32) * 2 - 1
        return drawn * np.float32(limit * self.strength)

    def one_way(self, limit: float) -> _Pixels:
        """The same with all below 0 made 0: about half of the images are left as they are."""
        return np.maximum(self.even(limit), 0)

    def normal(self, *shape: int) -> _Pixels:
        """Normal numbers of deviation 1, which strength does not change."""
        return self.rng.standard_normal(shape, np.float32)


def _places(draw: _Draw, variation: Variation) -> tuple[_Pixels, _Pixels]:
    """Where each pixel of the varied image looks in the original: rows, columns (n, 28, 28)."""
    angle = draw.even(np.deg2rad(variation.rotation))
    slant = draw.even(np.deg2rad(variation.slant))
    size = np.exp(draw.even(variation.scale))
    stretch = np.exp(draw.even(variation.stretch) / 2)
    along = np.arange(SIDE, dtype=np.float32) - np.float32((SIDE - 1) / 2)
    y = along[None, :, None] + draw.even(variation.shift)
    x = along[None, None, :] + draw.even(variation.shift)
    sheared = x + np.tan(slant) * y
    cos, sin = np.cos(angle), np.sin(angle)
    rows = (sin * sheared + cos * y) / (size * stretch)
    columns = (cos * sheared - sin * y) / size * stretch
    coarse = draw.normal(2, draw.count, COARSE, COARSE) * (variation.elastic * draw.strength)
    down, right = _SMOOTHING @ coarse.astype(np.float32) @ _SMOOTHING.T
    middle = np.float32((SIDE - 1) / 2)
    return rows + middle + down, columns + middle + right


def _look_up(images: _Pixels, rows: _Pixels, columns: _Pixels) -> _Pixels:
    """Bilinear values of images (n, 28, 28) at rows and columns; outside is paper, 0."""
    side = SIDE + 2
    flat = np.pad(images, ((0, 0), (1, 1), (1, 1))).ravel()
    rows = np.clip(rows + 1, 0, np.float32(side - 1.001))
    columns = np.clip(columns + 1, 0, np.float32(side - 1.001))
    top, left = rows.astype(np.intp), columns.astype(np.intp)
    down, right = rows - top, columns - left
    first = np.arange(len(images), dtype=np.intp)[:, None, None] * (side * side)
    corner = first + top * side + left
    upper = flat[corner] * (1 - right) + flat[corner + 1] * right
    lower = flat[corner + side] * (1 - right) + flat[corner + side + 1] * right
    return np.asarray(upper * (1 - down) + lower * down, np.float32)


def _vary_thickness(images: _Pixels, draw: _Draw, variation: Variation) -> _Pixels:
    """Mix each image with the greatest or the least of the 3x3 pixels around."""
    amount = draw.even(variation.thickness)
    around = _around(images, mode="edge")
    thick, thin = around.max(axis=0), around.min(axis=0)
    grown, worn = np.maximum(amount, 0), np.maximum(-amount, 0)
    return np.asarray(images + grown * (thick - images) - worn * (images - thin), np.float32)


def _vary_scan(images: _Pixels, draw: _Draw, variation: Variation) -> _Pixels:
    """Blur, pale and grainy, each to its own degree."""
    blur = np.minimum(draw.one_way(variation.blur), 1)
    paleness = np.minimum(draw.one_way(variation.paleness), 1)
    grain = draw.one_way(variation.grain)
    mean = _around(images, mode="constant").sum(axis=0) / _NEIGHBOURS
    pale = (images + blur * (mean - images)) * (1 - paleness)
    return np.asarray(np.clip(pale + draw.normal(*images.shape) * grain, 0, 1), np.float32)


def _around(images: _Pixels, mode: Literal["edge", "constant"]) -> _Pixels:
    """Each pixel and its eight neighbours, shape (9, n, 28, 28)."""
    padded = np.pad(images, ((0, 0), (1, 1), (1, 1)), mode=mode)
    return np.stack([padded[:, y : y + SIDE, x : x + SIDE] for y in range(3) for x in range(3)])


_NEIGHBOURS: Final = _around(np.ones((1, SIDE, SIDE), np.float32), mode="constant").sum(axis=0)
"""How many of the 3x3 pixels around lie in the image; beyond its edge is nothing to be averaged."""

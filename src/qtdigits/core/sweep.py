"""How accuracy changes as digits are moved, turned, slanted, resized, thickened and spoiled."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from qtdigits.core.evaluation import Interval, wilson_interval
from qtdigits.core.image_variation import (
    Images,
    noisy,
    rotated,
    rotation,
    scaled,
    shifted,
    slant,
    slanted,
    thickened,
)
from qtdigits.core.ink_variation import Tracks
from qtdigits.core.raster import PEN_WIDTH, SIDE, rasterize_tracks

_CANVAS_PX: Final = 400
"""Side of the canvas that ink is drawn on in whole pixels, for the axis of its size."""

Reader = Callable[[Images], NDArray[np.int64]]
"""The digit that a network reads in each image, shape (n,); -1 where there is no ink."""


@dataclass(frozen=True, slots=True)
class Axis:
    """One thing that is varied.

    varied: 'ink' before it is rendered, or the 'image' that a network is given; unit belongs to
    the values, of which `usual` leaves a digit as it is.
    """

    name: str
    varied: str
    unit: str
    values: tuple[float, ...]
    usual: float

    @property
    def title(self) -> str:
        return f"{self.name} of the {self.varied}"


@dataclass(frozen=True, slots=True, eq=False)
class SweptDigits:
    """What is varied: images of shape (n, 28, 28), their labels (n,), and the ink, if it is known.

    tracks: one drawing for each image, or nothing.
    """

    images: Images
    labels: NDArray[np.int64]
    tracks: tuple[Tracks, ...] = ()


@dataclass(frozen=True, slots=True)
class Curve:
    """Along one axis, how many of n digits each network reads right: a tuple for each network."""

    axis: Axis
    n: int
    right: tuple[tuple[int, ...], ...]

    def accuracy(self, network: int) -> tuple[float, ...]:
        """The accuracy of a network at each value, 0..1."""
        return tuple(right / self.n for right in self.right[network])

    def intervals(self, network: int) -> tuple[Interval, ...]:
        """The 95 % interval of each."""
        return tuple(wilson_interval(right, self.n) for right in self.right[network])


_TURNS: Final = (-40.0, -30.0, -20.0, -10.0, 0.0, 10.0, 20.0, 30.0, 40.0)

_ON_IMAGES: Final[tuple[tuple[Axis, Callable[[Images, float], Images]], ...]] = (
    (Axis("shift", "image", "pixels", (0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0), 0.0), shifted),
    (Axis("rotation", "image", "degrees", _TURNS, 0.0), rotated),
    (Axis("slant", "image", "degrees", _TURNS, 0.0), slanted),
    (Axis("size", "image", "times", (0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3), 1.0), scaled),
    (
        Axis("pen width", "image", "pixels a side", (-1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0), 0.0),
        thickened,
    ),
    (Axis("noise", "image", "of full ink", (0.0, 0.1, 0.2, 0.3, 0.4, 0.5), 0.0), noisy),
)


def _rotated_ink(tracks: Tracks, degrees: float) -> NDArray[np.float32]:
    return rasterize_tracks([track @ rotation(degrees).T for track in tracks])


def _slanted_ink(tracks: Tracks, degrees: float) -> NDArray[np.float32]:
    return rasterize_tracks([track @ slant(degrees).T for track in tracks])


def _sized_ink(tracks: Tracks, share: float) -> NDArray[np.float32]:
    """As drawn on so much of a canvas: its pixels, whole numbers, are all that is known of it."""
    points = np.concatenate(tracks)
    low = points.min(axis=0)
    extent = float((points.max(axis=0) - low).max())
    scale = share * _CANVAS_PX / extent if extent > 0 else 1.0
    return rasterize_tracks([np.rint((track - low) * scale) for track in tracks])


_ON_INK: Final[tuple[tuple[Axis, Callable[[Tracks, float], NDArray[np.float32]]], ...]] = (
    (Axis("rotation", "ink", "degrees", _TURNS, 0.0), _rotated_ink),
    (Axis("slant", "ink", "degrees", _TURNS, 0.0), _slanted_ink),
    (Axis("size", "ink", "of the canvas", (0.05, 0.1, 0.15, 0.3, 0.5, 0.75, 1.0), 1.0), _sized_ink),
    (
        Axis(
            "pen width", "ink", "pixels", (1.0, 1.5, 2.0, PEN_WIDTH, 3.0, 4.0, 5.0, 6.0), PEN_WIDTH
        ),
        rasterize_tracks,
    ),
)
_BESIDE_INK: Final = ("shift", "rotation", "size", "noise")
"""What is varied of the image where the ink is known; slant and pen width are the ink's."""


def sweep(digits: SweptDigits, readers: Sequence[Reader]) -> tuple[Curve, ...]:
    """Read the digits under each variation with each network.

    Where the ink is known, it is varied and rendered anew, and the images are varied too where
    that is another thing. Raises ValueError when there is no digit.
    """
    n = len(digits.labels)
    if n == 0:
        raise ValueError("expected at least one digit to vary, got none")
    curves = []
    if digits.tracks:
        for axis, vary_ink in _ON_INK:
            varied = (_rendered(digits.tracks, vary_ink, value) for value in axis.values)
            curves.append(_curve(axis, varied, digits.labels, readers))
    for axis, vary in _ON_IMAGES:
        if not digits.tracks or axis.name in _BESIDE_INK:
            varied = (vary(digits.images, value) for value in axis.values)
            curves.append(_curve(axis, varied, digits.labels, readers))
    return tuple(curves)


def _rendered(
    drawings: Sequence[Tracks], vary: Callable[[Tracks, float], NDArray[np.float32]], value: float
) -> Images:
    blank = np.zeros((SIDE, SIDE), np.float32)
    images = [vary(tracks, value) if tracks else blank for tracks in drawings]
    return np.rint(np.stack(images) * 255).astype(np.uint8)


def _curve(
    axis: Axis, varied: Iterable[Images], labels: NDArray[np.int64], readers: Sequence[Reader]
) -> Curve:
    counts = [
        tuple(int(np.count_nonzero(read(images) == labels)) for read in readers)
        for images in varied
    ]
    return Curve(axis, len(labels), tuple(zip(*counts, strict=True)))

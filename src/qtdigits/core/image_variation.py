"""Variation of digit images by a known amount, all alike, to measure what a network bears.

Images are uint8 of shape (n, 28, 28), 0 for paper to 255 for ink; each function returns the same
kind. Places between pixels are interpolated bilinearly, and all outside the image is paper.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from qtdigits.core.raster import SIDE

Images = NDArray[np.uint8]

_BATCH = 500
"""So many images are varied at a time, to spare memory."""
_DIRECTIONS = 8


def shifted(images: Images, distance_px: float) -> Images:
    """Move each image as far, into one of eight directions by turns."""
    moved = np.empty_like(images)
    for turn in range(_DIRECTIONS):
        angle = 2 * np.pi * turn / _DIRECTIONS
        offset = distance_px * np.array([np.cos(angle), np.sin(angle)])
        moved[turn::_DIRECTIONS] = _mapped(images[turn::_DIRECTIONS], np.eye(2), offset)
    return moved


def rotated(images: Images, degrees: float) -> Images:
    """Turn clockwise about the middle."""
    return _mapped(images, rotation(degrees))


def slanted(images: Images, degrees: float) -> Images:
    """Lean the upright to the right, as italics do; the middle row stays."""
    return _mapped(images, slant(degrees))


def scaled(images: Images, factor: float) -> Images:
    """Enlarge about the middle."""
    return _mapped(images, np.eye(2) * factor)


def thickened(images: Images, pixels: float) -> Images:
    """Grow the ink by so many pixels on each side, or shrink it where that is below 0.

    Whole pixels by the greatest (smallest) of a pixel and its four neighbours; for the rest of a
    pixel the result is mixed with that of one step more.
    """
    amount = abs(pixels)
    thick = images if pixels >= 0 else 255 - images
    while amount > 0:
        grown = _grown(thick, edge=0 if pixels >= 0 else 255)
        part = min(1.0, amount)
        thick = np.rint(thick + part * (grown.astype(np.float32) - thick)).astype(np.uint8)
        amount -= part
    return thick if pixels >= 0 else 255 - thick


def noisy(images: Images, deviation: float, seed: int = 0) -> Images:
    """Add normal noise of a standard deviation given as a share of full ink; clipped."""
    noise = np.random.default_rng(seed).standard_normal(images.shape, np.float32)
    return np.asarray(np.rint(np.clip(images + noise * (255 * deviation), 0, 255)), np.uint8)


def rotation(degrees: float) -> NDArray[np.float64]:
    """The matrix (2, 2) that turns (x, y) clockwise, y down."""
    cos, sin = np.cos(np.deg2rad(degrees)), np.sin(np.deg2rad(degrees))
    return np.array([[cos, -sin], [sin, cos]])


def slant(degrees: float) -> NDArray[np.float64]:
    """The matrix (2, 2) that leans (x, y) to the right, y down."""
    return np.array([[1.0, -np.tan(np.deg2rad(degrees))], [0.0, 1.0]])


def _mapped(
    images: Images, matrix: NDArray[np.float64], offset: NDArray[np.float64] | None = None
) -> Images:
    """Bring each place p (x, y, from the middle) to matrix p + offset."""
    along = np.arange(SIDE) - (SIDE - 1) / 2
    x, y = np.meshgrid(along, along)
    goal = np.stack([x.ravel(), y.ravel()])
    if offset is not None:
        goal = goal - offset[:, None]
    columns, rows = np.linalg.solve(matrix, goal) + (SIDE - 1) / 2
    # A rim of paper, on which all places outside come to lie.
    columns, rows = (np.clip(places + 1, 0, SIDE + 0.999) for places in (columns, rows))
    left, top = np.floor(columns).astype(np.int64), np.floor(rows).astype(np.int64)
    right_share, down_share = columns - left, rows - top
    side = SIDE + 2
    corners = [
        ((top + down) * side + left + right, weight.astype(np.float32))
        for down, right, weight in (
            (0, 0, (1 - down_share) * (1 - right_share)),
            (0, 1, (1 - down_share) * right_share),
            (1, 0, down_share * (1 - right_share)),
            (1, 1, down_share * right_share),
        )
    ]
    mapped = np.empty_like(images)
    for start in range(0, len(images), _BATCH):
        some = images[start : start + _BATCH]
        flat = np.pad(some, ((0, 0), (1, 1), (1, 1))).reshape(len(some), -1)
        values = sum(
            (flat[:, places] * weight for places, weight in corners),
            np.zeros(1, np.float32),
        )
        mapped[start : start + _BATCH] = np.rint(values).reshape(some.shape)
    return mapped


def _grown(images: Images, edge: int) -> Images:
    padded = np.pad(images, ((0, 0), (1, 1), (1, 1)), constant_values=edge)
    grown = images
    for near in (
        padded[:, :-2, 1:-1],
        padded[:, 2:, 1:-1],
        padded[:, 1:-1, :-2],
        padded[:, 1:-1, 2:],
    ):
        grown = np.maximum(grown, near)
    return grown

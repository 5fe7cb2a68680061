"""Tracks of the pen with their points at even distances, whatever the tablet's were."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

_MOST: Final = 2_000


def resampled(
    track: NDArray[np.float64], step: float
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """A track, shape (n, 2), with a point at least every `step` along it, both ends included.

    Returns the points, shape (m, 2), how far along the track each lies, shape (m,), and how far the
    samples lie, shape (n,); all in the unit of the track. m is at least 2 and at most 2,001.
    """
    lengths = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(track, axis=0).T))))
    count = max(1, min(_MOST, int(np.ceil(lengths[-1] / step))))
    along = np.linspace(0.0, lengths[-1], count + 1)
    points = np.stack([np.interp(along, lengths, track[:, axis]) for axis in (0, 1)], axis=1)
    return points, along, lengths


def come_near(first: NDArray[np.float64], second: NDArray[np.float64], distance: float) -> bool:
    """Whether any two points of two tracks, shapes (n, 2) and (m, 2), are nearer than that."""
    behind = first.min(axis=0) - second.max(axis=0)
    before = second.min(axis=0) - first.max(axis=0)
    return max(behind.max(), before.max()) < distance and nearest(first, second) < distance


def nearest(first: NDArray[np.float64], second: NDArray[np.float64]) -> float:
    """The distance between the nearest points of two tracks, shapes (n, 2) and (m, 2)."""
    across = first[:, None, 0] - second[None, :, 0]
    down = first[:, None, 1] - second[None, :, 1]
    return float(np.sqrt((across * across + down * down).min()))

"""How far the digits of a composed number lie from each other."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from qtdigits.core.ink_variation import Tracks
from qtdigits.core.segmenting.tracks import resampled

PEN: Final = 0.06
"""The width of the pen; all lengths are in heights of the writing."""
_DEEPEST: Final = 0.35
"""A digit reaches at most so far over or under its neighbour."""
_STEP: Final = 0.01
_DENSE: Final = 0.02
"""Tracks are compared at points so close to each other."""


class Spacing(StrEnum):
    """The kinds of numbers, by what lies between neighbouring digits."""

    APART = "apart"
    """A straight upright line fits between them."""
    CLOSE = "close"
    """There is paper between them, but one may reach over the other."""
    TOUCHING = "touching"
    """At least two of them touch, cross, or were written without lifting the pen."""


def apart_by(left: Tracks, right: Tracks, gap: float) -> float:
    """How far to move `right` along x so that so much empty width lies between the two."""
    reach = max(float(track[:, 0].max()) for track in left)
    return reach + gap - min(float(track[:, 0].min()) for track in right)


def at_distance(left: Tracks, right: Tracks, distance: float) -> tuple[float, bool]:
    """How far to move `right` along x so that it comes in from the right up to that distance.

    The distance is between the middles of both pens' traces, at their nearest points. Also says
    whether they come so close: a 4 under the roof of a 7 may stop before.
    """
    a, b = dense(left), dense(right)
    move = apart_by(left, right, distance)
    lowest = apart_by(left, right, -_DEEPEST)
    while move > lowest:
        if _nearest(a, b, move - _STEP) < distance:
            return move, True
        move -= _STEP
    return move, False


def dense(tracks: Tracks) -> NDArray[np.float64]:
    """Points all along the tracks, shape (n, 2)."""
    return np.concatenate([resampled(track, _DENSE)[0] for track in tracks])


def _nearest(a: NDArray[np.float64], b: NDArray[np.float64], move: float) -> float:
    across = b[:, 0][None, :] + move - a[:, 0][:, None]
    down = b[:, 1][None, :] - a[:, 1][:, None]
    return float(np.sqrt((across**2 + down**2).min()))

"""Where a stroke that runs through several digits can be cut."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from qtdigits.core.segmenting.tracks import resampled

_STEP: Final = 0.04
"""Tracks are looked at in steps of this length; all lengths are in heights of the writing."""
_LONGEST: Final = 40.0
"""A longer stroke is a scribble: more than a dozen digits without lifting the pen."""
_BACK: Final = 1.0
"""Where so much of a stroke lies on the wrong side, it does not pass from one digit to the next."""
_EDGE: Final = 0.03
_END: Final = 0.4
"""So near to its ends a stroke is within its first or its last digit."""
_LEAST: Final = 0.2
_CORNER: Final = 0.3
"""How much a half turn adds to a place: pens turn where they leave a digit or reach the next."""
_ARM: Final = 4
"""A turn is measured between the points so many steps before and after."""
_APART: Final = 0.25
"""Cuts lie at least so far from each other along the stroke."""
MOST_CUTS: Final = 6


def cut_places(track: NDArray[np.float64], height: float) -> list[int]:
    """The samples of a stroke at which it may pass from one digit into the next, rising.

    track: shape (n, 2), page units. There, what was written before lies at the left and what comes
    at the right. Returns at most MOST_CUTS places, the likeliest.
    """
    points, along, lengths = resampled(track, _STEP * height)
    along, lengths = along / height, lengths / height
    if not 2 * _END < lengths[-1] <= _LONGEST:
        return []
    passing = _passing(points[:, 0] / height, along)
    strength = np.where(passing >= _LEAST, passing + _CORNER * _turns(points), 0.0)
    chosen: list[float] = []
    for at in np.argsort(-strength, kind="stable").tolist():
        place = float(along[at])
        if strength[at] <= 0 or len(chosen) == MOST_CUTS:
            break
        if all(abs(place - other) >= _APART for other in chosen):
            chosen.append(place)
    places = {int(np.argmin(np.abs(lengths - place))) for place in chosen}
    return sorted(places - {0, len(track) - 1})


def _passing(across: NDArray[np.float64], along: NDArray[np.float64]) -> NDArray[np.float64]:
    """For each point 1 where all before lies at its left and all after at its right, else less.

    across: x, along: the way so far, both of shape (n,) in heights; the points lie evenly.
    """
    order = np.arange(len(across))
    at_left = across[None, :] < across[:, None] - _EDGE
    at_right = across[None, :] > across[:, None] + _EDGE
    later = order[None, :] > order[:, None]
    astray = (at_left & later).sum(axis=1) + (at_right & later.T).sum(axis=1)
    passing = np.maximum(0.0, 1.0 - astray * (along[1] - along[0]) / _BACK)
    return np.where((along < _END) | (along > along[-1] - _END), 0.0, passing)


def _turns(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """How sharply the track turns at each point, in half turns, 0..1."""
    turns = np.zeros(len(points))
    before = points[_ARM:-_ARM] - points[: -2 * _ARM]
    after = points[2 * _ARM :] - points[_ARM:-_ARM]
    cross = before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0]
    turns[_ARM:-_ARM] = np.abs(np.arctan2(cross, (before * after).sum(axis=1))) / np.pi
    return turns

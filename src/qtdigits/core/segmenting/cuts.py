"""Where a stroke that runs through several digits can be cut."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from qtdigits.core.segmenting.tracks import resampled

_STEP: Final = 0.04
"""Tracks are looked at in steps of this length; all lengths are in heights of the writing."""
_ARM: Final = 4
"""A corner is looked for between the points so many steps before and after."""
_CORNER: Final = np.pi / 4
_APART: Final = 0.14
"""Cuts lie at least so far from each other and from the stroke's ends, along the stroke."""
MOST_CUTS: Final = 6


def cut_places(track: NDArray[np.float64], height: float) -> list[int]:
    """The samples of a stroke at which it may pass from one digit into the next, rising.

    track: shape (n, 2), page units. A pen goes over into the next digit to the right: there are
    corners where it leaves and where it arrives, and often a stretch with no other ink above or
    below. Returns at most MOST_CUTS places, the likeliest.
    """
    points, along, lengths = resampled(track, _STEP * height)
    along, lengths = along / height, lengths / height
    if len(points) <= 2 * _ARM:
        return []
    strength = np.maximum(_corners(points), _bridges(points, height))
    chosen: list[float] = []
    for at in np.argsort(-strength, kind="stable").tolist():
        place = float(along[at])
        if strength[at] <= 0 or len(chosen) == MOST_CUTS:
            break
        if min(place, lengths[-1] - place, *(abs(place - other) for other in chosen)) >= _APART:
            chosen.append(place)
    places = {int(np.argmin(np.abs(lengths - place))) for place in chosen}
    return sorted(places - {0, len(track) - 1})


def _corners(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """How sharply the track turns at each point, in half turns; 0 where it hardly does."""
    strength = np.zeros(len(points))
    before = points[_ARM:-_ARM] - points[: -2 * _ARM]
    after = points[2 * _ARM :] - points[_ARM:-_ARM]
    cross = before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0]
    turn = np.abs(np.arctan2(cross, (before * after).sum(axis=1)))
    strength[_ARM:-_ARM] = np.where(turn >= _CORNER, turn / np.pi, 0.0)
    # Of a corner that many points see, the sharpest counts.
    peak = np.array([strength[max(0, at - 2) : at + 3].max() for at in range(len(points))])
    return np.where(strength >= peak, strength, 0.0)


def _bridges(points: NDArray[np.float64], height: float) -> NDArray[np.float64]:
    """Above 0 in the middle of each stretch to the right that has no other ink above or below."""
    strength = np.zeros(len(points))
    columns = np.floor(points[:, 0] / (height * _STEP)).astype(np.int64)
    columns -= columns.min()
    runs = np.zeros(columns.max() + 1, np.int64)
    previous = None
    for column in columns.tolist():
        if column != previous:
            runs[column] += 1
            previous = column
    alone = np.concatenate(([False], runs[columns] == 1, [False]))
    changes = np.flatnonzero(np.diff(alone.astype(np.int8)))
    for start, end in zip(changes[::2].tolist(), changes[1::2].tolist(), strict=True):
        if start > 0 and end < len(points) and points[end - 1, 0] > points[start, 0]:
            strength[(start + end) // 2] = 0.5
    return strength

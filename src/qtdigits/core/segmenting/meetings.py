"""How the pieces of ink that may be digits lie to each other: how near, touching, crossing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import hypot
from typing import Final

import numpy as np
from numpy.typing import NDArray

from qtdigits.core.ink import Bounds
from qtdigits.core.segmenting.pieces import Piece
from qtdigits.core.segmenting.tracks import nearest, resampled

_STEP: Final = 0.04
"""Tracks are compared in steps of this length; all lengths are in heights of the writing."""
_TOUCHING: Final = 0.06
"""Tracks nearer to each other than this touch as a pen draws them."""
_FAR: Final = 0.4
"""Of pieces farther from each other than this, only their boxes are compared."""
_BEYOND: Final = 0.12
"""Strokes cross if both go so far away from each other on both sides of where they meet."""


@dataclass(frozen=True, slots=True, eq=False)
class Meetings:
    """How n pieces lie to each other, row by row; plain Python, which is quicker for so few.

    distances: of each piece to each, in heights of the writing; 0 between parts of one stroke.
    touching, crossing: the places of those that each piece touches, and crosses: never parts of
    the same stroke. What crosses touches, too.
    """

    distances: tuple[tuple[float, ...], ...]
    touching: tuple[frozenset[int], ...]
    crossing: tuple[frozenset[int], ...]

    @classmethod
    def of(cls, pieces: Sequence[Piece], height: float) -> Meetings:
        """height: of the writing, page units."""
        count = len(pieces)
        points = [resampled(piece.track, _STEP * height)[0] / height for piece in pieces]
        distances = [[0.0] * count for _ in pieces]
        touching: list[set[int]] = [set() for _ in pieces]
        crossing: list[set[int]] = [set() for _ in pieces]
        for first, second in combinations(range(count), 2):
            if pieces[first].stroke == pieces[second].stroke:
                continue
            apart = _box_gap(pieces[first].bounds, pieces[second].bounds) / height
            if apart < _FAR:
                apart = nearest(points[first], points[second])
            distances[first][second] = distances[second][first] = apart
            if apart < _TOUCHING:
                _add(touching, first, second)
                if cross(points[first], points[second]):
                    _add(crossing, first, second)
        return cls(
            tuple(map(tuple, distances)),
            tuple(map(frozenset, touching)),
            tuple(map(frozenset, crossing)),
        )

    def gap(self, shape: Sequence[int]) -> float:
        """How far the farthest piece of a shape lies from all its others; 0 for one piece."""
        if len(shape) == 1:
            return 0.0
        return max(min(self.distances[at][to] for to in shape if to != at) for at in shape)


def _add(meetings: Sequence[set[int]], first: int, second: int) -> None:
    meetings[first].add(second)
    meetings[second].add(first)


def _box_gap(first: Bounds, second: Bounds) -> float:
    across = max(first.left, second.left) - min(first.right, second.right)
    down = max(first.top, second.top) - min(first.bottom, second.bottom)
    return hypot(max(across, 0.0), max(down, 0.0))


def cross(first: NDArray[np.float64], second: NDArray[np.float64]) -> bool:
    """Whether two tracks cross so that each goes on away from the other, before and behind.

    Lengths are in heights of the writing. Two round digits that touch may cross twice, but they
    hardly leave each other between.
    """
    # Each step of one separates the ends of a step of the other, and the other way round.
    by_first = _left_of(first, second)
    by_second = _left_of(second, first).T
    apart = by_first[:, :-1] != by_first[:, 1:]
    crossings = apart & (by_second[:-1] != by_second[1:])
    if not crossings.any():
        return False
    away = np.hypot(*(first[:, None] - second[None, :]).transpose(2, 0, 1))
    deep_first = _deep(away.min(axis=1), np.flatnonzero(crossings.any(axis=1)))
    deep_second = _deep(away.min(axis=0), np.flatnonzero(crossings.any(axis=0)))
    return bool((crossings & deep_first[:, None] & deep_second[None, :]).any())


def _deep(away: NDArray[np.float64], crossed: NDArray[np.intp]) -> NDArray[np.bool_]:
    """For each step of a track: whether the track is far from another before and behind it.

    away: how far each of its n points lies from the other one. crossed: steps at which they cross,
    rising; at all others the answer is no.
    """
    starts = np.concatenate(([0], crossed + 1))
    far = np.maximum.reduceat(away, starts) >= _BEYOND
    deep = np.zeros(len(away) - 1, np.bool_)
    deep[crossed] = far[:-1] & far[1:]
    return deep


def _left_of(track: NDArray[np.float64], points: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether each point lies at the left of each step of a track, shape (steps, points)."""
    steps = np.diff(track, axis=0)
    away = points[None, :, :] - track[:-1, None, :]
    return np.asarray(steps[:, None, 0] * away[..., 1] < steps[:, None, 1] * away[..., 0])

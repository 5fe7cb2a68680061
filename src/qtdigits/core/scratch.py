"""Scratching out: a dense zigzag over ink takes away what lies under it.

A stroke is taken for scratching out only if it goes to and fro more often than any digit does, and
covers ink that was there before: a zigzag on empty paper is a drawing like any other.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from qtdigits.core.ink import Ink, Stroke

_LEAST_TURNS: Final = 5
"""So often at least the pen turns back: six passes, which hardly any digit has."""

_LEAST_PASS: Final = 0.3
"""A pass counts if it is at least this long, as a share of the zigzag's extent along it."""

_LEAST_DENSITY: Final = 36.0
"""The square of the pen's way by the area that it goes over: how dense the zigzag is at least.

Of the 13,717 digits of pendigits and UNIPEN, no stroke that turns back four times has above 30.3.
"""

_COVERED: Final = 0.6
"""A stroke goes if at least this share of its length lies under the zigzag."""

_SPACING: Final = 1 / 64
"""Tracks are looked at in steps of this share of the zigzag's size."""

Points = NDArray[np.float64]
"""Shape (n, 2): x and y, page units."""


def scratched_out(ink: Ink, stroke: Stroke) -> Ink | None:
    """What is left of ink after a stroke scratched some of it out; None if it did no such thing.

    `stroke` is not part of `ink`. Strokes go whole when the greater part of them lies under it.
    """
    points = stroke.points()
    if ink.is_empty or not is_zigzag(points):
        return None
    hull = _hull(points)
    size = float((points.max(axis=0) - points.min(axis=0)).max())
    kept = tuple(one for one in ink.strokes if _share_inside(one, hull, size) < _COVERED)
    return None if len(kept) == len(ink.strokes) else Ink(kept)


def is_zigzag(points: Points) -> bool:
    """Whether a track of shape (n, 2) goes to and fro densely, in any direction."""
    if len(points) < _LEAST_TURNS + 2:
        return False
    way = float(np.hypot(*np.diff(points, axis=0).T).sum())
    direction = _main_direction(points)
    along, across = points @ direction, points @ np.array((-direction[1], direction[0]))
    length, width = float(np.ptp(along)), float(np.ptp(across))
    if way == 0 or way * way < _LEAST_DENSITY * length * width:
        return False
    return _turns(along, _LEAST_PASS * length) >= _LEAST_TURNS


def _main_direction(points: Points) -> NDArray[np.float64]:
    """The unit vector along which most of the way is made: the passes of a zigzag."""
    steps = np.diff(points, axis=0)
    # Steps to and fro have one direction: twice their angle tells it.
    lengths = np.hypot(*steps.T)
    angles = 2 * np.arctan2(steps[:, 1], steps[:, 0])
    angle = math.atan2(lengths @ np.sin(angles), lengths @ np.cos(angles)) / 2
    return np.array((math.cos(angle), math.sin(angle)))


def _turns(along: NDArray[np.float64], least: float) -> int:
    """How often a value turns back after a run of at least `least`."""
    turns, way = 0, 0
    low = high = end = float(along[0])
    for value in along.tolist():
        if way == 0:
            low, high, end = min(low, value), max(high, value), value
            if high - low >= least:
                way = 1 if value == high else -1
        elif way * (value - end) > 0:
            end = value
        elif abs(value - end) >= least:
            turns, way, end = turns + 1, -way, value
    return turns


def _hull(points: Points) -> Points:
    """The convex hull, counter-clockwise (Andrew 1979, the monotone chain)."""
    ordered = sorted(set(map(tuple, points.tolist())))

    def chain(places: list[tuple[float, ...]]) -> list[tuple[float, ...]]:
        kept: list[tuple[float, ...]] = []
        for place in places:
            while len(kept) > 1 and _turn(kept[-2], kept[-1], place) <= 0:
                kept.pop()
            kept.append(place)
        return kept[:-1]

    return np.array(chain(ordered) + chain(ordered[::-1]))


def _turn(a: tuple[float, ...], b: tuple[float, ...], c: tuple[float, ...]) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _share_inside(stroke: Stroke, hull: Points, size: float) -> float:
    """How much of a stroke's length lies in a convex hull, 0..1."""
    places = _along(stroke, size * _SPACING)
    edges = np.roll(hull, -1, axis=0) - hull
    to_place = places[:, None] - hull
    inside = (edges[:, 0] * to_place[..., 1] - edges[:, 1] * to_place[..., 0] >= 0).all(axis=1)
    return float(inside.mean())


def _along(stroke: Stroke, step: float) -> Points:
    """Places along a stroke, evenly `step` apart."""
    points = stroke.points()
    pieces = [points[:1]]
    for a, b in pairwise(points):
        count = max(round(math.hypot(*(b - a)) / step), 1)
        pieces.append(a + (b - a) * (np.arange(1, count + 1) / count)[:, None])
    return np.concatenate(pieces)

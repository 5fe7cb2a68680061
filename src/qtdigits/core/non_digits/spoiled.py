"""Spoiled digits: made of digits, and none any more: pieces, mirror images, two in one place.

What happens to be a digit again is left out: half an 8 is a 0 or a 3, a mirrored 2 an S or a 5, a
6 on its head a 9.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from qtdigits.core.synthetic_pen.variation import Tracks

Floats = NDArray[np.float64]

# Digit and the side of it that is kept.
_PIECES: Final = (
    (0, "top"),
    (0, "bottom"),
    (2, "bottom"),
    (3, "left"),
    (5, "top"),
    (8, "left"),
)
# Digit and what is done to it: x and y of the paper after the turn, in x and y before it.
_MIRROR: Final = ((-1, 0), (0, 1))
_UPSIDE_DOWN: Final = ((-1, 0), (0, -1))
_LEFT: Final = ((0, 1), (-1, 0))
_RIGHT: Final = ((0, -1), (1, 0))
_TURNS: Final = (
    (3, _MIRROR),
    (4, _MIRROR),
    (7, _MIRROR),
    (9, _MIRROR),
    (4, _UPSIDE_DOWN),
    (7, _UPSIDE_DOWN),
    (3, _LEFT),
    (3, _RIGHT),
    (8, _LEFT),
)
# Two digits in one place; 1 and 0 are left out, since a 0 with a 1 is a slashed 0, and so are
# pairs of which one hides in the other.
_OVERLAID: Final = ((2, 4), (3, 4), (4, 5), (5, 7), (6, 7))
_BESIDE: Final = (0, 2, 3, 4, 5, 6, 7, 8, 9)

KINDS: Final = ("piece", "turned", "overlaid", "pair")


def ingredients(kind: str, rng: np.random.Generator) -> tuple[int, ...]:
    """Which recipe to take for a kind, and the digits that it needs: (recipe, digit, ...)."""
    if kind == "piece":
        recipe = int(rng.integers(len(_PIECES)))
        return recipe, _PIECES[recipe][0]
    if kind == "turned":
        recipe = int(rng.integers(len(_TURNS)))
        return recipe, _TURNS[recipe][0]
    if kind == "overlaid":
        recipe = int(rng.integers(len(_OVERLAID)))
        return recipe, *_OVERLAID[recipe]
    left, right = rng.choice(_BESIDE, 2)
    return 0, int(left), int(right)


def spoil(kind: str, recipe: int, digits: list[Tracks], rng: np.random.Generator) -> Tracks:
    """Make the non-digit of drawn digits, as many and of the labels as `ingredients` said."""
    if kind == "piece":
        return _piece(digits[0], _PIECES[recipe][1], rng)
    if kind == "turned":
        matrix = np.array(_TURNS[recipe][1], dtype=np.float64)
        return [track @ matrix.T for track in digits[0]]
    first, second = (_centred(digit) for digit in digits)
    if kind == "overlaid":
        shift = rng.normal(0.0, 0.15, 2)
        return [*first, *(track * rng.uniform(0.8, 1.2) + shift for track in second)]
    shift = np.array([rng.uniform(0.55, 0.95), rng.normal(0.0, 0.06)])
    return [*first, *(track + shift for track in second)]


def _piece(tracks: Tracks, side: str, rng: np.random.Generator) -> Tracks:
    """Keep one side of a drawing; the cut lies short of its middle."""
    axis = 0 if side == "left" else 1
    sign = -1.0 if side == "bottom" else 1.0
    places = np.concatenate(tracks)[:, axis] * sign
    low, high = float(places.min()), float(places.max())
    cut = low + (high - low) * rng.uniform(0.33, 0.46)
    pieces: Tracks = []
    for track in tracks:
        dense = _dense(track)
        kept = dense[:, axis] * sign <= cut
        edges = np.flatnonzero(np.diff(kept)) + 1
        runs = np.split(np.arange(len(dense)), edges)
        pieces += [dense[run] for run in runs if kept[run[0]]]
    return pieces


def _dense(track: Floats) -> Floats:
    """More samples on the same lines, so that a cut falls where it should."""
    t = np.arange(len(track), dtype=np.float64)
    fine = np.linspace(0.0, len(track) - 1, 6 * len(track))
    return np.stack([np.interp(fine, t, track[:, axis]) for axis in (0, 1)], axis=1)


def _centred(tracks: Tracks) -> Tracks:
    points = np.concatenate(tracks)
    middle = (points.min(axis=0) + points.max(axis=0)) / 2
    return [track - middle for track in tracks]

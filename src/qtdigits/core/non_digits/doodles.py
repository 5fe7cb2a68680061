"""Doodles: what a hand draws that means nothing, from formulas rather than templates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from qtdigits.core.synthetic_pen.variation import Tracks

Floats = NDArray[np.float64]
Doodle = Callable[[np.random.Generator], Tracks]

_KNOTS: Final = 0.06


def zigzag(rng: np.random.Generator) -> Tracks:
    """Four to nine turns, so that neither Z, 2 nor 3 is among them."""
    turns = int(rng.integers(5, 11))
    along = np.linspace(0.0, rng.uniform(0.8, 2.0), turns)
    swing = rng.uniform(0.5, 1.0) * (np.arange(turns) % 2 - 0.5)
    points = np.stack((along, swing), axis=1) + rng.normal(0.0, 0.05, (turns, 2))
    curve = _polyline(points)
    return [_turned(curve, rng) if turns >= 7 else curve]


def wave(rng: np.random.Generator) -> Tracks:
    """A lying wave of two to five periods."""
    t = np.linspace(0.0, 1.0, 80)
    x = t * rng.uniform(1.2, 2.4)
    growth = 1 + rng.uniform(-0.6, 0.6) * t
    y = rng.uniform(0.1, 0.4) * growth * np.sin(2 * np.pi * rng.uniform(2.0, 5.0) * t)
    return [np.stack((x, y), axis=1)]


def spiral(rng: np.random.Generator) -> Tracks:
    """At least two and a half turns; fewer would be a 6 or a 9."""
    turns = rng.uniform(2.5, 5.0)
    t = np.linspace(0.0, 1.0, int(26 * turns))
    angle = rng.uniform(0, 2 * np.pi) + 2 * np.pi * turns * t * rng.choice([-1.0, 1.0])
    radius = 0.05 + 0.5 * t ** rng.uniform(0.7, 1.2)
    return [np.stack((radius * np.cos(angle), rng.uniform(0.7, 1.0) * radius * np.sin(angle)), 1)]


def coil(rng: np.random.Generator) -> Tracks:
    """Loops one after the other, as one tries out a pen."""
    loops = int(rng.integers(3, 7))
    t = np.linspace(0.0, 1.0, 24 * loops)
    angle = 2 * np.pi * loops * t
    x = t * rng.uniform(0.8, 2.2) + 0.25 * np.cos(angle)
    y = rng.uniform(0.25, 0.5) * np.sin(angle)
    return [np.stack((x, y), axis=1)]


def scribble(rng: np.random.Generator) -> Tracks:
    """Back and forth without lifting the pen, filling a patch."""
    rows = int(rng.integers(6, 16))
    y = np.linspace(0.0, 1.0, rows) + rng.normal(0.0, 0.04, rows)
    x = np.where(np.arange(rows) % 2, 0.0, rng.uniform(0.5, 1.2)) + rng.normal(0.0, 0.1, rows)
    return [_turned(_smooth(np.stack((x, y), axis=1)), rng)]


def hatching(rng: np.random.Generator) -> Tracks:
    """Parallel lines, sometimes crossed by others."""
    tracks: Tracks = []
    for _ in range(1 if rng.random() < 0.5 else 2):
        lines = int(rng.integers(3, 7))
        angle = rng.uniform(0, np.pi)
        direction = np.array([np.cos(angle), np.sin(angle)])
        across = np.array([-direction[1], direction[0]])
        for step in np.linspace(-0.45, 0.45, lines):
            ends = across * step + direction * np.array([[-0.5], [0.5]])
            tracks.append(_polyline(ends + rng.normal(0.0, 0.04, (2, 2))))
    return tracks


def tangle(rng: np.random.Generator) -> Tracks:
    """A smooth curve that wanders through twelve to twenty places."""
    return [_smooth(rng.uniform(0.0, 1.0, (int(rng.integers(12, 21)), 2)))]


def dots(rng: np.random.Generator) -> Tracks:
    """One to eight taps anywhere, each a single pen sample."""
    return list(rng.uniform(0.0, 1.0, (int(rng.integers(1, 9)), 1, 2)))


def strokes_anywhere(rng: np.random.Generator) -> Tracks:
    """Four to seven short strokes that have nothing to do with each other."""
    tracks: Tracks = []
    for _ in range(int(rng.integers(4, 8))):
        start = rng.uniform(0.0, 1.0, 2)
        bends = rng.normal(0.0, 0.2, (2, 2)).cumsum(axis=0)
        tracks.append(_smooth(np.vstack((start, start + bends))))
    return tracks


def flower(rng: np.random.Generator) -> Tracks:
    """Petals round a middle."""
    petals = int(rng.integers(3, 8))
    t = np.linspace(0.0, 2 * np.pi, 22 * petals)
    radius = 0.5 * (0.55 + 0.45 * np.cos(petals * t)) + 0.02
    return [_turned(np.stack((radius * np.cos(t), radius * np.sin(t)), axis=1), rng)]


def blot(rng: np.random.Generator) -> Tracks:
    """A patch inked all over."""
    angle = np.linspace(0.0, 2 * np.pi * 9, 120)
    radius = 0.5 * np.linspace(0.1, 1.0, 120)
    width, height = rng.uniform(0.4, 1.0, 2)
    curve = np.stack((width * radius * np.cos(angle), height * radius * np.sin(angle)), axis=1)
    return [curve + rng.normal(0.0, 0.03, curve.shape)]


DOODLES: Final[dict[str, Doodle]] = {
    "zigzag": zigzag,
    "wave": wave,
    "spiral": spiral,
    "coil": coil,
    "scribble": scribble,
    "hatching": hatching,
    "tangle": tangle,
    "dots": dots,
    "strokes anywhere": strokes_anywhere,
    "flower": flower,
    "blot": blot,
}


def _polyline(points: Floats) -> Floats:
    """Straight lines from point to point, sampled as a pen moves."""
    chords = np.hypot(*np.diff(points, axis=0).T)
    places = np.concatenate(([0.0], np.cumsum(chords)))
    t = np.union1d(places, np.arange(0.0, places[-1], _KNOTS))
    return np.stack([np.interp(t, places, points[:, axis]) for axis in (0, 1)], axis=1)


def _smooth(points: Floats) -> Floats:
    """A round curve near the points: Chaikin's corner cutting, three times."""
    for _ in range(3):
        before, after = points[:-1], points[1:]
        cut = np.stack((0.75 * before + 0.25 * after, 0.25 * before + 0.75 * after), axis=1)
        points = np.vstack((points[:1], cut.reshape(-1, 2), points[-1:]))
    return points


def _turned(points: Floats, rng: np.random.Generator) -> Floats:
    angle = rng.uniform(0, 2 * np.pi)
    cos, sin = np.cos(angle), np.sin(angle)
    return np.asarray(points @ np.array([[cos, sin], [-sin, cos]]))

"""Variation of the ink: a digit as another hand, or the same hand again, would write it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Tracks = list[NDArray[np.float64]]
"""Strokes as arrays (n, 2): x to the right, y down, any unit."""


def vary_tracks(tracks: Tracks, rng: np.random.Generator) -> Tracks:
    """Vary slant, turn, proportion, curvature, tremor, and how strokes begin, end and lift.

    Lengths are relative to the drawing's larger side, so any unit will do. Returns new tracks;
    a drawing without extent (a dot) comes back as it is.
    """
    points = np.concatenate(tracks)
    low, high = points.min(axis=0), points.max(axis=0)
    extent = float((high - low).max())
    if extent <= 0:
        return tracks
    centre = (low + high) / 2
    varied = [(track - centre) / extent for track in tracks]
    if rng.random() < 0.3:
        varied = _vary_ends(varied, rng)
    if rng.random() < 0.1:
        varied = _lift_pen(varied, rng)
    matrix, wave = _random_affine(rng), _random_wave(rng)
    return [_bend(track, wave) @ matrix.T for track in varied]


def _random_affine(rng: np.random.Generator) -> NDArray[np.float64]:
    angle = np.deg2rad(rng.normal(0, 5))
    slant = np.tan(np.deg2rad(np.clip(rng.normal(0, 10), -28, 28)))
    stretch = np.exp(np.clip(rng.normal(0, 0.13), -0.35, 0.35))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return np.asarray(turn @ np.array([[stretch, -slant], [0.0, 1.0]]))


def _random_wave(rng: np.random.Generator) -> NDArray[np.float64]:
    """Three plane waves as rows of kx, ky, phase, dx, dy: a smooth displacement field."""
    waves = np.empty((3, 5))
    waves[:, :2] = rng.normal(0, 3.0, (3, 2))
    waves[:, 2] = rng.uniform(0, 2 * np.pi, 3)
    waves[:, 3:] = rng.normal(0, 0.028, (3, 2))
    return waves


def _bend(track: NDArray[np.float64], waves: NDArray[np.float64]) -> NDArray[np.float64]:
    phase = track @ waves[:, :2].T + waves[:, 2]
    return track + np.sin(phase) @ waves[:, 3:]


def _vary_ends(tracks: Tracks, rng: np.random.Generator) -> Tracks:
    """Cut a little off a stroke's ends, or run over: unclosed loops and overshoot."""
    varied = []
    for track in tracks:
        if len(track) < 8:
            varied.append(track)
            continue
        cut_start, cut_end = rng.integers(0, max(1, len(track) // 14) + 1, size=2)
        kept = track[cut_start : len(track) - cut_end]
        if rng.random() < 0.3:
            direction = kept[-1] - kept[-4]
            length = float(np.hypot(*direction))
            if length > 0:
                overrun = kept[-1] + direction / length * rng.uniform(0.02, 0.08)
                kept = np.concatenate([kept, overrun[None]])
        varied.append(kept)
    return varied


def _lift_pen(tracks: Tracks, rng: np.random.Generator) -> Tracks:
    """Leave a small gap in the longest stroke, as when the pen loses touch."""
    longest = int(np.argmax([len(track) for track in tracks]))
    track = tracks[longest]
    if len(track) < 24:
        return tracks
    gap = int(rng.integers(1, max(2, len(track) // 16)))
    at = int(rng.integers(6, len(track) - 6 - gap))
    return [*tracks[:longest], track[:at], track[at + gap :], *tracks[longest + 1 :]]

"""Variation of the ink: other drawings, but the same digits."""

from __future__ import annotations

import numpy as np
import pytest

from qtdigits.core.ink_variation import Tracks, vary_tracks
from qtdigits.core.raster import rasterize_tracks
from qtdigits.core.synthetic_pen import synthetic_digits


@pytest.fixture(scope="module")
def drawings() -> list[Tracks]:
    return [tracks for _, tracks in synthetic_digits(60, 3)]


def area(track: Tracks) -> float:
    """Twice the signed area under the polygon of all points: its sign is the handedness."""
    points = np.concatenate(track)
    x, y = points.T
    return float(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1)))


def test_variation_of_the_same_seed_is_the_same(drawings: list[Tracks]) -> None:
    one = vary_tracks(drawings[0], np.random.default_rng(5))
    other = vary_tracks(drawings[0], np.random.default_rng(5))
    assert all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


def test_variation_leaves_the_original_alone(drawings: list[Tracks]) -> None:
    before = [track.copy() for track in drawings[0]]
    rng = np.random.default_rng(0)
    for _ in range(20):
        vary_tracks(drawings[0], rng)
    assert all(np.array_equal(a, b) for a, b in zip(before, drawings[0], strict=True))


def test_variation_gives_finite_tracks_that_are_never_empty(drawings: list[Tracks]) -> None:
    rng = np.random.default_rng(1)
    for tracks in drawings * 5:
        varied = vary_tracks(tracks, rng)
        assert all(len(track) >= 1 and track.shape[1] == 2 for track in varied)
        assert all(np.isfinite(track).all() for track in varied)


def test_variation_changes_the_digit_image(drawings: list[Tracks]) -> None:
    rng = np.random.default_rng(2)
    for tracks in drawings:
        varied = rasterize_tracks(vary_tracks(tracks, rng))
        assert not np.array_equal(varied, rasterize_tracks(tracks))


def test_variation_never_mirrors(drawings: list[Tracks]) -> None:
    rng = np.random.default_rng(4)
    for tracks in drawings:
        points = np.concatenate(tracks)
        extent = (points.max(axis=0) - points.min(axis=0)).max()
        if abs(area(tracks)) < 0.5 * extent**2:
            continue  # a figure whose area says little about its handedness
        assert np.sign(area(vary_tracks(tracks, rng))) == np.sign(area(tracks))


def test_variation_is_the_same_in_any_unit(drawings: list[Tracks]) -> None:
    large = [track * 1000 + 70 for track in drawings[0]]
    one = vary_tracks(drawings[0], np.random.default_rng(6))
    other = vary_tracks(large, np.random.default_rng(6))
    assert all(np.allclose(a, b) for a, b in zip(one, other, strict=True))


def test_variation_of_a_dot_is_the_dot() -> None:
    dot = [np.array([[3.0, 4.0]])]
    assert vary_tracks(dot, np.random.default_rng(0)) is dot


def test_variation_of_two_points_keeps_both() -> None:
    rng = np.random.default_rng(0)
    line = [np.array([[0.0, 0.0], [0.0, 10.0]])]
    assert all(len(vary_tracks(line, rng)[0]) == 2 for _ in range(50))

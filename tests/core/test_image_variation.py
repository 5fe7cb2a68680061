"""Digit images are varied by the amount that was asked for."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from qtdigits.core.image_variation import (
    Images,
    noisy,
    rotated,
    scaled,
    shifted,
    slanted,
    thickened,
)


@pytest.fixture
def bar() -> Images:
    """Eight upright bars, three pixels wide and twelve high, in the middle but for half a pixel."""
    images = np.zeros((8, 28, 28), np.uint8)
    images[:, 8:20, 13:16] = 255
    return images


def centre(image: Images) -> tuple[float, float]:
    """The centre of mass: x, y."""
    total = float(image.sum())
    places = np.arange(28)
    return float(image.sum(0) @ places) / total, float(image.sum(1) @ places) / total


@pytest.mark.parametrize(
    ("vary", "nothing"),
    [(shifted, 0), (rotated, 0), (slanted, 0), (scaled, 1), (thickened, 0), (noisy, 0)],
)
def test_nothing_leaves_all_as_it_is(
    vary: Callable[[Images, float], Images], nothing: float, bar: Images
) -> None:
    assert np.array_equal(vary(bar, nothing), bar)


def test_shift_goes_as_far_into_each_direction(bar: Images) -> None:
    moved = shifted(bar, 3)
    x, y = centre(bar[0])
    places = [centre(image) for image in moved]
    assert [np.hypot(a - x, b - y) for a, b in places] == pytest.approx([3] * 8, abs=0.03)
    assert len({(round(a), round(b)) for a, b in places}) == 8


def test_rotation_turns_clockwise(bar: Images) -> None:
    quarter = rotated(bar, 90)[0]
    assert np.array_equal(quarter, np.rot90(bar[0], -1))


def test_slant_leans_the_top_to_the_right(bar: Images) -> None:
    leaning = slanted(bar, 30)[0]
    top, foot = leaning[8:10].sum(axis=0), leaning[18:20].sum(axis=0)
    assert np.argmax(top) - np.argmax(foot) == pytest.approx(10 * np.tan(np.pi / 6), abs=1)


def test_scale_changes_the_area(bar: Images) -> None:
    assert scaled(bar, 2)[0].sum() / bar[0].sum() == pytest.approx(4, rel=0.02)
    assert scaled(bar, 0.5)[0].sum() / bar[0].sum() == pytest.approx(0.25, rel=0.1)


@pytest.mark.parametrize(("pixels", "width"), [(-1, 1), (-0.5, 2), (0.5, 4), (1, 5), (2, 7)])
def test_thickness_grows_on_both_sides(pixels: float, width: float, bar: Images) -> None:
    assert thickened(bar, pixels)[0, 14].sum() / 255 == pytest.approx(width, abs=0.01)


def test_ink_at_the_edge_is_not_lost_by_thickness() -> None:
    full = np.full((1, 28, 28), 255, np.uint8)
    assert thickened(full, 2).min() == 255
    assert thickened(full, -1)[0, 1:-1, 1:-1].min() == 255


def test_noise_has_the_deviation_asked_for_and_repeats() -> None:
    grey = np.full((50, 28, 28), 128, np.uint8)
    spoiled = noisy(grey, 0.1)
    assert spoiled.std() / 255 == pytest.approx(0.1, rel=0.02)
    assert np.array_equal(spoiled, noisy(grey, 0.1))
    assert not np.array_equal(spoiled, noisy(grey, 0.1, seed=1))


def test_ink_moved_out_is_gone(bar: Images) -> None:
    assert not shifted(bar, 60).any()

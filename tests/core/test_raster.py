from __future__ import annotations

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from qtdigits.core.ink import Ink, Stroke
from qtdigits.core.raster import BOX, PEN_WIDTH, SIDE, rasterize, rasterize_tracks

SEVEN = [(10.0, 10.0), (60.0, 12.0), (40.0, 60.0), (30.0, 95.0)]


def seven(scale: float = 1.0, x: float = 0.0, y: float = 0.0) -> Ink:
    return Ink((Stroke.from_points([(px * scale + x, py * scale + y) for px, py in SEVEN]),))


def circle(points: int) -> Ink:
    angles = np.linspace(0, 2 * math.pi, points)
    return Ink((Stroke.from_points([(math.cos(a), math.sin(a)) for a in angles]),))


def centre_of_mass(image: NDArray[np.float32]) -> tuple[float, float]:
    places = np.arange(SIDE) + 0.5
    total = float(image.sum())
    return float(image.sum(axis=0) @ places) / total, float(image.sum(axis=1) @ places) / total


def extent(image: NDArray[np.float32]) -> int:
    rows, columns = np.nonzero(image > 0.05)
    return int(max(np.ptp(rows), np.ptp(columns))) + 1


def test_empty_ink_is_all_paper() -> None:
    image = rasterize(Ink())
    assert image.shape == (SIDE, SIDE)
    assert image.dtype == np.float32
    assert not image.any()


def test_values_lie_between_paper_and_ink() -> None:
    image = rasterize(seven())
    assert image.min() == 0.0
    assert 0.9 < image.max() <= 1.0


def test_same_ink_gives_the_same_image() -> None:
    assert np.array_equal(rasterize(seven()), rasterize(seven()))


@pytest.mark.parametrize(("scale", "x", "y"), [(0.1, 0, 0), (30, -500, 900), (1, 3.3, -0.7)])
def test_size_and_place_on_the_page_do_not_matter(scale: float, x: float, y: float) -> None:
    assert np.allclose(rasterize(seven(scale, x, y)), rasterize(seven()), atol=0.02)


def test_longest_side_fills_the_box() -> None:
    assert extent(rasterize(seven())) in (int(BOX), int(BOX) + 1)


def test_aspect_is_kept() -> None:
    image = rasterize(Ink((Stroke.from_points([(0, 0), (40, 0), (40, 10), (0, 10)]),)))
    rows, columns = np.nonzero(image > 0.5)
    inner = BOX - PEN_WIDTH
    assert np.ptp(columns) + 1 == pytest.approx(BOX, abs=1.5)
    assert np.ptp(rows) + 1 == pytest.approx(inner / 4 + PEN_WIDTH, abs=1.5)


def test_centre_of_mass_is_in_the_middle_to_a_fraction_of_a_pixel() -> None:
    x, y = centre_of_mass(rasterize(seven()))
    assert x == pytest.approx(SIDE / 2, abs=0.1)
    assert y == pytest.approx(SIDE / 2, abs=0.1)


def test_dot_stays_a_dot() -> None:
    image = rasterize(Ink((Stroke.from_points([(300, 20)]),)))
    assert image.sum() == pytest.approx(math.pi * (PEN_WIDTH / 2) ** 2, rel=0.25)
    assert extent(image) <= 4


def test_straight_line_is_as_wide_as_the_pen() -> None:
    image = rasterize(Ink((Stroke.from_points([(5, 0), (5, 100)]),)))
    assert image[SIDE // 2].sum() == pytest.approx(PEN_WIDTH, abs=0.3)


def test_number_of_samples_does_not_matter() -> None:
    assert np.abs(rasterize(circle(4000)) - rasterize(circle(80))).max() < 0.35
    assert np.abs(rasterize(circle(4000)) - rasterize(circle(80))).mean() < 0.02


def test_wider_pen_gives_more_ink_in_the_same_box() -> None:
    thin, wide = rasterize(seven(), 1.5), rasterize(seven(), 4.0)
    assert wide.sum() > 1.5 * thin.sum()
    assert abs(extent(wide) - extent(thin)) <= 1


def test_lopsided_drawing_loses_no_ink_at_the_edge() -> None:
    blot = [(x, y) for x in range(0, 12, 2) for y in (0, 10)]
    image = rasterize(Ink((Stroke.from_points(blot), Stroke.from_points([(12, 5), (100, 5)]))))
    assert extent(image) in (int(BOX), int(BOX) + 1)


def test_bare_tracks_give_what_ink_gives() -> None:
    tracks = [np.array(SEVEN, dtype=np.float64)]
    assert np.array_equal(rasterize_tracks(tracks), rasterize(seven()))

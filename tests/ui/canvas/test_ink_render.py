from __future__ import annotations

import math
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from qtdigits.core.ink import Ink, PenSample, Stroke
from qtdigits.ui.canvas.ink_render import (
    CanvasColors,
    InkPen,
    Knot,
    draw_curve,
    draw_paper,
    draw_segment,
    make_curve,
    thumbnail,
)

PEN = InkPen(QColor("black"), 10.0)


@pytest.fixture
def image(qapp: QApplication) -> QImage:
    image = QImage(100, 100, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.white)
    return image


@pytest.fixture
def painter(image: QImage) -> Iterator[QPainter]:
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        yield painter


def samples(*places: tuple[float, float], pressure: float = 1.0) -> list[PenSample]:
    return [PenSample(x, y, pressure=pressure) for x, y in places]


def darkness(image: QImage) -> float:
    """How many pixels' worth of ink there is on white."""
    return sum(
        1 - image.pixelColor(x, y).lightnessF()
        for x in range(image.width())
        for y in range(image.height())
    )


def test_segment_darkens_the_pixels_under_it(image: QImage, painter: QPainter) -> None:
    draw_segment(painter, Knot(20, 50, 0, 0, 1.0), Knot(80, 50, 0, 0, 1.0), PEN)
    assert all(image.pixelColor(x, 50).lightness() == 0 for x in range(20, 80))
    assert image.pixelColor(50, 57).lightness() == 255


def test_segment_has_round_ends(image: QImage, painter: QPainter) -> None:
    draw_segment(painter, Knot(20, 50, 0, 0, 1.0), Knot(80, 50, 0, 0, 1.0), PEN)
    assert darkness(image) == pytest.approx(60 * 10 + math.pi * 25, rel=0.01)


def test_segment_is_as_wide_as_the_pressure_says(image: QImage, painter: QPainter) -> None:
    draw_segment(painter, Knot(20, 50, 0, 0, 0.0), Knot(80, 50, 0, 0, 0.0), PEN)
    assert darkness(image) == pytest.approx(60 * 4 + math.pi * 4, rel=0.02)


def test_dot_is_round_and_as_wide_as_the_pen(image: QImage, painter: QPainter) -> None:
    draw_curve(painter, make_curve(samples((50, 50))), PEN)
    assert darkness(image) == pytest.approx(math.pi * 25, rel=0.03)


def test_curve_passes_through_its_samples(qapp: QApplication) -> None:
    places = [(10.0, 10.0), (40.0, 20.0), (60.0, 50.0), (55.0, 90.0)]
    path = make_curve(samples(*places)).path
    nearest = [
        min(math.dist(place, path.pointAtPercent(step / 2000).toTuple()) for step in range(2001))
        for place in places
    ]
    assert max(nearest) < 0.05


def test_few_samples_of_a_circle_give_a_round_curve(qapp: QApplication) -> None:
    angles = [2 * math.pi * i / 12 for i in range(13)]
    curve = make_curve(samples(*((40 * math.cos(a), 40 * math.sin(a)) for a in angles)), 1, 11)
    points = [curve.path.pointAtPercent(step / 500) for step in range(501)]
    assert all(math.hypot(p.x(), p.y()) == pytest.approx(40, abs=0.1) for p in points)


@pytest.mark.parametrize("place", [(10, 40), (50, 40), (60, 40)])
def test_sharp_turn_stays_a_corner(qapp: QApplication, place: tuple[float, float]) -> None:
    bounds = make_curve(samples((0, 0), (50, 0), place)).bounds
    assert bounds == QRectF(0, 0, max(50, place[0]), 40)


def test_parts_of_a_stroke_meet_without_a_kink(qapp: QApplication) -> None:
    stroke = samples((0, 0), (10, 2), (20, 8), (28, 17), (33, 28))
    first, second = make_curve(stroke, 0, 2), make_curve(stroke, 2, 4)
    assert first.knots[-1] == second.knots[0]
    assert first.path.currentPosition() == QPointF(20, 8)


def test_uneven_pressure_is_drawn_in_its_widths(image: QImage, painter: QPainter) -> None:
    stroke = [PenSample(20, 50, pressure=0.0), PenSample(50, 50, pressure=0.0)]
    stroke += [PenSample(80, 50, pressure=1.0)]
    draw_curve(painter, make_curve(stroke), PEN)
    assert image.pixelColor(30, 52).lightness() == 255
    assert image.pixelColor(78, 52).lightness() == 0


def test_doubled_samples_do_no_harm(image: QImage, painter: QPainter) -> None:
    draw_curve(painter, make_curve(samples((20, 50), (20, 50), (80, 50), (80, 50))), PEN)
    assert image.pixelColor(50, 50).lightness() == 0


def test_paper_has_round_corners_and_dots(qapp: QApplication) -> None:
    image = QImage(200, 120, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    colors = CanvasColors(dots=QColor("#00ff00"))
    with QPainter(image) as painter:
        draw_paper(painter, QSizeF(200, 120), colors)
    assert image.pixelColor(0, 0).alpha() == 0
    assert image.pixelColor(100, 5) == colors.paper
    greens = [image.pixelColor(x, y) for x in range(200) for y in range(120)]
    assert sum(c.green() > c.red() + 100 for c in greens) > 20


def test_hint_can_be_read_on_light_and_dark_paper() -> None:
    def luminance(color: QColor) -> float:
        linear = [
            c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
            for c in (color.redF(), color.greenF(), color.blueF())
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for colors in (CanvasColors(), CanvasColors(paper=QColor("#20232a"), ink=QColor("#e8eaed"))):
        low, high = sorted((luminance(colors.hint), luminance(colors.paper)))
        assert (high + 0.05) / (low + 0.05) >= 4.5


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_thumbnail_is_as_sharp_as_the_screen(qapp: QApplication, ratio: float) -> None:
    image = thumbnail(Ink((Stroke.from_points([(0, 0), (30, 90)]),)), 52, ratio)
    assert image.width() == image.height() == round(52 * ratio)
    assert image.deviceIndependentSize().width() == pytest.approx(52)


def test_thumbnail_fits_ink_of_any_size_with_a_margin(qapp: QApplication) -> None:
    for scale in (0.01, 1.0, 500.0):
        stroke = Stroke.from_points([(0, 0), (30 * scale, 90 * scale)])
        image = thumbnail(Ink((stroke,)), 60, 1.0, QColor("red"))
        rows = [y for y in range(60) if any(image.pixelColor(x, y).alpha() for x in range(60))]
        assert 3 <= rows[0] <= 6
        assert 53 <= rows[-1] <= 56


def test_thumbnail_has_the_colour_asked_for_on_nothing(qapp: QApplication) -> None:
    stroke = Stroke.from_points([(0, 0), (0, 90)])
    image = thumbnail(Ink((stroke,)), 60, 1.0, QColor("#3366cc"))
    assert image.pixelColor(30, 30) == QColor("#3366cc")
    assert image.pixelColor(3, 3).alpha() == 0


def test_thumbnail_of_a_dot_is_a_dot_in_the_middle(qapp: QApplication) -> None:
    image = thumbnail(Ink((Stroke.from_points([(700, 3)]),)), 60)
    assert image.pixelColor(30, 30).alpha() > 200
    assert image.pixelColor(36, 30).alpha() == 0


def test_thumbnail_of_nothing_is_clear(qapp: QApplication) -> None:
    image = thumbnail(Ink(), 20)
    assert all(image.pixelColor(x, y).alpha() == 0 for x in range(20) for y in range(20))

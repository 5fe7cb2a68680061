from __future__ import annotations

import math
from dataclasses import replace

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from qtdigits.core.ink import PenSample, Stroke
from qtdigits.ui.canvas.ink_layers import InkLayers, LayerContext
from qtdigits.ui.canvas.page_view import PageView

SIZE = QSize(200, 150)
LINE = Stroke.from_points([(30, 30), (90, 50), (150, 40)])
OTHER = Stroke.from_points([(30, 120), (150, 100)])
SPIRAL = [
    PenSample(100 + (20 + i / 8) * math.cos(i / 12), 75 + (20 + i / 8) * math.sin(i / 12))
    for i in range(250)
]


@pytest.fixture
def layers(qapp: QApplication) -> InkLayers:
    layers = InkLayers(LayerContext(SIZE))
    layers.rebuild(layers.context, [])
    return layers


def shown(layers: InkLayers) -> QImage:
    context = layers.context
    ratio = context.device_pixel_ratio
    image = QImage(context.size * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        layers.paint(painter, QRect(0, 0, context.size.width(), context.size.height()))
    return image


def difference(one: QImage, other: QImage) -> int:
    """The largest difference of a pixel's lightness."""
    return max(
        abs(one.pixelColor(x, y).lightness() - other.pixelColor(x, y).lightness())
        for x in range(one.width())
        for y in range(one.height())
    )


def test_added_stroke_looks_as_if_painted_anew(layers: InkLayers) -> None:
    layers.add_stroke(LINE)
    added = shown(layers)
    layers.rebuild(layers.context, [LINE])
    assert shown(layers) == added


def test_taking_a_stroke_away_restores_what_was_under_it(layers: InkLayers) -> None:
    layers.add_stroke(LINE)
    before = shown(layers)
    layers.add_stroke(OTHER)
    layers.show_strokes([LINE])
    assert shown(layers) == before


def test_showing_the_same_strokes_paints_nothing(layers: InkLayers) -> None:
    layers.show_strokes([LINE, OTHER])
    assert layers.show_strokes([LINE, OTHER]).isEmpty()


def test_only_the_changed_stroke_s_place_is_dirty(layers: InkLayers) -> None:
    layers.show_strokes([LINE, OTHER])
    assert layers.show_strokes([LINE]).top() > 90


def test_written_stroke_looks_like_the_finished_one(layers: InkLayers) -> None:
    for count in range(1, len(SPIRAL) + 1):
        layers.extend_written(SPIRAL[:count])
    written = shown(layers)
    layers.clear_written()
    layers.add_stroke(Stroke(tuple(SPIRAL)))
    # Antialiased edges overlap where parts of the written stroke meet; nothing else differs.
    assert difference(shown(layers), written) < 90


def test_dirty_rectangle_holds_all_that_a_move_changes(layers: InkLayers) -> None:
    before = shown(layers)
    for count in range(1, len(SPIRAL) + 1, 3):
        dirty = layers.extend_written(SPIRAL[:count])
        after = shown(layers)
        with QPainter(before) as painter:
            painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
            painter.drawImage(dirty, after, dirty)
        assert before == after


def test_dirty_rectangle_stays_small_however_long_the_stroke(layers: InkLayers) -> None:
    areas = []
    for count in range(1, len(SPIRAL) + 1):
        dirty = layers.extend_written(SPIRAL[:count])
        areas.append(dirty.width() * dirty.height())
    assert max(areas[200:]) < 1.5 * max(areas[20:60])
    assert max(areas) < 70 * 70


def test_clearing_the_written_stroke_leaves_no_trace(layers: InkLayers) -> None:
    layers.add_stroke(LINE)
    before = shown(layers)
    for count in range(1, len(SPIRAL) + 1):
        layers.extend_written(SPIRAL[:count])
    layers.clear_written()
    assert shown(layers) == before


def test_new_context_keeps_the_written_stroke(layers: InkLayers) -> None:
    layers.extend_written(SPIRAL[:100])
    layers.rebuild(replace(layers.context, pen_width_px=6.0), [], SPIRAL[:100])
    x, y = round(SPIRAL[50].x), round(SPIRAL[50].y)
    assert shown(layers).pixelColor(x, y).lightness() < 60


@pytest.mark.parametrize("ratio", [1.25, 2.0])
def test_scaled_screens_have_their_own_pixels(layers: InkLayers, ratio: float) -> None:
    layers.rebuild(replace(layers.context, device_pixel_ratio=ratio), [])
    layers.add_stroke(LINE)
    image = shown(layers)
    assert image.width() == 200 * ratio
    column = int(90 * ratio)
    dark = sum(image.pixelColor(column, y).lightness() < 60 for y in range(image.height()))
    assert dark == pytest.approx(14 * ratio, abs=2)
    layers.show_strokes([])
    layers.add_stroke(LINE)
    assert shown(layers) == image


def test_view_moves_ink_and_keeps_the_pen_s_width(layers: InkLayers) -> None:
    layers.rebuild(replace(layers.context, view=PageView(0.5, 20, 10)), [LINE])
    image = shown(layers)
    assert image.pixelColor(65, 35).lightness() < 60
    dark = sum(image.pixelColor(65, y).lightness() < 60 for y in range(150))
    assert dark == pytest.approx(14, abs=2)


def test_ink_never_covers_the_outline(layers: InkLayers) -> None:
    before = shown(layers)
    layers.add_stroke(Stroke.from_points([(0, 0), (199, 0), (199, 149)]))
    image = shown(layers)
    assert image.pixelColor(100, 0) == before.pixelColor(100, 0)
    assert image.pixelColor(0, 0).alpha() == 0
    assert image.pixelColor(100, 4).lightness() < 60

"""The drawings that changed: an item model, and its delegate's picture."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from qtdigits.core.ink import Ink
from qtdigits.core.lesson import TaughtDrawing
from qtdigits.ui.canvas.ink_render import thumbnail
from qtdigits.ui.items.taught_delegate import TaughtDelegate
from qtdigits.ui.items.taught_model import TaughtModel, TaughtTile
from qtdigits.ui.theme_colors import LIGHT

INK = Ink.from_json([[[0.0, 0.0], [10.0, 40.0]]])
RIGHT = TaughtTile(INK, TaughtDrawing(1, 7, 1, 0.2, 0.9, 1))
WRONG = TaughtTile(INK, TaughtDrawing(1, 1, 7, 0.8, 0.4, 7))
SAME = TaughtTile(INK, TaughtDrawing(3, 3, 3, 0.9, 0.9, 3))


def test_only_changed_answers_are_shown_the_good_ones_first(
    model_tester: Callable[[TaughtModel], TaughtModel],
) -> None:
    model = model_tester(TaughtModel())
    model.set_tiles([WRONG, SAME, RIGHT])
    assert [model.index(row).data() for row in range(model.rowCount())] == ["7 → 1", "1 → 7"]
    model.set_tiles([])
    assert model.rowCount() == 0


def test_screen_reader_hears_what_changed(
    model_tester: Callable[[TaughtModel], TaughtModel],
) -> None:
    model = model_tester(TaughtModel())
    model.set_tiles([RIGHT])
    words = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert words == "A 1: read as 7 before the lesson, as 1 after it"


def test_frame_is_green_where_it_turned_right_and_red_where_wrong(qtbot: QtBot) -> None:
    model = TaughtModel()
    model.set_tiles([RIGHT, WRONG])
    delegate = TaughtDelegate(thumbnail, LIGHT)
    option = QStyleOptionViewItem()
    colors = []
    for row in range(2):
        size = delegate.sizeHint(option, model.index(row))
        option.rect = QRect(0, 0, size.width(), size.height())
        image = QImage(size, QImage.Format.Format_RGB32)
        image.fill(QColor("white"))
        with QPainter(image) as painter:
            delegate.paint(painter, option, model.index(row))
        colors.append(image.pixelColor(1, size.height() // 3))
    good, bad = QColor(LIGHT.good), QColor(LIGHT.bad)
    assert abs(colors[0].green() - good.green()) < 60
    assert colors[0].green() > colors[0].red()
    assert colors[1].red() > colors[1].green()
    assert abs(colors[1].red() - bad.red()) < 60

"""Windows for people who have chosen a large font."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from qtdigits.ui.views.text_scale import first_size, text_scale


def widget_with(qtbot: QtBot, points: float) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    font = widget.font()
    font.setPointSizeF(points)
    widget.setFont(font)
    return widget


def test_usual_font_leaves_sizes_as_they_are(qtbot: QtBot) -> None:
    widget = widget_with(qtbot, 10)
    assert text_scale(widget) == 1
    assert first_size(QSize(980, 720), widget) == QSize(980, 720)


def test_large_font_opens_larger_windows_within_the_screen(qtbot: QtBot) -> None:
    widget = widget_with(qtbot, 18)
    assert text_scale(widget) > 1.2
    size = first_size(QSize(400, 300), widget)
    assert size.width() > 480
    assert size.height() > 360
    screen = widget.screen().availableGeometry()
    assert first_size(QSize(screen.width() - 9, 300), widget).width() == screen.width()

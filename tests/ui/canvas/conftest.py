"""A canvas on a window, what it shows and what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QImage, QUndoStack
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from qtdigits.core.ink import Ink
from qtdigits.ui.canvas.ink_canvas import InkCanvas


@pytest.fixture
def undo_stack(qapp: QApplication) -> QUndoStack:
    return QUndoStack()


@pytest.fixture
def canvas(qtbot: QtBot, undo_stack: QUndoStack) -> Iterator[InkCanvas]:
    """A canvas of 400x300 on the screen, alone in a larger window."""
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(700, 700)
    canvas = InkCanvas(undo_stack, window)
    canvas.resize(400, 300)
    window.show()
    qtbot.waitExposed(window)
    yield canvas
    window.hide()


@pytest.fixture
def picture(canvas: InkCanvas) -> Callable[[], QImage]:
    """What the canvas shows now."""
    return lambda: canvas.grab().toImage().convertToFormat(QImage.Format.Format_ARGB32)


@pytest.fixture
def inks(canvas: InkCanvas) -> list[Ink]:
    """Every ink that the canvas announces."""
    announced: list[Ink] = []
    canvas.ink_changed.connect(announced.append)
    return announced

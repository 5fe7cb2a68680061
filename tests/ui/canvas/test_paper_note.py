"""Words over the paper: seen, and in nobody's way."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from qtdigits.ui.canvas.ink_canvas import InkCanvas
from qtdigits.ui.canvas.paper_note import PaperNote

WORDS = "You said 8, but several digits were read. Choose it, and press 8 again."


@pytest.fixture
def note(canvas: InkCanvas) -> Iterator[PaperNote]:
    note = PaperNote(canvas)
    yield note
    note.take_away()


@pytest.mark.parametrize("width", [200, 420, 900])
def test_words_stand_whole_at_the_lower_edge(
    width: int, note: PaperNote, canvas: InkCanvas
) -> None:
    note.tell(WORDS)
    canvas.window().resize(1000, 700)
    canvas.resize(width, 300)
    assert note.isVisible()
    place = note.geometry()
    assert QRect(0, 150, width, 150).contains(place)
    assert abs(place.center().x() - width // 2) <= 1
    assert place.height() >= note.heightForWidth(place.width())


def test_pen_writes_under_the_words(note: PaperNote, canvas: InkCanvas) -> None:
    note.tell(WORDS)
    place = note.geometry().center()
    window = canvas.window().windowHandle()
    QTest.mouseClick(window, Qt.MouseButton.LeftButton, pos=canvas.pos() + place)
    (stroke,) = canvas.ink().strokes
    assert QPointF(stroke.samples[0].x, stroke.samples[0].y) == QPointF(place)


def test_words_go_when_they_are_taken_away(note: PaperNote) -> None:
    note.tell(WORDS)
    note.take_away()
    assert not note.isVisible()


def test_words_go_by_themselves(canvas: InkCanvas, qtbot: QtBot) -> None:
    note = PaperNote(canvas, shown_ms=1)
    note.tell(WORDS)
    qtbot.waitUntil(lambda: not note.isVisible())

"""The lesson dialog: the stock, the guided sheet by pen and keys, and the outcome."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QListView, QWidget
from pytestqt.qtbot import QtBot

from qtdigits.core.ink import Ink
from qtdigits.core.lesson import GuardFigures, LessonDrawing, LessonOutcome, TaughtDrawing
from qtdigits.core.lesson_book import LessonEntry
from qtdigits.core.lesson_events import LessonFinished
from qtdigits.core.lesson_stock import LessonStock
from qtdigits.core.library import LibraryEntry
from qtdigits.core.model_card import ModelCard
from qtdigits.ui.canvas.ink_canvas import InkCanvas
from qtdigits.ui.dialogs.lesson_dialog import LessonDialog
from qtdigits.ui.replay import replay
from qtdigits.ui.theme import ThemeKeeper
from qtdigits.ui.views.lesson import sheet_page
from qtdigits.ui.views.lesson.sheet_page import SheetPage
from qtdigits.ui.views.tick_box import TickBox

INK = Ink.from_json([[[60.0, 40.0], [64.0, 90.0], [66.0, 160.0]]])
SHIPPED = LibraryEntry("shipped", ModelCard("digits", "d", 1, "", "00"), Path(), True, False)
TAUGHT = (
    TaughtDrawing(1, 7, 1, 0.2, 0.9, 1),
    TaughtDrawing(1, 1, 7, 0.8, 0.4, 7),
    TaughtDrawing(3, 3, 3, 0.9, 0.95, 3),
)
GUARD = GuardFigures(1500, 0.99, 0.99, 0.98, 0.97, 0.001)
OUTCOME = LessonOutcome(True, "It reads your hand better.", 1.0, TAUGHT, GUARD, 2.5)
LESSON = [LessonDrawing(INK, one.label) for one in TAUGHT]

Part = TypeVar("Part", bound=QWidget)


class Made:
    """The dialog on the screen, and what it asked for."""

    def __init__(self, themes: ThemeKeeper) -> None:
        self.dialog = LessonDialog(themes)
        self.asked: list[object] = []
        dialog = self.dialog
        dialog.learn_requested.connect(lambda: self.asked.append("learn"))
        dialog.written.connect(self.asked.append)
        dialog.use_requested.connect(lambda: self.asked.append("use"))
        dialog.discard_requested.connect(lambda: self.asked.append("discard"))
        dialog.left.connect(lambda: self.asked.append("left"))
        dialog.read_requested.connect(lambda one: self.asked.append(f"read {one}"))
        dialog.take_back_requested.connect(lambda one: self.asked.append(f"take back {one}"))
        dialog.show()

    def part(self, kind: type[Part], name: str) -> Part:
        found = self.dialog.findChild(kind, name)
        assert isinstance(found, kind)
        return found

    def button(self, name: str) -> QAbstractButton:
        return self.part(QAbstractButton, name)

    def text(self, name: str) -> str:
        return self.part(QLabel, name).text()

    def canvas(self) -> InkCanvas:
        return self.part(InkCanvas, "lessonCanvas")

    def write(self) -> None:
        for _ in replay(self.canvas(), INK):
            pass

    def sheet(self) -> SheetPage:
        found = self.dialog.findChild(SheetPage)
        assert isinstance(found, SheetPage)
        return found


@pytest.fixture
def made(qtbot: QtBot, themes: ThemeKeeper) -> Iterator[Made]:
    made = Made(themes)
    yield made
    made.dialog.close()
    made.dialog.deleteLater()


@pytest.fixture
def by_hand(made: Made) -> Made:
    """The sheet, which does not go on by itself."""
    made.dialog.open_sheet()
    made.part(TickBox, "lessonGoesOn").setChecked(False)
    return made


def stock(count: int, wrong: int = 0) -> LessonStock:
    return LessonStock(tuple(LessonDrawing(INK, at % 4) for at in range(count)), wrong)


def test_enough_drawings_can_be_learnt_from(made: Made) -> None:
    made.dialog.show_stock(stock(12, wrong=1), "")
    assert made.text("lessonStockWords") == "12 drawings to learn from; 1 was read wrong."
    made.button("lessonLearnButton").click()
    assert made.asked == ["learn"]


def test_too_few_drawings_cannot(made: Made) -> None:
    made.dialog.show_stock(stock(4), "")
    assert not made.button("lessonLearnButton").isEnabled()
    assert "at least 10 are needed" in made.text("lessonStockWords")


def test_sheet_is_offered_instead(made: Made) -> None:
    made.dialog.show_stock(stock(4), "")
    made.button("lessonSheetLink").click()
    assert made.text("lessonWords") == "Write a 0"
    assert made.canvas().isVisible()


def test_lessons_can_be_taken_back_and_what_ships_is_a_click_away(made: Made) -> None:
    lesson = {"drawings": 30, "right_before": 27, "right_after": 30}
    card = replace(
        ModelCard("Me", "d", 1, "2026-03-01T10:00:00+00:00", "00"), settings={"lesson": lesson}
    )
    network = LibraryEntry("one", card, Path(), False, True)
    made.dialog.set_lessons([LessonEntry(network, 1)], SHIPPED)
    made.button("lessonReadButton_shipped").click()
    made.button("lessonTakeBackButton_one").click()
    assert made.asked == ["read shipped", "take back one"]
    assert made.dialog.findChild(QAbstractButton, "lessonReadButton_one") is None


def test_next_goes_on_once_something_is_written(by_hand: Made) -> None:
    assert not by_hand.button("lessonNextButton").isEnabled()
    by_hand.write()
    by_hand.button("lessonNextButton").click()
    assert by_hand.text("lessonWords") == "Write a 1"
    assert by_hand.canvas().ink().is_empty


def test_keys_go_on_back_and_skip(by_hand: Made) -> None:
    by_hand.write()
    for key, words in (
        (Qt.Key.Key_Return, "Write a 1"),
        (Qt.Key.Key_S, "Write a 2"),
        (Qt.Key.Key_Backspace, "Write a 1"),
        (Qt.Key.Key_Backspace, "Write a 0"),
    ):
        QTest.keyClick(by_hand.canvas(), key)
        assert by_hand.text("lessonWords") == words
    assert not by_hand.canvas().ink().is_empty
    QTest.keyClick(by_hand.canvas(), Qt.Key.Key_Delete)
    assert by_hand.canvas().ink().is_empty


def test_digit_of_the_row_can_be_chosen(by_hand: Made) -> None:
    by_hand.sheet().go_to(18)
    assert by_hand.text("lessonWords") == "Write an 8 again"


def test_sheet_goes_on_by_itself_after_the_pen_is_lifted(made: Made, qtbot: QtBot) -> None:
    made.dialog.open_sheet()
    made.write()
    assert made.text("lessonWords") == "Write a 0"
    qtbot.waitUntil(lambda: made.text("lessonWords") == "Write a 1", timeout=5_000)


def test_each_digit_is_asked_for_twice_and_all_are_given(by_hand: Made) -> None:
    for _ in sheet_page.ORDER:
        by_hand.write()
        QTest.keyClick(by_hand.canvas(), Qt.Key.Key_Return)
    (drawings,) = by_hand.asked
    assert isinstance(drawings, tuple)
    assert [one.label for one in drawings] == [*range(10), *range(10)]


def test_skipped_digits_are_left_out(by_hand: Made) -> None:
    assert not by_hand.button("lessonFinishButton").isEnabled()
    QTest.keyClick(by_hand.canvas(), Qt.Key.Key_S)
    by_hand.write()
    by_hand.button("lessonFinishButton").click()
    (drawings,) = by_hand.asked
    assert isinstance(drawings, tuple)
    assert [one.label for one in drawings] == [1]


def test_sheet_of_nothing_but_skipped_digits_leads_back(by_hand: Made) -> None:
    for _ in sheet_page.ORDER:
        QTest.keyClick(by_hand.canvas(), Qt.Key.Key_S)
    assert by_hand.asked == []
    assert by_hand.button("lessonLearnButton").isVisible()


def test_outcome_shows_what_turned(made: Made) -> None:
    made.dialog.show_learning()
    made.dialog.show_finished(LessonFinished(OUTCOME, True), LESSON)
    assert made.text("lessonReason") == "It reads your hand better."
    model = made.part(QListView, "taughtView").model()
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == ["7 → 1", "1 → 7"]
    made.button("lessonUseButton").click()
    made.button("lessonDiscardButton").click()
    assert made.asked == ["use", "discard"]


def test_refused_lesson_can_only_be_closed(made: Made) -> None:
    refused = replace(OUTCOME, used=False, reason="It would not help.")
    made.dialog.show_finished(LessonFinished(refused, False), LESSON)
    assert made.text("lessonVerdict") == "Nothing was changed"
    assert made.button("lessonUseButton").isHidden()
    made.button("lessonCloseButton").click()
    assert made.asked == ["left"]


def test_failed_lesson_leads_back_with_the_reason(made: Made) -> None:
    made.dialog.show_learning()
    made.dialog.show_failed("Nothing was learnt: the disk is full.")
    assert made.text("lessonNote") == "Nothing was learnt: the disk is full."
    assert made.button("lessonLearnButton").isVisible()


def test_failing_child_does_not_take_the_sheet_away(by_hand: Made) -> None:
    by_hand.write()
    by_hand.dialog.show_failed("The lesson ended without a result.")
    assert by_hand.canvas().isVisible()
    by_hand.button("lessonFinishButton").click()
    assert len(by_hand.asked) == 1


def test_escape_leaves_the_sheet(by_hand: Made) -> None:
    by_hand.write()
    QTest.keyClick(by_hand.canvas(), Qt.Key.Key_Escape)
    assert by_hand.asked == ["left"]
    assert not by_hand.dialog.isVisible()

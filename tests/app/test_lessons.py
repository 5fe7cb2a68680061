"""Lessons through the real window, with a child process that does what the test says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from qtdigits import app, lesson_desk, lesson_offer
from qtdigits.core import lesson_stock, paths
from qtdigits.core.drafts import Draft
from qtdigits.core.history import HistoryEntry
from qtdigits.core.ink import Ink
from qtdigits.core.lesson import GuardFigures, LessonDrawing, LessonOutcome, TaughtDrawing
from qtdigits.core.lesson_book import LessonBook
from qtdigits.core.lesson_events import LessonFinished
from qtdigits.core.library import SHIPPED
from qtdigits.core.model_card import ModelCard, card_path, file_sha256, read_card
from qtdigits.core.prediction import Prediction
from qtdigits.core.verdict import interpret
from qtdigits.lesson_session import LessonState
from qtdigits.ui.dialogs.lesson_dialog import LessonDialog
from qtdigits.ui.replay import replay
from qtdigits.ui.workers.lesson_process import LessonProcess

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)

Part = TypeVar("Part", bound=QWidget)


class Reader:
    """Reads 7 in everything."""

    def __init__(self, path: Path) -> None:
        self.card: ModelCard = read_card(path)

    def logits(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        rows = np.zeros((len(images), 10), np.float32)
        rows[:, 7] = 30
        return rows

    def predict(self, images: NDArray[np.float32]) -> list[Prediction]:
        return interpret(self.logits(images), self.card)


class FakeProcess(LessonProcess):
    """A child that learns when the test says so."""

    made: Sequence[FakeProcess] = ()

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.draft: Draft | None = None
        self.drawings: Sequence[LessonDrawing] = ()
        FakeProcess.made = (self,)

    def start(self, draft: Draft, model: Path) -> None:
        self.asked.append(f"start {model.name}")
        self.draft = draft

    def teach(self, drawings: Sequence[LessonDrawing]) -> None:
        self.asked.append(f"teach {len(drawings)}")
        self.drawings = drawings

    def cancel(self) -> None:
        self.asked.append("cancel")
        if self.draft is not None:
            self.draft.discard()
        self.cancelled.emit()

    def shutdown(self) -> None:
        self.asked.append("shutdown")

    def finish(self, used: bool = True) -> None:
        """End as a child does that learnt, or was refused."""
        assert self.draft is not None
        taught = tuple(TaughtDrawing(d.label, 7, d.label, 0.1, 0.9, 7) for d in self.drawings)
        guard = GuardFigures(100, 0.99, 0.99, 0.98, 0.98, 0.0)
        if used:
            write_network(self.draft.network, len(self.asked), len(taught))
        outcome = LessonOutcome(used, "It is so.", 1.0, taught, guard, 1.0)
        self.finished.emit(LessonFinished(outcome, used))


def write_network(path: Path, content: int, drawings: int) -> None:
    """A network that was taught by a lesson of the one that ships."""
    path.write_bytes(bytes([content]))
    shipped = read_card(paths.shipped_model())
    lesson = {"adapted_from": shipped.sha256, "drawings": drawings}
    card = ModelCard(
        "n", "small", 1, "2026-03-01T10:00:00+00:00", file_sha256(path), settings={"lesson": lesson}
    )
    card_path(path).write_text(card.to_json())


class Desk:
    """The program in use."""

    def __init__(self, qtbot: QtBot, application: QApplication) -> None:
        self._qtbot = qtbot
        self.program = app.Program(application)
        self.window = self.program.window
        self.read_with: list[str] = []
        self.program.lessons.chosen.connect(lambda entry: self.read_with.append(entry.name))
        self.window.show()
        qtbot.waitUntil(lambda: self.program.desk.person is not None)

    @property
    def process(self) -> FakeProcess:
        return FakeProcess.made[0]

    @property
    def state(self) -> LessonState:
        return self.program.lessons.session.state

    def label(self, count: int) -> None:
        """So many labelled drawings of the person at the desk, read as 7."""
        person = self.program.desk.person
        assert person is not None
        whose, now = person.id, datetime.now().astimezone()
        read = Reader(paths.shipped_model()).predict(np.zeros((1, 28, 28), np.float32))[0]
        entries = [HistoryEntry(0, line(at), read, now, at % 5) for at in range(count)]
        self.program.store.change(lambda store: store.drawings.add(entries, whose))

    def draw(self, ink: Ink, key: Qt.Key) -> None:
        """Write on the paper and press a digit key."""
        for _ in replay(self.program.canvas, ink):
            pass
        QTest.keyClick(self.program.canvas, key)

    def labelled(self) -> int:
        return sum(entry.label is not None for entry in self.program.history.read_entries())

    def dialog(self) -> LessonDialog:
        dialogs = [one for one in self.window.findChildren(LessonDialog) if one.isVisible()]
        assert len(dialogs) == 1
        found: LessonDialog = dialogs[0]
        return found

    def click(self, name: str) -> None:
        button = part(self.dialog(), QAbstractButton, name)
        self._qtbot.waitUntil(button.isEnabled)
        button.click()

    def learn(self) -> None:
        """Hold a lesson of all drawings so far, up to its end."""
        self.window.action("Learn").trigger()
        self.click("lessonLearnButton")
        self.process.finish()

    def current(self) -> str:
        return self.program.library.current().id

    def sit_down(self, name: str) -> None:
        """Somebody comes, or returns."""
        store, people = self.program.store, self.program.people

        def id_of() -> int:
            return next((one.id for one in people.people if one.name == name), 0)

        if not id_of():
            store.change(lambda s: s.people.add(name))
            people.refresh()
            self._qtbot.waitUntil(lambda: id_of() > 0)
        people.use(id_of())
        self._qtbot.waitUntil(lambda: self.person() == name)

    def person(self) -> str:
        person = self.program.desk.person
        return "" if person is None else person.name

    def close(self) -> None:
        self.window.close()


def line(at: int) -> Ink:
    return Ink.from_json([[[100.0, 60.0], [104.0 + at, 120.0], [108.0 + 3 * at, 180.0]]])


def part(parent: QWidget, kind: type[Part], name: str) -> Part:
    found = parent.findChild(kind, name)
    assert isinstance(found, kind)
    return found


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(app, "load_recognizer", Reader)
    monkeypatch.setattr(lesson_desk, "LessonProcess", FakeProcess)
    desk = Desk(qtbot, qapp)
    yield desk
    desk.close()


@pytest.fixture
def taught(desk: Desk) -> Callable[[], str]:
    """Hold a lesson and use it; the id of its network."""

    def teach() -> str:
        desk.learn()
        desk.click("lessonUseButton")
        return desk.current()

    return teach


def test_child_loads_while_the_person_still_looks(desk: Desk) -> None:
    desk.window.action("Learn").trigger()
    assert desk.process.asked == ["start digits.keras"]
    assert desk.state is LessonState.WAITING


def test_lesson_of_labelled_drawings_is_used(desk: Desk) -> None:
    desk.label(12)
    desk.learn()
    assert desk.process.asked[-1] == "teach 12"
    assert part(desk.dialog(), QLabel, "lessonReason").text() == "It is so."
    desk.click("lessonUseButton")
    assert desk.current() != SHIPPED
    assert len(desk.read_with) == 1
    assert desk.read_with[0].startswith("Me’s hand")
    assert not desk.window.findChildren(LessonDialog) or desk.state is LessonState.IDLE


def test_discarded_lesson_leaves_all_as_it_was(desk: Desk) -> None:
    desk.label(12)
    desk.learn()
    assert desk.process.draft is not None
    folder = desk.process.draft.folder
    desk.click("lessonDiscardButton")
    assert (desk.current(), folder.exists()) == (SHIPPED, False)
    assert desk.state is LessonState.IDLE


def test_refused_lesson_leaves_no_draft(desk: Desk) -> None:
    desk.label(12)
    desk.window.action("Learn").trigger()
    desk.click("lessonLearnButton")
    desk.process.finish(used=False)
    assert desk.process.draft is not None
    assert not desk.process.draft.folder.exists()
    assert (desk.current(), desk.state) == (SHIPPED, LessonState.IDLE)


def test_closed_dialog_ends_the_child(desk: Desk) -> None:
    desk.window.action("Learn").trigger()
    desk.click("lessonCloseButton")
    assert desk.process.asked[-1] == "cancel"
    desk.window.action("LearnHandwriting").trigger()
    assert desk.process.asked[-1] == "start digits.keras"


def test_sheet_is_kept_among_the_drawings_and_learnt_from(desk: Desk, qtbot: QtBot) -> None:
    desk.window.action("LearnHandwriting").trigger()
    desk.dialog().written.emit(tuple(LessonDrawing(line(at), at % 10) for at in range(20)))
    qtbot.waitUntil(lambda: desk.process.asked[-1] == "teach 20")
    qtbot.waitUntil(lambda: desk.labelled() == 20)


def test_lesson_is_taken_back_in_the_dialog(desk: Desk, taught: Callable[[], str]) -> None:
    desk.label(12)
    entry_id = taught()
    desk.window.action("Learn").trigger()
    desk.click(f"lessonTakeBackButton_{entry_id}")
    assert desk.current() == SHIPPED
    assert [entry.id for entry in desk.program.library.entries()] == [SHIPPED]


def test_network_that_ships_is_one_click_away(desk: Desk, taught: Callable[[], str]) -> None:
    desk.label(12)
    entry_id = taught()
    desk.window.action("Learn").trigger()
    desk.click("lessonReadButton_shipped")
    assert desk.current() == SHIPPED
    desk.click(f"lessonReadButton_{entry_id}")
    assert desk.current() == entry_id


def test_everybody_is_read_with_their_own_lesson(desk: Desk, taught: Callable[[], str]) -> None:
    desk.label(12)
    mine = taught()
    desk.sit_down("Anna")
    assert desk.current() == SHIPPED
    desk.window.action("Learn").trigger()
    assert desk.dialog().findChild(QAbstractButton, f"lessonReadButton_{mine}") is None
    desk.click("lessonCloseButton")
    desk.sit_down("Me")
    assert desk.current() == mine


def test_lesson_is_offered_once_and_quietly(desk: Desk, qtbot: QtBot) -> None:
    desk.label(9)
    assert desk.window.notice.text() == ""
    desk.draw(line(30), Qt.Key.Key_3)
    qtbot.waitUntil(
        lambda: desk.window.notice.text() == "There are 10 drawings of yours to learn from."
    )
    part(desk.window, QAbstractButton, "noticeAcceptButton").click()
    assert desk.window.notice.text() == ""
    assert part(desk.dialog(), QAbstractButton, "lessonLearnButton").isVisible()


def test_offer_counts_all_drawings_also_where_a_lesson_has_only_the_newest(
    desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lesson_offer, "MOST", 12)
    monkeypatch.setattr(lesson_stock, "MOST", 12)
    desk.label(30)
    desk.draw(line(31), Qt.Key.Key_3)
    qtbot.waitUntil(
        lambda: desk.window.notice.text() == "There are 12 drawings of yours to learn from."
    )
    person = desk.program.desk.person
    assert person is not None
    assert LessonBook(desk.program.library).offered(person.id) == 31
    desk.learn()
    desk.click("lessonDiscardButton")
    qtbot.waitUntil(lambda: LessonBook(desk.program.library).offered(person.id) == 31)


def test_closed_dialog_leaves_no_drawings_behind(desk: Desk, qtbot: QtBot) -> None:
    desk.label(12)
    desk.window.action("Learn").trigger()
    qtbot.waitUntil(part(desk.dialog(), QAbstractButton, "lessonLearnButton").isEnabled)
    assert len(desk.program.lessons._drawings) == 12
    desk.click("lessonCloseButton")
    assert not desk.program.lessons._drawings


def test_child_that_failed_is_started_again(desk: Desk) -> None:
    desk.label(12)
    desk.window.action("Learn").trigger()
    desk.process.failed.emit("The lesson ended without a result.")
    assert part(desk.dialog(), QLabel, "lessonNote").text() == "The lesson ended without a result."
    desk.click("lessonLearnButton")
    assert desk.process.asked[-2:] == ["start digits.keras", "teach 12"]


def test_closing_the_window_ends_the_lesson(desk: Desk) -> None:
    desk.window.action("Learn").trigger()
    desk.close()
    assert desk.process.asked[-1] == "shutdown"

"""The history through the real window: kept, labelled, deleted, taken back; people apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from qtdigits import app
from qtdigits.core import paths
from qtdigits.core.history import HistoryEntry
from qtdigits.core.ink import Ink
from qtdigits.core.model_card import ModelCard, read_card
from qtdigits.core.prediction import Prediction
from qtdigits.core.store.query import HistoryQuery, Show
from qtdigits.core.store.store import Store, store_path
from qtdigits.core.transfer.export import export_drawings
from qtdigits.core.verdict import interpret
from qtdigits.ui.dialogs.history_dialog import HistoryDialog
from qtdigits.ui.dialogs.name_dialog import NameDialog
from qtdigits.ui.replay import replay
from qtdigits.ui.views.choice_field import ChoiceField
from qtdigits.ui.views.history.grid_view import GridView

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)


class Reader:
    """Reads 7 in everything that is higher than wide, and 2 in all else."""

    def __init__(self) -> None:
        self.card: ModelCard = read_card(paths.shipped_model())

    def logits(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        result = np.zeros((len(images), 10), np.float32)
        for row, image in zip(result, images, strict=True):
            rows, columns = (np.flatnonzero(image.any(axis=axis)) for axis in (1, 0))
            row[7 if np.ptp(rows) > np.ptp(columns) else 2] = 30.0
        return result

    def predict(self, images: NDArray[np.float32]) -> list[Prediction]:
        return interpret(self.logits(images), self.card)


def line(x: float, y: float) -> Ink:
    """A line from one corner."""
    return Ink.from_json([[[100.0, 60.0], [100 + x / 2, 60 + y / 2], [100 + x, 60 + y]]])


Part = TypeVar("Part", bound=QWidget)
HIGH, WIDE = line(20, 180), line(180, 20)


class Person:
    """Somebody at the window, and what they find."""

    def __init__(self, qtbot: QtBot, application: QApplication) -> None:
        self._qtbot = qtbot
        self.program = app.Program(application)
        self.window = self.program.window
        qtbot.addWidget(self.window)
        self.saved: list[HistoryEntry] = []
        self.program.desk.saved.connect(lambda _, entry: self.saved.append(entry))
        self.window.show()
        qtbot.waitUntil(lambda: self.program.desk.person is not None)

    def write(self, ink: Ink) -> HistoryEntry:
        """Write on new paper, and wait until that is on the disk."""
        self.window.action("New").trigger()
        for _ in replay(self.program.canvas, ink):
            pass
        written = self.program.canvas.ink()
        self._qtbot.waitUntil(lambda: bool(self.saved) and self.saved[-1].ink == written)
        return self.saved[-1]

    def strip(self) -> list[tuple[str, int | None]]:
        """What was read in the drawings of the strip, and their labels."""
        entries = self.program.history.read_entries()
        return [(entry.prediction.text, entry.label) for entry in entries]

    def history(self) -> HistoryDialog:
        self.window.action("History").trigger()
        return part(self.window, HistoryDialog, "historyDialog")

    def person(self) -> str:
        person = self.program.desk.person
        return "" if person is None else person.name

    def close(self) -> None:
        self.window.close()


def part(parent: QWidget, kind: type[Part], name: str) -> Part:
    found = parent.findChild(kind, name)
    assert isinstance(found, kind)
    return found


def stored(show: Show = Show.ALL, person: str = "Me") -> list[HistoryEntry]:
    """What the file holds, read as another process would."""
    store = Store.open_to_read()
    entries = list(store.drawings.iterate(HistoryQuery(store.people.named(person).id, show)))
    store.close()
    return entries


@pytest.fixture
def sit_down(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], Person]:
    monkeypatch.setattr(app, "load_recognizer", lambda path: Reader())
    return lambda: Person(qtbot, qapp)


@pytest.fixture
def me(sit_down: Callable[[], Person]) -> Person:
    return sit_down()


def test_drawing_is_kept_over_a_restart(sit_down: Callable[[], Person], qtbot: QtBot) -> None:
    first = sit_down()
    entry = first.write(HIGH)
    assert entry.model == read_card(paths.shipped_model()).sha256
    first.close()
    again = sit_down()
    qtbot.waitUntil(lambda: again.strip() == [("7", None)])
    assert again.program.history.read_entries()[0] == entry
    again.close()


def test_desk_keeps_nothing_of_a_drawing_that_is_saved(me: Person, qtbot: QtBot) -> None:
    entry = me.write(HIGH)
    me.window.action("Label7").trigger()  # saved once more, by its number
    qtbot.waitUntil(lambda: me.saved[-1].label == 7)
    assert me.saved[-1].id == entry.id
    desk = me.program.desk
    assert not desk._saving
    assert not desk._first_ids


def test_digit_key_labels_the_drawing_on_the_paper(me: Person, qtbot: QtBot) -> None:
    me.write(HIGH)
    QTest.keyClick(me.program.canvas, Qt.Key.Key_4)
    assert "You said 4." in part(me.window, QLabel, "confidenceLabel").text()
    qtbot.waitUntil(lambda: [one.label for one in stored()] == [4])
    assert me.strip() == [("7", 4)]
    me.close()


def test_enter_agrees_with_the_drawing_on_the_paper(me: Person, qtbot: QtBot) -> None:
    me.write(WIDE)
    QTest.keyClick(me.program.canvas, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [one.label for one in stored()] == [2])
    me.close()


def test_label_goes_when_the_drawing_goes_on(me: Person, qtbot: QtBot) -> None:
    me.write(HIGH)
    QTest.keyClick(me.program.canvas, Qt.Key.Key_4)
    for _ in replay(me.program.canvas, line(50, 10)):
        pass
    qtbot.waitUntil(lambda: [len(one.ink.strokes) for one in stored()] == [2])
    assert [one.label for one in stored()] == [None]
    assert [label for _, label in me.strip()] == [None]
    me.close()


def test_opened_drawing_goes_on_as_the_same(me: Person, qtbot: QtBot) -> None:
    old = me.write(HIGH)
    me.write(WIDE)
    me.window.history_entry_chosen.emit(old)
    assert me.program.canvas.ink() == old.ink
    count = len(me.saved)
    for _ in replay(me.program.canvas, line(30, 10)):
        pass
    qtbot.waitUntil(lambda: len(me.saved) > count)
    assert (me.saved[-1].id, len(me.saved[-1].ink.strokes)) == (old.id, 2)
    assert len(stored()) == 2
    me.close()


def test_several_drawings_are_labelled_and_it_is_taken_back(me: Person, qtbot: QtBot) -> None:
    for ink in (HIGH, WIDE, line(10, 150)):
        me.write(ink)
    view = me.window.history_panel.view
    view.selectAll()
    QTest.keyClick(view, Qt.Key.Key_9)
    qtbot.waitUntil(lambda: me.strip() == [("7", 9), ("2", 9), ("7", 9)])
    assert "You said 9." in part(me.window, QLabel, "confidenceLabel").text()
    me.window.action("Undo").trigger()
    qtbot.waitUntil(lambda: me.strip() == [("7", None), ("2", None), ("7", None)])
    me.window.action("Redo").trigger()
    qtbot.waitUntil(lambda: [one.label for one in stored()] == [9, 9, 9])
    me.close()


def test_deleted_drawings_come_back_by_undo(me: Person, qtbot: QtBot) -> None:
    for ink in (HIGH, WIDE):
        me.write(ink)
    view = me.window.history_panel.view
    view.selectAll()
    QTest.keyClick(view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: me.strip() == [])
    assert (len(stored()), len(stored(Show.DELETED))) == (0, 2)
    me.window.action("Undo").trigger()
    qtbot.waitUntil(lambda: len(me.strip()) == 2)
    assert len(stored()) == 2
    me.close()


def test_history_window_shows_filters_and_scores(me: Person, qtbot: QtBot) -> None:
    for ink, label in ((HIGH, 7), (WIDE, 3), (line(10, 150), 7)):
        me.write(ink)
        me.window.action(f"Label{label}").trigger()
    qtbot.waitUntil(lambda: sum(one.label is not None for one in stored()) == 3)
    dialog = me.history()
    model = me.program.history_window.model
    qtbot.waitUntil(lambda: model.rowCount() == 3)
    score = part(dialog, QLabel, "scoreLabel")
    qtbot.waitUntil(lambda: "66" in score.text())
    field = part(dialog, ChoiceField, "historyShowField")
    field.set_value(Show.WRONG)
    qtbot.waitUntil(lambda: model.rowCount() == 1)
    field.set_value(Show.DELETED)
    qtbot.waitUntil(lambda: model.rowCount() == 0)
    words = part(dialog, QLabel, "historyEmpty")
    qtbot.waitUntil(lambda: words.isVisible() and "for 30 days" in words.text())
    dialog.close()
    me.close()


def test_history_window_deletes_restores_and_forgets(me: Person, qtbot: QtBot) -> None:
    for ink in (HIGH, WIDE):
        me.write(ink)
    dialog = me.history()
    model = me.program.history_window.model
    qtbot.waitUntil(lambda: model.rowCount() == 2)
    grid = part(dialog, GridView, "historyGrid")
    qtbot.waitUntil(lambda: grid.isVisible())
    grid.setCurrentIndex(model.index(0))
    QTest.keyClick(grid, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: model.rowCount() == 1)
    assert part(dialog, QLabel, "historyNote").text() == "1 drawing deleted."
    field = part(dialog, ChoiceField, "historyShowField")
    field.set_value(Show.DELETED)
    qtbot.waitUntil(lambda: [entry.prediction.text for entry in model.read_entries()] == ["2"])
    grid.selectAll()
    QTest.keyClick(grid, Qt.Key.Key_Delete)
    yes = part(dialog, QAbstractButton, "forgetYes")
    yes.click()
    qtbot.waitUntil(lambda: model.rowCount() == 0)
    assert (len(stored()), len(stored(Show.DELETED))) == (1, 0)
    dialog.close()
    me.close()


def test_new_drawing_appears_in_the_open_history_window(me: Person, qtbot: QtBot) -> None:
    dialog = me.history()
    me.write(HIGH)
    qtbot.waitUntil(lambda: me.program.history_window.model.rowCount() == 1)
    dialog.close()
    me.close()


def test_another_person_finds_nothing_of_the_first(me: Person, qtbot: QtBot) -> None:
    me.write(HIGH)
    menu = me.program.people
    menu._ask_for_new()
    dialog = part(me.window, NameDialog, "nameDialog")
    field = part(dialog, QLineEdit, "nameField")
    QTest.keyClicks(field, "Me")
    QTest.keyClick(field, Qt.Key.Key_Return)
    words = part(dialog, QLabel, "nameWords")
    qtbot.waitUntil(lambda: "already" in words.text())
    assert not me.program.canvas.ink().is_empty  # nobody has left yet
    field.selectAll()
    QTest.keyClicks(field, "Anna")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: me.strip() == [] and me.person() == "Anna")
    assert me.program.canvas.ink().is_empty
    assert not me.window.action("Undo").isEnabled()
    me.write(WIDE)
    assert [one.prediction.text for one in stored(person="Anna")] == ["2"]
    assert [one.prediction.text for one in stored(person="Me")] == ["7"]
    menu.use(1)
    qtbot.waitUntil(lambda: me.strip() == [("7", None)])
    me.close()


def test_imported_drawings_appear_and_are_told(me: Person, qtbot: QtBot, tmp_path: Path) -> None:
    entry = me.write(HIGH)
    file = tmp_path / "drawings.jsonl.gz"
    export_drawings([entry, *(_moved(entry, n) for n in range(3))], "Anna", file)
    me.program.transfers.import_file(file)
    qtbot.waitUntil(lambda: me.program.history.rowCount() == 4, timeout=30_000)
    words = part(me.window, QLabel, "noticeLabel")
    assert words.text() == ("3 drawings came in. 1 drawing of the file was there already.")
    me.close()


def test_import_is_cancelled_by_the_button_beside_its_progress(
    me: Person, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "drawings.jsonl"
    file.write_text("".join(f'{{"strokes": [[[0, 0], [{n}, 9]]]}}\n' for n in range(5000)))
    me.program.transfers.import_file(file)
    words = part(me.window, QLabel, "noticeLabel")
    assert words.text() == "Reading drawings.jsonl…"
    assert not me.window.action("Import").isEnabled()
    part(me.window, QAbstractButton, "noticeCancelButton").click()
    qtbot.waitUntil(lambda: "was cancelled; nothing was changed" in words.text(), timeout=30_000)
    assert me.window.action("Import").isEnabled()
    assert not part(me.window, QAbstractButton, "noticeCancelButton").isVisible()
    assert stored() == []
    me.close()


def _moved(entry: HistoryEntry, by: int) -> HistoryEntry:
    return replace(entry, ink=line(20, 100 + by))


def test_drawings_are_exported_by_the_menu(me: Person, qtbot: QtBot, tmp_path: Path) -> None:
    me.write(HIGH)
    me.program.transfers.export_to(tmp_path / "mine.npz")
    words = part(me.window, QLabel, "noticeLabel")
    qtbot.waitUntil(lambda: "label some first" in words.text(), timeout=30_000)
    me.program.transfers.export_to(tmp_path / "mine.jsonl.gz")
    qtbot.waitUntil(lambda: "is saved" in words.text(), timeout=30_000)
    assert (tmp_path / "mine.jsonl.gz").is_file()
    me.close()


def test_damaged_file_is_told_across_the_window(
    sit_down: Callable[[], Person], qtbot: QtBot
) -> None:
    store_path().parent.mkdir(parents=True)
    store_path().write_bytes(b"garbage")
    person = sit_down()
    words = part(person.window, QLabel, "noticeLabel")
    assert "was damaged" in words.text()
    person.close()

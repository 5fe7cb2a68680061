"""Whole numbers through the real window: written, read, put right, and kept digit by digit."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from qtdigits import app
from qtdigits.core import paths
from qtdigits.core.history import HistoryEntry
from qtdigits.core.ink import Ink
from qtdigits.core.model_card import ModelCard, read_card
from qtdigits.core.prediction import Prediction
from qtdigits.core.request import Request, Result
from qtdigits.core.store.query import HistoryQuery, Show
from qtdigits.core.store.store import Store
from qtdigits.core.verdict import interpret
from qtdigits.ui.items.probability_model import ProbabilityRole
from qtdigits.ui.replay import send_mouse

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
Places = list[tuple[float, float]]


class Reader:
    """Reads 1 in everything that is higher than wide, and 2 in all else."""

    def __init__(self) -> None:
        self.card: ModelCard = read_card(paths.shipped_model())

    def logits(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        result = np.zeros((len(images), 10), np.float32)
        for row, image in zip(result, images, strict=True):
            rows, columns = (np.flatnonzero(image.any(axis=axis)) for axis in (1, 0))
            row[1 if np.ptp(rows) > np.ptp(columns) else 2] = 30.0
        return result

    def predict(self, images: NDArray[np.float32]) -> list[Prediction]:
        return interpret(self.logits(images), self.card)


def upright(x: float, height: float = 120.0) -> Places:
    return [(x, 60 + height * share) for share in (0, 0.25, 0.5, 0.75, 1)]


class Writer:
    """Somebody who writes numbers, and what they find."""

    def __init__(self, qtbot: QtBot, application: QApplication) -> None:
        self.qtbot = qtbot
        self.program = app.Program(application)
        self.window = self.program.window
        self.canvas = self.program.canvas
        self.requests: list[Request] = []
        self.results: list[Result] = []
        self.program.session.asked.connect(self.requests.append)
        self.program.session.answered.connect(self.results.append)
        qtbot.addWidget(self.window)
        self.window.show()
        qtbot.waitUntil(lambda: self.program.desk.person is not None)

    def write(self, *strokes: Places) -> None:
        """Write with the mouse, and wait for the answer to all of it."""
        for places in strokes:
            first, *rest = [QPointF(x, y) for x, y in places]
            send_mouse(self.canvas, QEvent.Type.MouseButtonPress, first, LEFT, LEFT)
            for place in rest:
                send_mouse(self.canvas, QEvent.Type.MouseMove, place, NONE, LEFT)
            send_mouse(self.canvas, QEvent.Type.MouseButtonRelease, rest[-1], LEFT, NONE)
        self.wait()

    def wait(self) -> None:
        """Wait for the answer to the newest request."""
        self.qtbot.waitUntil(
            lambda: bool(self.results) and self.results[-1].id == self.requests[-1].id
        )

    def do(self, name: str) -> None:
        action = self.window.action(name)
        assert action.isEnabled()
        action.trigger()

    def answer(self) -> str:
        return self.text("answerLabel")

    def text(self, name: str) -> str:
        label = self.window.findChild(QLabel, name)
        assert isinstance(label, QLabel)
        return label.text()

    def expect_stored(self, *digits: tuple[str, int | None]) -> list[HistoryEntry]:
        """Wait until the history is this, oldest first, on the strip and on the disk."""
        wanted = sorted(digits, key=str)

        def told(entries: list[HistoryEntry]) -> list[tuple[str, int | None]]:
            return sorted(((one.prediction.text, one.label) for one in entries), key=str)

        self.qtbot.waitUntil(lambda: told(stored()) == wanted)
        self.qtbot.waitUntil(lambda: told(self.program.history.read_entries()) == wanted)
        return stored()


def stored() -> list[HistoryEntry]:
    """What the file holds, read as another process would."""
    try:
        store = Store.open_to_read()
    except ValueError:
        return []
    entries = list(store.drawings.iterate(HistoryQuery(store.people.named("Me").id, Show.ALL)))
    store.close()
    return entries


@pytest.fixture
def writer(qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Writer]:
    def load(path: Path) -> Reader:
        return Reader()

    monkeypatch.setattr(app, "load_recognizer", load)
    writer = Writer(qtbot, qapp)
    yield writer
    writer.window.close()


@pytest.fixture
def three(writer: Writer) -> Writer:
    """Three ones side by side, on the disk."""
    writer.write(upright(60), upright(160), upright(260))
    writer.expect_stored(("1", None), ("1", None), ("1", None))
    return writer


def test_number_is_read_whole_and_kept_digit_by_digit(three: Writer) -> None:
    assert three.answer() == "111"
    assert len(three.canvas.boxes()) == 3
    inks = [entry.ink for entry in stored()]
    assert sorted(len(ink.strokes) for ink in inks) == [1, 1, 1]
    assert {ink.strokes[0] for ink in inks} == set(three.canvas.ink().strokes)


def test_digit_key_labels_the_digit_looked_at(three: Writer) -> None:
    QTest.keyClick(three.canvas, Qt.Key.Key_Left)
    QTest.keyClick(three.canvas, Qt.Key.Key_7)
    entries = three.expect_stored(("1", None), ("1", 7), ("1", None))
    (labelled,) = [one for one in entries if one.label == 7]
    assert labelled.ink.strokes == three.canvas.ink().strokes[1:2]
    assert "You said 7." in three.text("confidenceLabel")
    QTest.keyClick(three.canvas, Qt.Key.Key_Right)
    assert "You said" not in three.text("confidenceLabel")


def test_enter_agrees_with_the_whole_number(three: Writer) -> None:
    QTest.keyClick(three.canvas, Qt.Key.Key_Return)
    three.expect_stored(("1", 1), ("1", 1), ("1", 1))


def test_bars_and_image_are_those_of_the_digit_looked_at(writer: Writer) -> None:
    writer.write(upright(60), [(160, 120), (200, 121), (240, 120)])
    assert writer.answer() == "12"

    def leading() -> list[int]:
        model = writer.program.probabilities
        return [row for row in range(10) if model.index(row).data(ProbabilityRole.LEADING)]

    assert leading() == [2]
    frame = writer.canvas.boxes()[0].frame.center()
    send_mouse(writer.canvas, QEvent.Type.MouseButtonPress, frame, LEFT, LEFT)
    send_mouse(writer.canvas, QEvent.Type.MouseButtonRelease, frame, LEFT, NONE)
    assert leading() == [1]
    assert writer.answer() == "12"


def test_joined_digits_become_one_entry_and_part_again(three: Writer) -> None:
    three.do("PreviousDigit")
    three.do("JoinDigits")
    three.wait()
    assert len(three.canvas.boxes()) == 2
    entries = three.expect_stored(("1", None), ("1", None))
    assert sorted(len(one.ink.strokes) for one in entries) == [1, 2]
    three.do("Undo")
    three.wait()
    entries = three.expect_stored(("1", None), ("1", None), ("1", None))
    assert {one.ink.strokes[0] for one in entries} == set(three.canvas.ink().strokes)
    ids = sorted(one.id for one in entries)
    three.qtbot.waitUntil(lambda: sorted(three.program.history.ids()) == ids)


def test_labels_of_other_digits_outlive_a_join(three: Writer) -> None:
    three.canvas.choose(0)
    QTest.keyClick(three.canvas, Qt.Key.Key_7)
    three.canvas.choose(1)
    three.do("JoinDigits")
    three.expect_stored(("1", 7), ("1", None))


def test_opened_digit_is_shown_as_one_digit(three: Writer) -> None:
    old = stored()[0]
    three.do("New")
    three.window.history_entry_chosen.emit(old)
    three.wait()
    assert three.answer() == "1"
    assert three.canvas.boxes() == ()
    three.expect_stored(("1", None), ("1", None), ("1", None))


def test_joined_digit_of_the_history_stays_joined_when_it_is_opened(three: Writer) -> None:
    three.do("JoinDigits")
    three.expect_stored(("1", None), ("1", None))
    (joined,) = [one for one in stored() if len(one.ink.strokes) == 2]
    three.do("New")
    three.window.history_entry_chosen.emit(joined)
    three.wait()
    assert three.canvas.boxes() == ()
    assert three.requests[-1].arrangements
    three.expect_stored(("1", None), ("1", None))


def test_scratched_out_digit_is_gone_and_undo_brings_it_back(three: Writer) -> None:
    places = [(130.0 if n % 2 else 190.0, 55 + 13.0 * n) for n in range(11)]
    zigzag = [
        (a[0] + (b[0] - a[0]) * step / 4, a[1] + (b[1] - a[1]) * step / 4)
        for a, b in pairwise(places)
        for step in range(4)
    ]
    size = three.canvas.size()
    three.write(zigzag)
    assert three.answer().replace(" ", "") == "11"
    assert "Undo" in three.text("paperNote")
    assert three.canvas.size() == size  # what is written stays where it is
    three.do("Undo")
    note = three.window.findChild(QLabel, "paperNote")
    assert note is not None
    assert not note.isVisible()
    three.wait()
    assert three.answer() == "111"
    three.expect_stored(("1", None), ("1", None), ("1", None))


def test_writing_on_takes_the_number_further(three: Writer) -> None:
    before = {one.id: one for one in stored()}
    three.write(upright(340))
    assert three.answer() == "1111"
    entries = three.expect_stored(*[("1", None)] * 4)
    assert {one.id: one for one in entries if one.id in before} == before


@pytest.mark.parametrize("name", ["SplitDigit", "JoinDigits", "CutLeft", "NextDigit", "DivideAnew"])
def test_what_cannot_be_done_is_not_offered(writer: Writer, name: str) -> None:
    assert not writer.window.action(name).isEnabled()


def test_one_stroke_can_be_split_into_two_digits(writer: Writer) -> None:
    writer.write([(60, 60), (60, 160), (160, 165), (260, 160), (260, 60)])
    before = len(writer.canvas.boxes())
    assert before == 0
    writer.do("SplitDigit")
    writer.wait()
    assert len(writer.canvas.boxes()) == 2
    writer.qtbot.waitUntil(lambda: len(stored()) == 2)
    writer.do("DivideAnew")
    writer.wait()
    assert writer.canvas.boxes() == ()
    whole = Ink(writer.canvas.ink().strokes)
    # One of the two is withdrawn and the other grows, one after the other.
    writer.qtbot.waitUntil(lambda: [entry.ink for entry in stored()] == [whole])

"""The whole program in one window: real mouse events in, what a person reads out."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest
from PySide6.QtCore import QLocale, QObject, Qt, QThread
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QListView, QWidget
from pytestqt.qtbot import QtBot

from qtdigits import app
from qtdigits.core import paths
from qtdigits.core.data_files.strokes import Drawing
from qtdigits.core.history import HistoryEntry
from qtdigits.core.model_card import card_path
from qtdigits.core.network_status import NetworkState
from qtdigits.core.raster import rasterize
from qtdigits.core.recognizer import Recognizer
from qtdigits.core.request import Request, Result
from qtdigits.core.samples import sample_drawings
from qtdigits.ui.items.history_model import HistoryRole
from qtdigits.ui.items.probability_model import ProbabilityRole
from qtdigits.ui.replay import replay
from qtdigits.ui.views.network_input_view import NetworkInputView
from qtdigits.ui.views.status_indicator import StatusIndicator

LOADING_MS = 60_000
Part = TypeVar("Part", bound=QWidget)


class Desk(QObject):
    """The program, and how a person uses and reads it."""

    def __init__(self, qtbot: QtBot, application: QApplication, model: Path) -> None:
        super().__init__()
        self._qtbot = qtbot
        self.program = app.Program(application, model)
        self.window = self.program.window
        self.entries: list[HistoryEntry] = []
        self.requests: list[Request] = []
        self.results: list[Result] = []
        self.program.session.settled.connect(self.entries.append)
        self.program.session.asked.connect(self.requests.append)
        self.program.session.answered.connect(self.results.append)
        qtbot.addWidget(self.window)

    def open(self) -> None:
        self.window.show()
        self._qtbot.waitUntil(lambda: self.state() is not NetworkState.LOADING, timeout=LOADING_MS)

    def state(self) -> NetworkState:
        return self.indicator().status().state

    def answer(self) -> str:
        return self._part(QLabel, "answerLabel").text()

    def verdict(self) -> str:
        return self._part(QLabel, "verdictLabel").text()

    def seen(self) -> NetworkInputView:
        return self._part(NetworkInputView, "networkInputView")

    def indicator(self) -> StatusIndicator:
        return self._part(StatusIndicator, "statusIndicator")

    def _part(self, kind: type[Part], name: str) -> Part:
        (part,) = self.window.findChildren(kind, name)
        return part

    def leading(self) -> list[int]:
        """The digits that the list of probabilities marks as read."""
        model = self.program.probabilities
        rows = range(model.rowCount())
        return [row for row in rows if model.index(row).data(ProbabilityRole.LEADING)]

    def history(self) -> list[HistoryEntry]:
        model = self.program.history
        return [model.index(row).data(HistoryRole.ENTRY) for row in range(model.rowCount())]

    def trigger(self, name: str) -> None:
        """Choose an action of the menus by its name."""
        (action,) = [a for a in self.window.actions() if a.objectName().endswith(name)]
        assert action.isEnabled()
        action.trigger()

    def write_quickly(self, drawing: Drawing) -> None:
        """Write with the mouse and wait for the answer to the whole drawing."""
        for _ in replay(self.program.canvas, drawing.ink):
            pass
        self._qtbot.waitUntil(
            lambda: bool(self.results) and self.results[-1].id == self.requests[-1].id
        )

    def write(self, drawing: Drawing) -> HistoryEntry:
        """Write with the mouse and wait for the entry in the history."""
        before = len(self.entries)
        for _ in replay(self.program.canvas, drawing.ink):
            pass
        ink = self.program.canvas.ink()
        self._qtbot.waitUntil(
            lambda: len(self.entries) > before and self.entries[-1].ink == ink, timeout=10_000
        )
        return self.entries[-1]


@pytest.fixture(scope="session")
def loader() -> Callable[[Path], Recognizer]:
    """The program's own way to load a network, which remembers the one that ships."""
    original, loaded = app.load_recognizer, dict[Path, Recognizer]()

    def load(path: Path) -> Recognizer:
        if path != paths.shipped_model():
            return original(path)
        if path not in loaded:
            loaded[path] = original(path)
        return loaded[path]

    return load


@pytest.fixture
def make_desk(
    qtbot: QtBot,
    qapp: QApplication,
    loader: Callable[[Path], Recognizer],
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[[Path], Desk]:
    def make(model: Path) -> Desk:
        return Desk(qtbot, qapp, model)

    monkeypatch.setattr(app, "load_recognizer", loader)
    return make


@pytest.fixture
def desk(make_desk: Callable[[Path], Desk]) -> Desk:
    """The program with the network that ships, ready."""
    one = make_desk(paths.shipped_model())
    one.open()
    assert one.state() is NetworkState.READY
    return one


@pytest.fixture(scope="session")
def samples() -> dict[int, Drawing]:
    """One sample drawing of each digit."""
    return {drawing.digit: drawing for drawing in reversed(sample_drawings())}


@pytest.mark.parametrize("digit", range(10))
def test_written_digit_is_read(digit: int, desk: Desk, samples: dict[int, Drawing]) -> None:
    desk.write(samples[digit])
    assert desk.answer() == str(digit)
    assert desk.leading() == [digit]


def test_every_sample_drawing_is_read_in_one_window(desk: Desk) -> None:
    wrong = []
    for drawing in sample_drawings():
        desk.write_quickly(drawing)
        if desk.answer() != drawing.label:
            wrong.append((drawing.line, drawing.label, desk.answer()))
        desk.program.canvas.clear()
    assert not wrong
    assert len(desk.history()) == len(sample_drawings())


def test_network_input_is_the_very_array_of_the_drawing(
    desk: Desk, samples: dict[int, Drawing]
) -> None:
    desk.write(samples[4])
    image = desk.seen().image()
    assert image is not None
    assert np.array_equal(image, rasterize(desk.program.canvas.ink()))


def test_mouse_writes_the_drawing_that_was_meant(desk: Desk, samples: dict[int, Drawing]) -> None:
    desk.write(samples[2])
    shown, meant = rasterize(desk.program.canvas.ink()), rasterize(samples[2].ink)
    assert np.abs(shown - meant).mean() < 0.02


def test_answer_comes_while_the_pen_still_writes(
    desk: Desk, samples: dict[int, Drawing], qtbot: QtBot
) -> None:
    steps = replay(desk.program.canvas, samples[0].ink)
    for _ in range(len(samples[0].ink.strokes[0].samples) - 1):
        next(steps)
    with qtbot.waitSignal(desk.program.session.answered):
        next(steps)
    assert desk.seen().image() is not None
    list(steps)


def test_empty_canvas_has_no_answer(desk: Desk) -> None:
    assert desk.answer() == ""
    assert desk.verdict() == "Write a digit"
    assert desk.seen().image() is None
    assert desk.leading() == []
    assert desk.history() == []


def test_clearing_takes_the_answer_away(desk: Desk, samples: dict[int, Drawing]) -> None:
    desk.write(samples[3])
    desk.trigger("Clear")
    assert desk.answer() == ""
    assert desk.seen().image() is None
    assert desk.leading() == []


def test_history_has_one_entry_for_each_drawing_newest_first(
    desk: Desk, samples: dict[int, Drawing]
) -> None:
    for digit in (1, 7):
        desk.write(samples[digit])
        desk.trigger("New")
    assert [entry.prediction.text for entry in desk.history()] == ["7", "1"]


def test_drawing_that_grows_stays_one_entry(desk: Desk, samples: dict[int, Drawing]) -> None:
    first = desk.write(samples[1])
    second = desk.write(samples[0])
    # Its number may be the store's by now.
    assert first.created == second.created
    assert [entry.ink for entry in desk.history()] == [second.ink]


def test_chosen_history_entry_comes_back_with_its_answer(
    desk: Desk, samples: dict[int, Drawing], qtbot: QtBot
) -> None:
    first = desk.write(samples[6])
    desk.trigger("New")
    desk.write(samples[1])
    (view,) = [v for v in desk.window.findChildren(QListView) if v.model() is desk.program.history]
    place = view.visualRect(desk.program.history.index(1)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert desk.program.canvas.ink() == first.ink
    qtbot.waitUntil(lambda: desk.answer() == "6")
    assert len(desk.history()) == 2


def test_undo_of_clear_restores_drawing_and_answer(
    desk: Desk, samples: dict[int, Drawing], qtbot: QtBot
) -> None:
    entry = desk.write(samples[5])
    desk.trigger("Clear")
    desk.trigger("Undo")
    assert desk.program.canvas.ink() == entry.ink
    qtbot.waitUntil(lambda: desk.answer() == "5")
    assert len(desk.history()) == 1


def test_undo_of_the_only_stroke_empties_and_redo_restores(
    desk: Desk, samples: dict[int, Drawing], qtbot: QtBot
) -> None:
    entry = desk.write(samples[0])
    for _ in entry.ink.strokes:
        desk.trigger("Undo")
    assert desk.answer() == ""
    for _ in entry.ink.strokes:
        desk.trigger("Redo")
    qtbot.waitUntil(lambda: desk.answer() == "0")
    assert desk.program.canvas.ink() == entry.ink


def test_answer_to_what_is_written_while_loading_comes_later(
    make_desk: Callable[[Path], Desk],
    loader: Callable[[Path], Recognizer],
    samples: dict[int, Drawing],
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    gate = threading.Event()

    def load_late(path: Path) -> Recognizer:
        gate.wait(60)
        return loader(path)

    monkeypatch.setattr(app, "load_recognizer", load_late)
    desk = make_desk(paths.shipped_model())
    desk.window.show()
    qtbot.waitUntil(lambda: desk.program.inference.has_begun)
    list(replay(desk.program.canvas, samples[3].ink))
    assert desk.state() is NetworkState.LOADING
    assert desk.answer() == ""
    gate.set()
    qtbot.waitUntil(lambda: desk.answer() == "3", timeout=LOADING_MS)
    qtbot.waitUntil(lambda: len(desk.history()) == 1)


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A network that is cut short, and its card."""
    path = tmp_path / "broken.keras"
    path.write_bytes(paths.shipped_model().read_bytes()[:10_000])
    card = json.loads(card_path(paths.shipped_model()).read_text(encoding="utf-8"))
    card_path(path).write_text(json.dumps(card), encoding="utf-8")
    return path


def test_broken_network_says_why_and_one_can_still_draw(
    broken: Path,
    make_desk: Callable[[Path], Desk],
    samples: dict[int, Drawing],
    qtbot: QtBot,
) -> None:
    desk = make_desk(broken)
    desk.open()
    assert desk.state() is NetworkState.FAILED
    assert "broken.keras" in desk.indicator().status().details
    assert desk.indicator().isEnabled()
    list(replay(desk.program.canvas, samples[8].ink))
    assert not desk.program.canvas.ink().is_empty
    assert desk.answer() == ""
    desk.trigger("Clear")
    assert desk.program.canvas.ink().is_empty


def test_window_shows_before_the_network_begins_to_load(
    make_desk: Callable[[Path], Desk], qtbot: QtBot
) -> None:
    desk = make_desk(paths.shipped_model())
    assert not desk.program.inference.has_begun
    with qtbot.waitExposed(desk.window):
        desk.window.show()
    qtbot.waitUntil(lambda: desk.program.inference.has_begun)
    qtbot.waitUntil(lambda: desk.state() is NetworkState.READY, timeout=LOADING_MS)


def test_closing_the_window_ends_the_thread(desk: Desk) -> None:
    (thread,) = desk.program.inference.findChildren(QThread)
    assert thread.isRunning()
    desk.window.close()
    assert not thread.isRunning()


def test_closing_the_window_settles_the_last_drawing(
    desk: Desk, samples: dict[int, Drawing]
) -> None:
    desk.write_quickly(samples[7])
    desk.window.close()
    assert [entry.prediction.text for entry in desk.history()] == ["7"]


def test_about_facts_name_the_network(desk: Desk) -> None:
    facts = dict(desk.program._about_facts().network)
    assert facts["Parameters"].replace(",", "").isdecimal()
    assert "Learnt from" in facts


def test_main_window_without_application_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QApplication, "instance", lambda: None)
    with pytest.raises(RuntimeError, match="QApplication"):
        app.create_main_window()


def test_main_window_is_made_with_what_it_needs(qtbot: QtBot) -> None:
    window = app.create_main_window()
    qtbot.addWidget(window)
    assert window.windowTitle() == "qtdigits"


def test_numbers_are_written_as_in_the_sentences_beside_them(qtbot: QtBot) -> None:
    QLocale.setDefault(QLocale(QLocale.Language.German))
    qtbot.addWidget(app.create_main_window())
    assert QLocale().toString(20_000) == "20,000"


@pytest.fixture(autouse=True)
def ended(request: pytest.FixtureRequest) -> Iterator[None]:
    """Close what a failed test left open, so that one failure is one failure."""
    yield
    if "qapp" in request.fixturenames:
        for window in QApplication.topLevelWidgets():
            window.close()

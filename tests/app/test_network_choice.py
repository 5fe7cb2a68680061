"""Which network the window reads with: at the start, after a choice, and when one is damaged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qtdigits import app
from qtdigits.core import paths
from qtdigits.core.ink import Ink
from qtdigits.core.library import LibraryEntry, ModelLibrary
from qtdigits.core.model_card import ModelCard, card_path, read_card
from qtdigits.core.network_status import NetworkState, NetworkStatus
from qtdigits.core.prediction import Prediction, Verdict
from qtdigits.ui.items.probability_model import ProbabilityRole
from qtdigits.ui.views.status_indicator import StatusIndicator

OPENING_MS = 20_000


class NamedNetwork:
    """Reads everything as the digit that its name ends in, 0 if there is none."""

    def __init__(self, card: ModelCard) -> None:
        self.card = card

    def logits(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.eye(10, dtype=np.float32)[[self._digit()] * len(images)] * 20

    def predict(self, images: NDArray[np.float32]) -> list[Prediction]:
        digit = self._digit()
        row = tuple(0.91 if place == digit else 0.01 for place in range(10))
        return [Prediction(row, Verdict.DIGIT, (digit,))] * len(images)

    def _digit(self) -> int:
        return int(self.card.name[-1]) if self.card.name[-1].isdecimal() else 0


def load(path: Path) -> NamedNetwork:
    return NamedNetwork(read_card(path))


def kept(name: str) -> LibraryEntry:
    """A network in the person's library."""
    library = ModelLibrary()
    draft = library.new_draft()
    draft.network.write_bytes(paths.shipped_model().read_bytes())
    card_path(draft.network).write_bytes(card_path(paths.shipped_model()).read_bytes())
    return library.keep(draft, name)


@pytest.fixture
def open_program(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., app.Program]]:
    """The program with its window on the screen and a network that reads."""
    monkeypatch.setattr(app, "load_recognizer", load)
    opened: list[app.Program] = []

    def open_one(model: Path | None = None) -> app.Program:
        program = app.Program(qapp, model)
        opened.append(program)
        qtbot.addWidget(program.window)
        program.window.show()
        qtbot.waitUntil(
            lambda: status(program).state is not NetworkState.LOADING, timeout=OPENING_MS
        )
        return program

    yield open_one
    for program in opened:
        program.window.close()


def status(program: app.Program) -> NetworkStatus:
    (indicator,) = program.window.findChildren(StatusIndicator)
    return indicator.status()


def answers_with(program: app.Program, digit: int, qtbot: QtBot) -> None:
    """Wait until the drawing on the paper is read as this digit."""
    qtbot.waitUntil(lambda: leading(program) == [digit])


def leading(program: app.Program) -> list[int]:
    model = program.probabilities
    rows = range(model.rowCount())
    return [row for row in rows if model.index(row).data(ProbabilityRole.LEADING)]


def test_fresh_program_reads_with_the_network_that_ships(
    open_program: Callable[..., app.Program],
) -> None:
    shipped = read_card(paths.shipped_model()).name
    assert shipped in status(open_program()).text


def test_chosen_network_reads_after_a_start(open_program: Callable[..., app.Program]) -> None:
    ModelLibrary().use(kept("mine 4").id)
    assert status(open_program()).text.startswith("Ready · mine 4")


def test_network_that_is_asked_for_comes_before_the_chosen_one(
    open_program: Callable[..., app.Program],
) -> None:
    ModelLibrary().use(kept("mine 4").id)
    other = kept("mine 5")
    assert status(open_program(other.path)).text.startswith("Ready · mine 5")


def test_damaged_choice_is_told_and_the_shipped_network_reads(
    open_program: Callable[..., app.Program],
) -> None:
    entry = kept("mine 4")
    ModelLibrary().use(entry.id)
    entry.path.write_bytes(b"PK\x03\x04")
    said = status(open_program())
    assert said.state is NetworkState.READY
    assert read_card(paths.shipped_model()).name in said.text
    assert "The network that ships reads instead" in said.details


def test_choice_that_cannot_be_loaded_gives_way_to_the_shipped_network(
    open_program: Callable[..., app.Program], monkeypatch: pytest.MonkeyPatch
) -> None:
    ModelLibrary().use(kept("mine 4").id)

    def load_shipped_only(path: Path) -> NamedNetwork:
        if path != paths.shipped_model():
            raise ValueError(f"the network {path} is damaged")
        return load(path)

    monkeypatch.setattr(app, "load_recognizer", load_shipped_only)
    said = status(open_program())
    assert said.state is NetworkState.READY
    assert "is damaged" in said.details


def test_newly_chosen_network_reads_what_is_on_the_paper(
    open_program: Callable[..., app.Program], qtbot: QtBot
) -> None:
    program = open_program()
    program.canvas.set_ink(Ink.from_json([[[100.0, 100.0], [120.0, 300.0]]]))
    answers_with(program, 0, qtbot)
    program.networks.chosen.emit(program.library.use(kept("mine 7").id))
    answers_with(program, 7, qtbot)

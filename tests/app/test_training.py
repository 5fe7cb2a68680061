"""Training from the menu with the real child process: every way in which it can end."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QLabel,
    QMessageBox,
    QProgressBar,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from qtdigits import app
from qtdigits.core import paths
from qtdigits.core.model_card import ModelCard, file_sha256, read_card
from qtdigits.core.prediction import Prediction
from qtdigits.core.recognizer import Recognizer
from qtdigits.core.request import Result
from qtdigits.core.samples import sample_drawings
from qtdigits.core.training_events import TrainingFinished
from qtdigits.core.verdict import interpret
from qtdigits.training_session import TrainingState
from qtdigits.ui.dialogs.training_dialog import TrainingDialog
from qtdigits.ui.replay import replay
from qtdigits.ui.views.training.progress_card import ProgressCard
from qtdigits.ui.workers import draft_process

RUN_MS = 240_000
GONE_S = 2.0
HALT_MS = 5000 if "QTDIGITS_KILLS" in os.environ else 1500
"""So long is the child halted; the long form is part of `make test-faults`."""
DISK_BYTES = 1_000_000
"""A disk with room for a draft's small files, and not for a network."""
LIMITED = """
import os, resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
os.execv(sys.executable, [sys.executable, "-P", "-m", "qtdigits", *sys.argv[2:]])
"""
"""Runs the command line where no file may become larger than the first argument says."""
Part = TypeVar("Part", bound=QWidget)

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)


class FakeRecognizer:
    """Reads every drawing as a 7, by the card of whatever network it is given."""

    def __init__(self, card: ModelCard) -> None:
        self.card = card

    def logits(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.eye(10, dtype=np.float32)[[7] * len(images)] * 30

    def predict(self, images: NDArray[np.float32]) -> list[Prediction]:
        return interpret(self.logits(images), self.card)


class Trainer:
    """The program with its training dialog, and how a person uses both."""

    def __init__(self, program: app.Program, dialog: TrainingDialog, qtbot: QtBot) -> None:
        self.program = program
        self.dialog = dialog
        self.qtbot = qtbot
        self.session = program.networks.session

    def part(self, kind: type[Part], name: str) -> Part:
        found = self.dialog.findChild(kind, name)
        assert isinstance(found, kind)
        return found

    def press(self, name: str) -> None:
        self.part(QAbstractButton, name).click()

    def begin(self, *, epochs: int, images: int = 600) -> None:
        """Start the small network on synthetic digits, and wait until it learns."""
        self.part(QWidget, "syntheticRow").findChildren(QSpinBox)[0].setValue(images)
        self.part(QWidget, "scribblesRow").findChildren(QCheckBox)[0].click()
        self.part(QSpinBox, "epochsField").setValue(epochs)
        self.press("startButton")
        self.qtbot.waitUntil(lambda: self.card().accuracy.curve_points()[0] > 0, timeout=RUN_MS)

    def card(self) -> ProgressCard:
        return self.dialog.findChildren(ProgressCard)[0]

    def process_id(self) -> int:
        return self.session.process_id


def is_whole(program: app.Program) -> bool:
    """Whether the network that ships is there alone, and reads."""
    (only,) = program.library.entries()
    assert only.card is not None
    return only.is_current and not only.problem and file_sha256(only.path) == only.card.sha256


def is_gone(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return True
    return False


@pytest.fixture
def make_trainer(qtbot: QtBot, qapp: QApplication) -> Iterator[Callable[[], Trainer]]:
    made: list[app.Program] = []

    def make() -> Trainer:
        program = app.Program(qapp)
        made.append(program)
        qtbot.addWidget(program.window)
        with qtbot.waitSignal(program.inference.loaded, timeout=RUN_MS):
            program.window.show()
        (action,) = (a for a in program.window.actions() if a.objectName() == "actionTrain")
        action.trigger()
        return Trainer(program, program.window.findChildren(TrainingDialog)[0], qtbot)

    yield make
    for program in made:
        program.end()


@pytest.fixture
def trainer(make_trainer: Callable[[], Trainer], monkeypatch: pytest.MonkeyPatch) -> Trainer:
    """The window's own network is a fake one: only the child needs Keras."""
    monkeypatch.setattr(app, "load_recognizer", lambda path: FakeRecognizer(read_card(path)))
    return make_trainer()


def test_trained_network_reads_the_next_drawing(make_trainer: Callable[[], Trainer]) -> None:
    trainer = make_trainer()
    program, qtbot = trainer.program, trainer.qtbot
    results: list[Result] = []
    program.session.answered.connect(results.append)
    drawing = next(drawing for drawing in sample_drawings() if drawing.label == "1")
    finished: list[TrainingFinished] = []
    trainer.session.finished.connect(finished.append)
    bar = trainer.part(QProgressBar, "progressBar")
    shares: list[float] = []
    bar.valueChanged.connect(lambda value: shares.append(value / bar.maximum()))
    trainer.begin(epochs=1, images=3000)
    assert len(set(shares)) > 2
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert trainer.card().loss.curve_points() == (1, 1)
    qtbot.waitUntil(lambda: bool(finished), timeout=RUN_MS)
    said = trainer.part(QLabel, "verdictSentence").text()
    assert f"{finished[0].figures.accuracy * 100:.2f}" in said
    before = program.library.current()
    with qtbot.waitSignal(program.inference.loaded, timeout=RUN_MS) as loaded:
        trainer.press("useButton")
    new = program.library.current()
    assert (before.is_shipped, new.is_shipped) == (True, False)
    assert loaded.args[0].sha256 == read_card(new.path).sha256
    for _ in replay(program.canvas, drawing.ink):
        pass
    qtbot.waitUntil(lambda: bool(results), timeout=RUN_MS)
    recognizer: Recognizer = app.load_recognizer(new.path)
    (expected,) = recognizer.predict(results[-1].image[None])
    assert results[-1].prediction.probabilities == pytest.approx(expected.probabilities, abs=1e-5)


def test_stop_keeps_the_best_so_far(trainer: Trainer) -> None:
    trainer.begin(epochs=1000)
    trainer.press("stopButton")
    use = trainer.part(QAbstractButton, "useButton")
    trainer.qtbot.waitUntil(use.isVisible, timeout=RUN_MS)
    trainer.press("keepButton")
    assert len(trainer.program.library.entries()) == 2
    assert trainer.program.library.current().is_shipped


def test_cancel_leaves_nothing(trainer: Trainer, own_files: Path) -> None:
    trainer.begin(epochs=1000)
    process_id = trainer.process_id()
    with trainer.qtbot.waitSignal(trainer.session.cancelled, timeout=10_000):
        trainer.press("cancelButton")
    assert is_gone(process_id)
    assert len(trainer.program.library.entries()) == 1
    assert not list(paths.data_dir().rglob("*.keras"))
    assert trainer.part(QAbstractButton, "startButton").isVisible()


@pytest.mark.skipif(os.name != "posix", reason="there is no SIGKILL elsewhere")
def test_killed_child_is_one_sentence(trainer: Trainer) -> None:
    trainer.begin(epochs=1000)
    with trainer.qtbot.waitSignal(trainer.session.failed, timeout=10_000) as failed:
        os.kill(trainer.process_id(), signal.SIGKILL)
    assert failed.args[0] in [label.text() for label in trainer.dialog.findChildren(QLabel)]
    assert is_whole(trainer.program)
    assert trainer.part(QAbstractButton, "startButton").isEnabled()


@pytest.mark.skipif(os.name != "posix", reason="there is no SIGSTOP elsewhere")
def test_halted_child_is_not_taken_for_a_killed_one(trainer: Trainer) -> None:
    """The paper goes on being read meanwhile, and the training afterwards."""
    session, qtbot = trainer.session, trainer.qtbot
    results: list[Result] = []
    trainer.program.session.answered.connect(results.append)
    trainer.begin(epochs=1000)
    os.kill(trainer.process_id(), signal.SIGSTOP)
    with qtbot.assertNotEmitted(session.failed, wait=HALT_MS):
        for _ in replay(trainer.program.canvas, sample_drawings()[0].ink):
            pass
        qtbot.waitUntil(lambda: bool(results), timeout=10_000)
    assert session.state is TrainingState.RUNNING
    with qtbot.waitSignal(session.reported, timeout=RUN_MS):
        os.kill(trainer.process_id(), signal.SIGCONT)
    points = trainer.card().accuracy.curve_points()
    qtbot.waitUntil(lambda: trainer.card().accuracy.curve_points() > points, timeout=RUN_MS)


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The person's folder is on a disk too small for a network.

    Where one may not be mounted, the child may not write a file of that size instead.
    """
    folder = paths.data_dir()
    folder.mkdir(parents=True)
    size = ["-o", f"size={DISK_BYTES}"]
    mount = ["mount", "-t", "tmpfs", *size, "none", str(folder)]
    if shutil.which("mount") and not subprocess.run(mount, capture_output=True).returncode:
        yield
        subprocess.run(["umount", str(folder)], check=True)
    else:
        limited = [sys.executable, "-c", LIMITED, str(DISK_BYTES)]
        monkeypatch.setattr(draft_process, "command_line", lambda: limited)
        yield


@pytest.mark.skipif(sys.platform != "linux", reason="needs tmpfs or resource limits")
@pytest.mark.usefixtures("full_disk")
def test_full_disk_is_one_sentence(trainer: Trainer) -> None:
    with trainer.qtbot.waitSignal(trainer.session.failed, timeout=RUN_MS) as failed:
        trainer.begin(epochs=1)
    assert "free some space" in failed.args[0]
    assert failed.args[0] in [label.text() for label in trainer.dialog.findChildren(QLabel)]
    assert is_whole(trainer.program)
    assert not [path for path in (paths.data_dir() / "models").rglob("*") if path.is_file()]
    assert trainer.part(QAbstractButton, "startButton").isEnabled()


@pytest.mark.skipif(os.name != "posix", reason="asks for the process by its id")
def test_window_closed_in_mid_training_leaves_no_process(trainer: Trainer) -> None:
    trainer.begin(epochs=1000)
    process_id = trainer.process_id()
    trainer.program.window.close()
    assert trainer.program.window.isVisible()
    box = trainer.program.window.findChild(QMessageBox, "endQuestion")
    assert isinstance(box, QMessageBox)
    (yes,) = (button for button in box.buttons() if button.objectName() == "endYes")
    begun = time.monotonic()
    yes.click()
    assert not trainer.program.window.isVisible()
    assert is_gone(process_id)
    assert time.monotonic() - begun < GONE_S


def test_dialog_closed_in_mid_training_asks(trainer: Trainer) -> None:
    trainer.begin(epochs=1000)
    trainer.dialog.close()
    assert trainer.dialog.isVisible()
    assert trainer.session.state is TrainingState.RUNNING
    box = trainer.part(QMessageBox, "closeQuestion")
    (cancel,) = (button for button in box.buttons() if button.objectName() == "closeCancel")
    with trainer.qtbot.waitSignal(trainer.session.cancelled, timeout=10_000):
        cancel.click()


def test_paper_is_read_while_training(trainer: Trainer) -> None:
    results: list[Result] = []
    trainer.program.session.answered.connect(results.append)
    trainer.begin(epochs=1000)
    for _ in replay(trainer.program.canvas, sample_drawings()[0].ink):
        pass
    trainer.qtbot.waitUntil(lambda: bool(results), timeout=10_000)
    assert trainer.session.state is TrainingState.RUNNING
    assert results[-1].prediction.text == "7"

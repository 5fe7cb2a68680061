"""MNIST in the training dialog, fetched by the real child from a server on this computer."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QFileDialog,
    QLabel,
    QMessageBox,
    QProgressBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from file_server import FileServer, fetching_command, serving, without_proxies
from qtdigits.core.library import ModelLibrary
from qtdigits.core.mnist_download import part_of
from qtdigits.core.model_card import ModelCard, card_path, file_sha256
from qtdigits.core.paths import mnist_file
from qtdigits.network_desk import NetworkDesk
from qtdigits.ui.canvas.number_canvas import NumberCanvas
from qtdigits.ui.dialogs.training_dialog import TrainingDialog
from qtdigits.ui.items.history_model import HistoryModel
from qtdigits.ui.items.probability_model import ProbabilityModel
from qtdigits.ui.settings_store import SettingsStore
from qtdigits.ui.theme import ThemeKeeper
from qtdigits.ui.views.main_window import MainWindow
from qtdigits.ui.workers import mnist_download

CHILD_MS = 60_000
Part = TypeVar("Part", bound=QWidget)

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)


def small_mnist() -> bytes:
    """200 digits to learn from and 40 to test, in a file as large as one with pictures."""
    rng = np.random.default_rng(3)
    file = io.BytesIO()
    np.savez(
        file,
        x_train=rng.integers(0, 256, (200, 28, 28), np.uint8),
        y_train=np.arange(200, dtype=np.uint8) % 10,
        x_test=rng.integers(0, 256, (40, 28, 28), np.uint8),
        y_test=np.arange(40, dtype=np.uint8) % 10,
    )
    return file.getvalue()


CONTENT = small_mnist()


class Trainee:
    """The training dialog, and how a person gets MNIST into it."""

    def __init__(
        self, window: MainWindow, desk: NetworkDesk, settings: SettingsStore, qtbot: QtBot
    ) -> None:
        self.window = window
        self.desk = desk
        self.settings = settings
        self.qtbot = qtbot
        self.open()

    def open(self) -> None:
        self.desk.open_training()
        (self.dialog,) = self.window.findChildren(TrainingDialog)

    def close(self) -> None:
        self.dialog.close()
        self.qtbot.waitUntil(lambda: not self.window.findChildren(TrainingDialog))

    def part(self, kind: type[Part], name: str) -> Part:
        found = self.dialog.findChild(kind, name)
        assert isinstance(found, kind)
        return found

    def button(self, name: str) -> QAbstractButton:
        return self.part(QAbstractButton, name)

    def offered(self) -> list[str]:
        """The words of the links that the row shows."""
        links = self.part(QWidget, "mnistRow").findChildren(QAbstractButton)
        return [link.text() for link in links if link.isVisible() and link.text()]

    def words(self) -> list[str]:
        labels = self.part(QWidget, "mnistRow").findChildren(QLabel)
        return [label.text() for label in labels if label.isVisible()]

    def box(self) -> QCheckBox:
        return self.part(QWidget, "mnistRow").findChildren(QCheckBox)[0]

    def fetch_half(self, server: FileServer) -> None:
        """Begin to fetch it from a server that stands still in the middle."""
        server.stall_at = len(CONTENT) // 2
        self.button("mnistFetchButton").click()
        self.qtbot.waitUntil(self.is_half_done, timeout=CHILD_MS)

    def is_half_done(self) -> bool:
        bar = self.part(QProgressBar, "mnistBar")
        return (bar.isVisible() and bar.value() * 2 // bar.maximum() == 1) or bar.value() == 500

    def wait_until_learnt_from(self) -> None:
        self.qtbot.waitUntil(lambda: "200" in self.words(), timeout=CHILD_MS)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FileServer]:
    without_proxies(monkeypatch)
    with serving(CONTENT) as server:
        remote = server.remote()
        monkeypatch.setattr(mnist_download, "command_line", lambda: fetching_command(remote))
        yield server


@pytest.fixture
def trainee(
    server: FileServer, tmp_path: Path, qapp: QApplication, qtbot: QtBot
) -> Iterator[Trainee]:
    network = tmp_path / "shipped" / "digits.keras"
    network.parent.mkdir()
    network.write_bytes(b"PK\x03\x04 weights")
    card = ModelCard("digits", "small", 1, "2026-01-01T00:00:00+00:00", file_sha256(network))
    card_path(network).write_text(card.to_json(), encoding="utf-8")
    settings = SettingsStore(QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat))
    font, palette, sheet = qapp.font(), qapp.palette(), qapp.styleSheet()
    themes = ThemeKeeper(qapp, settings)
    undo = QUndoStack()
    history = HistoryModel()
    window = MainWindow(NumberCanvas(undo), undo, ProbabilityModel(), history, settings, themes)
    qtbot.addWidget(window)
    library = ModelLibrary(tmp_path / "models", network)
    desk = NetworkDesk(window, library, settings, themes, history, window)
    yield Trainee(window, desk, settings, qtbot)
    desk.shutdown()
    for child in window.findChildren(TrainingDialog):
        child.hide()
    qapp.styleHints().unsetColorScheme()
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)
    qapp.setFont(font)


def test_nothing_is_fetched_unasked(trainee: Trainee, server: FileServer) -> None:
    assert trainee.offered() == ["Fetch (11.5 MB)", "Choose my file…"]
    assert "fetched once from storage.googleapis.com" in trainee.words()
    assert trainee.desk.mnist.process_id == 0
    assert server.asked == []


def test_fetched_mnist_is_learnt_from(
    trainee: Trainee, server: FileServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    trainee.button("mnistFetchButton").click()
    assert trainee.offered() == ["Cancel"]
    assert not trainee.box().isChecked()
    trainee.wait_until_learnt_from()
    assert trainee.box().isChecked()
    assert trainee.offered() == []
    assert "0: 20, 1: 20" in trainee.part(QWidget, "mnistRow").toolTip()
    with trainee.qtbot.waitSignal(trainee.dialog.start_requested) as asked:
        monkeypatch.setattr(trainee.desk.session, "start", lambda *_: None)
        trainee.button("startButton").click()
    assert asked.args[0].arguments()[:2] == ("--data", str(mnist_file()))


def test_fetched_mnist_is_there_the_next_time(trainee: Trainee) -> None:
    trainee.button("mnistFetchButton").click()
    trainee.wait_until_learnt_from()
    trainee.close()
    trainee.open()
    trainee.wait_until_learnt_from()
    assert trainee.box().isChecked()


def test_mnist_fetched_at_the_command_line_is_there(trainee: Trainee) -> None:
    trainee.close()
    mnist_file().parent.mkdir(parents=True)
    mnist_file().write_bytes(CONTENT)
    trainee.open()
    trainee.wait_until_learnt_from()


def test_cancelled_download_is_gone_on_with(trainee: Trainee, server: FileServer) -> None:
    trainee.fetch_half(server)
    trainee.button("mnistCancelButton").click()
    trainee.qtbot.waitUntil(lambda: "Go on fetching" in trainee.offered(), timeout=5000)
    assert trainee.desk.mnist.process_id == 0
    assert not trainee.box().isChecked()
    assert part_of(mnist_file()).exists()
    server.stall_at = None
    trainee.button("mnistFetchButton").click()
    trainee.wait_until_learnt_from()
    assert server.asked == ["", f"bytes={len(CONTENT) // 2}-"]


def test_keyboard_stays_in_the_row(trainee: Trainee, server: FileServer) -> None:
    trainee.dialog.activateWindow()
    trainee.button("mnistFetchButton").setFocus()
    trainee.fetch_half(server)
    assert trainee.dialog.focusWidget() is trainee.button("mnistCancelButton")
    trainee.button("mnistCancelButton").click()
    trainee.qtbot.waitUntil(lambda: "Go on fetching" in trainee.offered(), timeout=5000)
    assert trainee.dialog.focusWidget() is trainee.button("mnistFetchButton")
    server.stall_at = None
    trainee.button("mnistFetchButton").click()
    trainee.wait_until_learnt_from()
    assert trainee.dialog.focusWidget() is trainee.box()


def test_part_of_the_last_time_is_offered(trainee: Trainee) -> None:
    trainee.close()
    mnist_file().parent.mkdir(parents=True)
    part_of(mnist_file()).write_bytes(bytes(4_300_000))
    trainee.open()
    assert trainee.offered() == ["Go on fetching", "Choose my file…"]
    assert "4.3 of 11.5 MB are here." in trainee.words()


def test_download_goes_on_when_the_dialog_is_closed(trainee: Trainee, server: FileServer) -> None:
    trainee.fetch_half(server)
    trainee.close()
    trainee.open()
    assert trainee.offered() == ["Cancel"]
    assert trainee.is_half_done()
    server.released.set()
    trainee.wait_until_learnt_from()


@pytest.mark.skipif(os.name != "posix", reason="asks for the process by its id")
def test_no_process_is_left_when_the_program_ends(trainee: Trainee, server: FileServer) -> None:
    trainee.fetch_half(server)
    process_id = trainee.desk.mnist.process_id
    trainee.desk.shutdown()
    with pytest.raises(ProcessLookupError):
        os.kill(process_id, 0)


def test_failure_is_a_sentence_and_another_try(trainee: Trainee, server: FileServer) -> None:
    server.status = 503
    trainee.button("mnistFetchButton").click()
    trainee.qtbot.waitUntil(lambda: "Try again" in trainee.offered(), timeout=CHILD_MS)
    assert any(words.startswith("127.0.0.1 does not give it (503") for words in trainee.words())
    server.status = 200
    trainee.button("mnistFetchButton").click()
    trainee.wait_until_learnt_from()


def test_file_that_cannot_be_used_makes_room_for_fetching(trainee: Trainee, tmp_path: Path) -> None:
    (tmp_path / "bad.npz").write_bytes(b"nothing")
    trainee.dialog.choose_mnist(tmp_path / "bad.npz")
    trainee.qtbot.waitUntil(lambda: "Fetch (11.5 MB)" in trainee.offered())
    trainee.button("mnistFetchButton").click()
    trainee.wait_until_learnt_from()
    assert trainee.settings.mnist_file() == str(mnist_file())


def test_ticking_asks_where_mnist_is_to_come_from(trainee: Trainee, server: FileServer) -> None:
    trainee.box().click()
    question = trainee.part(QMessageBox, "mnistQuestion")
    assert "11.5 MB from storage.googleapis.com" in question.informativeText()
    answer(question, "mnistNotNow")
    assert trainee.desk.mnist.process_id == 0
    assert not trainee.box().isChecked()
    trainee.qtbot.waitUntil(lambda: not trainee.dialog.findChildren(QMessageBox))
    trainee.box().click()
    answer(trainee.part(QMessageBox, "mnistQuestion"), "mnistFetchAnswer")
    trainee.wait_until_learnt_from()


def test_ticking_while_fetching_asks_nothing(trainee: Trainee, server: FileServer) -> None:
    trainee.fetch_half(server)
    trainee.box().click()
    assert not trainee.dialog.findChildren(QMessageBox)
    assert not trainee.box().isChecked()


@pytest.mark.parametrize("way", ["link", "question"])
def test_file_of_the_person_is_asked_for(trainee: Trainee, way: str) -> None:
    if way == "link":
        trainee.button("mnistFileButton").click()
    else:
        trainee.box().click()
        answer(trainee.part(QMessageBox, "mnistQuestion"), "mnistChooseAnswer")
    chooser = trainee.part(QFileDialog, "mnistFileDialog")
    assert "*.npz" in chooser.nameFilters()[0]
    assert "*ubyte" in chooser.nameFilters()[0]
    chooser.reject()


def test_download_can_be_cancelled_while_training(
    trainee: Trainee, server: FileServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    trainee.fetch_half(server)
    monkeypatch.setattr(trainee.desk.session, "start", lambda *_: None)
    trainee.button("startButton").click()
    assert not trainee.box().isEnabled()
    assert trainee.button("mnistCancelButton").isEnabled()
    trainee.button("mnistCancelButton").click()
    trainee.qtbot.waitUntil(lambda: trainee.desk.mnist.process_id == 0, timeout=5000)
    assert not trainee.button("mnistFetchButton").isEnabled()
    trainee.dialog.show_cancelled()
    assert trainee.button("mnistFetchButton").isEnabled()


def answer(question: QMessageBox, name: str) -> None:
    (button,) = (button for button in question.buttons() if button.objectName() == name)
    button.click()

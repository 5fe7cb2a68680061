"""A file of another program is imported in the real window, used, and reads the drawing."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QProcess, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from foreign_networks import h5_file
from hostile_networks import HOSTILE
from qtdigits import app
from qtdigits.core.ink import Ink
from qtdigits.core.library import ModelLibrary
from qtdigits.core.model_card import ModelCard, read_card
from qtdigits.core.prediction import Prediction, Verdict
from qtdigits.ui.dialogs.library_dialog import LibraryDialog
from qtdigits.ui.items.probability_model import ProbabilityRole

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)
CHILD_MS = 120_000


class CardNetwork:
    """Reads everything as 7 if its card is that of an imported network, else as 0.

    The real networks answer in the tests of qtdigits.ml; here only the swap is looked at.
    """

    def __init__(self, card: ModelCard) -> None:
        self.card = card

    def logits(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.eye(10, dtype=np.float32)[[self._digit()] * len(images)] * 20

    def predict(self, images: NDArray[np.float32]) -> list[Prediction]:
        row = tuple(0.91 if place == self._digit() else 0.01 for place in range(10))
        return [Prediction(row, Verdict.DIGIT, (self._digit(),))] * len(images)

    def _digit(self) -> int:
        return 7 if self.card.architecture is not None else 0


@pytest.fixture
def program(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> Iterator[app.Program]:
    """The program with a drawing that has been read."""
    monkeypatch.setattr(app, "load_recognizer", lambda path: CardNetwork(read_card(path)))
    program = app.Program(qapp, None)
    qtbot.addWidget(program.window)
    program.window.show()
    program.canvas.set_ink(Ink.from_json([[[100.0, 100.0], [120.0, 300.0]]]))
    qtbot.waitUntil(lambda: leading(program) == [0], timeout=20_000)
    yield program
    program.window.close()


def leading(program: app.Program) -> list[int]:
    model = program.probabilities
    rows = range(model.rowCount())
    return [row for row in rows if model.index(row).data(ProbabilityRole.LEADING)]


def imported(program: app.Program, path: Path) -> LibraryDialog:
    """The library dialog, in which the import of a file has begun."""
    program.window.library_requested.emit()
    (dialog,) = program.window.findChildren(LibraryDialog)
    click(dialog, "libraryImportButton")
    (files,) = dialog.findChildren(QFileDialog, "importFileDialog")
    files.fileSelected.emit(str(path))
    files.close()
    return dialog


def click(dialog: LibraryDialog, name: str) -> None:
    (button,) = dialog.findChildren(QAbstractButton, name)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def note(dialog: LibraryDialog) -> str:
    return dialog.findChildren(QLabel, "libraryNote")[0].text()


def test_imported_network_gives_the_next_answer(
    program: app.Program, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = imported(program, h5_file(tmp_path / "model_Mnist.h5"))
    qtbot.waitUntil(lambda: "is in the library: it expects" in note(dialog), timeout=CHILD_MS)
    assert "light ink on black, 0 to 1; its answers are probabilities" in note(dialog)
    assert leading(program) == [0]
    click(dialog, "libraryUseButton")
    qtbot.waitUntil(lambda: leading(program) == [7])
    assert ModelLibrary().current().name == "model_Mnist"


def test_hostile_file_gives_one_sentence_and_the_window_reads_on(
    program: app.Program, tmp_path: Path, qtbot: QtBot
) -> None:
    make, words = HOSTILE["lambda in .keras"]
    dialog = imported(program, make(tmp_path, tmp_path / "canary"))
    qtbot.waitUntil(lambda: words in note(dialog), timeout=CHILD_MS)
    assert not (tmp_path / "canary").exists()
    assert len(ModelLibrary().entries()) == 1
    program.canvas.set_ink(Ink.from_json([[[100.0, 100.0], [120.0, 310.0]]]))
    qtbot.waitUntil(lambda: leading(program) == [0])


def test_file_deleted_after_it_was_chosen_gives_one_sentence(
    program: app.Program, tmp_path: Path, qtbot: QtBot
) -> None:
    file = h5_file(tmp_path / "theirs.h5")
    file.unlink()
    dialog = imported(program, file)
    qtbot.waitUntil(lambda: "theirs.h5 does not exist" in note(dialog), timeout=CHILD_MS)
    assert len(ModelLibrary().entries()) == 1
    assert leading(program) == [0]


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")
def test_import_that_is_killed_leaves_the_library_as_it_was(
    program: app.Program, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = imported(program, h5_file(tmp_path / "theirs.h5"))
    (process,) = program.networks.findChildren(QProcess)
    qtbot.waitUntil(lambda: process.processId() > 0)
    os.kill(process.processId(), signal.SIGKILL)
    qtbot.waitUntil(lambda: "import ended" in note(dialog), timeout=CHILD_MS)
    assert len(ModelLibrary().entries()) == 1

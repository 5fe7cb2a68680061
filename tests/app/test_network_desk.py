"""The dialogs about networks, joined with the library and the settings; no child process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QLabel,
    QSpinBox,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from qtdigits.core.library import ModelLibrary
from qtdigits.core.model_card import ModelCard, card_path, file_sha256
from qtdigits.network_desk import NetworkDesk
from qtdigits.ui.canvas.number_canvas import NumberCanvas
from qtdigits.ui.dialogs.library_dialog import LibraryDialog
from qtdigits.ui.dialogs.training_dialog import TrainingDialog
from qtdigits.ui.items.history_model import HistoryModel
from qtdigits.ui.items.probability_model import ProbabilityModel
from qtdigits.ui.settings_store import SettingsStore
from qtdigits.ui.theme import ThemeKeeper
from qtdigits.ui.views.main_window import MainWindow

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)


def write_network(path: Path, name: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"PK\x03\x04 weights of " + name.encode())
    card = ModelCard(name, "small", 1, "2026-01-01T00:00:00+00:00", file_sha256(path))
    card_path(path).write_text(card.to_json(), encoding="utf-8")


@pytest.fixture
def library(tmp_path: Path) -> ModelLibrary:
    write_network(tmp_path / "shipped" / "digits.keras", "digits")
    library = ModelLibrary(tmp_path / "models", tmp_path / "shipped" / "digits.keras")
    draft = library.new_draft()
    write_network(draft.network, "draft")
    library.keep(draft, "mine")
    return library


@pytest.fixture
def settings(tmp_path: Path) -> SettingsStore:
    return SettingsStore(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def themes(qapp: QApplication, settings: SettingsStore) -> Iterator[ThemeKeeper]:
    font, palette, sheet = qapp.font(), qapp.palette(), qapp.styleSheet()
    yield ThemeKeeper(qapp, settings)
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)
    qapp.setFont(font)


@pytest.fixture
def desk(
    qtbot: QtBot, settings: SettingsStore, themes: ThemeKeeper, library: ModelLibrary
) -> NetworkDesk:
    undo_stack, history = QUndoStack(), HistoryModel()
    window = MainWindow(
        NumberCanvas(undo_stack), undo_stack, ProbabilityModel(), history, settings, themes
    )
    undo_stack.setParent(window)
    history.setParent(window)
    desk = NetworkDesk(window, library, settings, themes, history, window)
    qtbot.addWidget(window, before_close_func=lambda _: desk.shutdown())
    window.show()
    return desk


def window_of(desk: NetworkDesk) -> MainWindow:
    window = desk.parent()
    assert isinstance(window, MainWindow)
    return window


def library_dialog(desk: NetworkDesk) -> LibraryDialog:
    window_of(desk).library_requested.emit()
    (dialog,) = window_of(desk).findChildren(LibraryDialog)
    assert isinstance(dialog, LibraryDialog)
    return dialog


def training_dialog(desk: NetworkDesk) -> TrainingDialog:
    window_of(desk).training_requested.emit()
    (dialog,) = window_of(desk).findChildren(TrainingDialog)
    assert isinstance(dialog, TrainingDialog)
    return dialog


def select(dialog: LibraryDialog, row: int) -> None:
    dialog.findChildren(QTableView)[0].selectRow(row)


@pytest.mark.parametrize("kind", [TrainingDialog, LibraryDialog])
def test_dialog_opens_once(desk: NetworkDesk, kind: type[QWidget]) -> None:
    ask = training_dialog if kind is TrainingDialog else library_dialog
    assert ask(desk) is ask(desk)


def test_network_of_the_library_is_used(
    desk: NetworkDesk, library: ModelLibrary, qtbot: QtBot
) -> None:
    dialog = library_dialog(desk)
    select(dialog, 1)
    with qtbot.waitSignal(desk.chosen) as chosen:
        dialog.findChildren(QAbstractButton, "libraryUseButton")[0].click()
    assert chosen.args[0].name == "mine"
    assert library.current().name == "mine"
    assert "in use" in str(dialog.findChildren(QTableView)[0].model().index(1, 0).data())


def test_network_is_renamed(desk: NetworkDesk, library: ModelLibrary) -> None:
    dialog = library_dialog(desk)
    dialog.rename_requested.emit(library.entries()[1].id, "better")
    assert library.entries()[1].name == "better"
    assert dialog.findChildren(QTableView)[0].model().index(1, 0).data() == "better"


def test_name_that_cannot_be_is_refused_in_a_sentence(
    desk: NetworkDesk, library: ModelLibrary
) -> None:
    dialog = library_dialog(desk)
    dialog.rename_requested.emit(library.entries()[1].id, "   ")
    texts = [label.text() for label in dialog.findChildren(QLabel)]
    assert any(text.startswith("A network's name has") for text in texts)
    assert library.entries()[1].name == "mine"


def test_deleting_the_current_network_goes_back_to_the_one_that_ships(
    desk: NetworkDesk, library: ModelLibrary, qtbot: QtBot
) -> None:
    entry = library.use(library.entries()[1].id)
    dialog = library_dialog(desk)
    with qtbot.waitSignal(desk.chosen) as chosen:
        dialog.delete_requested.emit(entry.id)
    assert chosen.args[0].is_shipped
    assert len(library.entries()) == 1


def test_chosen_file_is_read_and_remembered(
    desk: NetworkDesk, settings: SettingsStore, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "mnist.npz"
    images = np.full((40, 28, 28), 90, np.uint8)
    np.savez(path, x_train=images, y_train=np.arange(40, dtype=np.uint8) % 10)
    dialog = training_dialog(desk)
    dialog.mnist_chosen.emit(path)
    dialog.choose_mnist(path)
    (row,) = dialog.findChildren(QWidget, "mnistRow")
    qtbot.waitUntil(lambda: "40" in [label.text() for label in row.findChildren(QLabel)])
    assert row.findChildren(QCheckBox)[0].isChecked()
    assert settings.mnist_file() == str(path)
    dialog.close()
    qtbot.waitUntil(lambda: not window_of(desk).findChildren(TrainingDialog))
    (row,) = training_dialog(desk).findChildren(QWidget, "mnistRow")
    assert row.findChildren(QCheckBox)[0].isChecked()


def test_speed_of_the_last_run_makes_the_estimate(
    desk: NetworkDesk, settings: SettingsStore
) -> None:
    settings.set_training_speed("small", 50.0)
    dialog = training_dialog(desk)
    dialog.findChildren(QSpinBox, "epochsField")[0].setValue(10)
    (note,) = dialog.findChildren(QLabel, "trainingNote")
    assert note.text() == "About 1 h 25 min on this computer."


def test_window_may_close_when_nothing_is_trained(desk: NetworkDesk) -> None:
    assert desk.may_end()

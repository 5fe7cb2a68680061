"""The library's dialogs from the menu to the real child processes, with the network that ships."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QItemSelectionModel, QSettings, Qt
from PySide6.QtGui import QAction, QUndoStack
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QLabel,
    QMenu,
    QSpinBox,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from qtdigits.core import paths
from qtdigits.core.export_forms import ExportForm
from qtdigits.core.library import LibraryEntry, ModelLibrary
from qtdigits.core.model_card import card_path, read_card
from qtdigits.network_desk import NetworkDesk
from qtdigits.training_session import TrainingState
from qtdigits.ui.canvas.number_canvas import NumberCanvas
from qtdigits.ui.dialogs.compare_dialog import CompareDialog
from qtdigits.ui.dialogs.library_dialog import LibraryDialog
from qtdigits.ui.dialogs.training_dialog import TrainingDialog
from qtdigits.ui.items.history_model import HistoryModel
from qtdigits.ui.items.probability_model import ProbabilityModel
from qtdigits.ui.settings_store import SettingsStore
from qtdigits.ui.theme import ThemeKeeper
from qtdigits.ui.views.main_window import MainWindow
from qtdigits.ui.views.training.accuracy_bars import AccuracyBars

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)
CHILD_MS = 300_000
"""A few seconds do, unless other programs keep the machine busy."""


@pytest.fixture
def mine() -> LibraryEntry:
    """A copy of the network that ships, in the person's own library."""
    library, source = ModelLibrary(), paths.shipped_model()
    draft = library.new_draft()
    draft.network.write_bytes(source.read_bytes())
    card_path(draft.network).write_bytes(card_path(source).read_bytes())
    return library.keep(draft, "mine")


@pytest.fixture
def settings(tmp_path: Path) -> SettingsStore:
    """Settings that know a file with forty ones in place of MNIST."""
    images = np.zeros((40, 28, 28), np.uint8)
    images[:, 5:23, 13:15] = 255
    ones = np.ones(40, np.uint8)
    np.savez(tmp_path / "mnist.npz", x_train=images, y_train=ones, x_test=images, y_test=ones)
    settings = SettingsStore(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
    settings.set_mnist_file(str(tmp_path / "mnist.npz"))
    return settings


@pytest.fixture
def desk(
    qtbot: QtBot, qapp: QApplication, settings: SettingsStore, mine: LibraryEntry
) -> Iterator[NetworkDesk]:
    font, palette, sheet = qapp.font(), qapp.palette(), qapp.styleSheet()
    undo_stack, history, themes = QUndoStack(), HistoryModel(), ThemeKeeper(qapp, settings)
    window = MainWindow(
        NumberCanvas(undo_stack), undo_stack, ProbabilityModel(), history, settings, themes
    )
    undo_stack.setParent(window)
    history.setParent(window)
    desk = NetworkDesk(window, ModelLibrary(), settings, themes, history, window)
    qtbot.addWidget(window, before_close_func=lambda _: desk.shutdown())
    window.show()
    yield desk
    qapp.setStyleSheet(sheet)
    qapp.setPalette(palette)
    qapp.setFont(font)


@pytest.fixture
def dialog(desk: NetworkDesk) -> LibraryDialog:
    window = window_of(desk)
    (action,) = window.findChildren(QAction, "actionLibrary")
    action.trigger()
    (dialog,) = window.findChildren(LibraryDialog)
    assert isinstance(dialog, LibraryDialog)
    return dialog


def window_of(desk: NetworkDesk) -> MainWindow:
    window = desk.parent()
    assert isinstance(window, MainWindow)
    return window


def table(dialog: LibraryDialog) -> QTableView:
    (view,) = dialog.findChildren(QTableView)
    assert isinstance(view, QTableView)
    return view


def click(dialog: QWidget, name: str) -> None:
    (button,) = dialog.findChildren(QAbstractButton, name)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def text(dialog: QWidget, name: str) -> str:
    return str(dialog.findChildren(QLabel, name)[0].text())


def select_both(dialog: LibraryDialog) -> None:
    view, flags = table(dialog), QItemSelectionModel.SelectionFlag
    view.selectRow(0)
    view.selectionModel().select(view.model().index(1, 0), flags.Select | flags.Rows)


def compare_dialog(desk: NetworkDesk, dialog: LibraryDialog) -> CompareDialog:
    select_both(dialog)
    click(dialog, "libraryCompareButton")
    (compare,) = window_of(desk).findChildren(CompareDialog)
    assert isinstance(compare, CompareDialog)
    return compare


def export(dialog: LibraryDialog, form: ExportForm, place: Path) -> None:
    click(dialog, "libraryExportButton")
    (menu,) = dialog.findChildren(QMenu, "exportMenu")
    menu.findChildren(QAction, f"export-{form}")[0].trigger()
    menu.close()
    (files,) = dialog.findChildren(QFileDialog, "exportFileDialog")
    files.fileSelected.emit(str(place))
    files.close()


def wait_for_result(compare: CompareDialog, qtbot: QtBot) -> None:
    (bars,) = compare.findChildren(AccuracyBars)
    qtbot.waitUntil(bars.isVisible, timeout=CHILD_MS)


@pytest.mark.parametrize(
    ("choice", "evidence"), [(0, "Measured on 3,000 new digits"), (1, "Measured on 40 digits of")]
)
def test_two_networks_are_compared_by_a_child(
    choice: int, evidence: str, desk: NetworkDesk, dialog: LibraryDialog, qtbot: QtBot
) -> None:
    compare = compare_dialog(desk, dialog)
    (data,) = compare.findChildren(QComboBox, "compareDataField")
    data.setCurrentIndex(choice)
    click(compare, "compareStartButton")
    wait_for_result(compare, qtbot)
    assert text(compare, "compareVerdict").startswith("No clear difference: “digits” reads ")
    said = text(compare, "compareEvidence")
    assert said.startswith(evidence)
    assert "0 of them only “digits” reads right, 0 only “mine”" in said


def test_comparison_ends_with_its_dialog(
    desk: NetworkDesk, dialog: LibraryDialog, qtbot: QtBot
) -> None:
    compare = compare_dialog(desk, dialog)
    click(compare, "compareStartButton")
    compare.close()
    qtbot.waitUntil(lambda: not window_of(desk).findChildren(CompareDialog))
    again = compare_dialog(desk, dialog)
    again.findChildren(QComboBox, "compareDataField")[0].setCurrentIndex(1)
    click(again, "compareStartButton")
    wait_for_result(again, qtbot)
    assert text(again, "compareEvidence").startswith("Measured on 40 digits of mnist.npz")


@pytest.mark.parametrize(
    ("form", "chosen", "made", "name"),
    [
        (ExportForm.LITERT, "mine.tflite", "mine.tflite", "mine.tflite"),
        (ExportForm.SERVING, ".", "mine/1", "mine/1"),
    ],
)
def test_network_is_exported_by_a_child(
    form: ExportForm,
    chosen: str,
    made: str,
    name: str,
    dialog: LibraryDialog,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    table(dialog).selectRow(1)
    export(dialog, form, tmp_path / chosen)
    assert text(dialog, "libraryNote").startswith("Saving it")
    said = f"{name} is saved, and answers 100 digits as the network does."
    qtbot.waitUntil(lambda: text(dialog, "libraryNote") == said, timeout=CHILD_MS)
    assert (tmp_path / made).exists()


def test_export_that_fails_says_why(dialog: LibraryDialog, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "taken").mkdir()
    export(dialog, ExportForm.SAVED_MODEL, tmp_path / "taken")
    qtbot.waitUntil(
        lambda: "taken exists; choose another name" in text(dialog, "libraryNote"),
        timeout=CHILD_MS,
    )


def test_export_and_its_outcome_outlast_the_dialog(
    desk: NetworkDesk, dialog: LibraryDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    export(dialog, ExportForm.KERAS, tmp_path / "a.keras")
    dialog.close()
    qtbot.waitUntil(lambda: not window_of(desk).findChildren(LibraryDialog))
    window_of(desk).library_requested.emit()
    (again,) = window_of(desk).findChildren(LibraryDialog)
    assert text(again, "libraryNote").startswith("Saving it")
    qtbot.waitUntil(lambda: "a.keras is saved" in text(again, "libraryNote"), timeout=CHILD_MS)


def test_exported_network_is_imported_again(
    dialog: LibraryDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    export(dialog, ExportForm.KERAS, tmp_path / "theirs.keras")
    qtbot.waitUntil(lambda: "is saved" in text(dialog, "libraryNote"), timeout=CHILD_MS)
    click(dialog, "libraryImportButton")
    (files,) = dialog.findChildren(QFileDialog, "importFileDialog")
    files.fileSelected.emit(str(tmp_path / "theirs.keras"))
    files.close()
    assert text(dialog, "libraryNote").startswith("Reading the file as data")
    qtbot.waitUntil(
        lambda: text(dialog, "libraryNote").startswith("“theirs” is in the library: "),
        timeout=CHILD_MS,
    )
    assert [entry.name for entry in ModelLibrary().entries()].count("theirs") == 1
    assert str(table(dialog).currentIndex().siblingAtColumn(0).data()) == "theirs"


def test_training_like_a_network_has_its_settings(
    desk: NetworkDesk, dialog: LibraryDialog, qtbot: QtBot
) -> None:
    table(dialog).selectRow(1)
    click(dialog, "libraryAgainButton")
    (training,) = window_of(desk).findChildren(TrainingDialog)
    card = read_card(paths.shipped_model())
    assert training.findChildren(QSpinBox, "epochsField")[0].value() == card.settings["epochs"]
    (synthetic,) = training.findChildren(QWidget, "syntheticRow")
    assert synthetic.findChildren(QSpinBox)[0].text().replace(",", "") in str(card.data)
    for row in ("mnistRow", "syntheticRow", "scribblesRow"):
        assert training.findChildren(QWidget, row)[0].findChildren(QCheckBox)[0].isChecked()
    # The file with MNIST is read first.
    said = "The settings of “mine”."
    qtbot.waitUntil(lambda: text(training, "trainingNote").startswith(said))


def test_training_like_a_network_waits_for_the_one_that_goes_on(
    desk: NetworkDesk, dialog: LibraryDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(desk.session), "state", TrainingState.RUNNING)
    click(dialog, "libraryAgainButton")
    assert text(dialog, "libraryNote").startswith("A training is not over yet")
    assert not window_of(desk).findChildren(TrainingDialog)


def test_no_child_is_left_when_the_program_ends(
    desk: NetworkDesk, dialog: LibraryDialog, tmp_path: Path
) -> None:
    compare = compare_dialog(desk, dialog)
    click(compare, "compareStartButton")
    table(dialog).selectRow(1)
    export(dialog, ExportForm.KERAS, tmp_path / "a.keras")
    desk.shutdown()
    assert not list(tmp_path.glob("a.*"))

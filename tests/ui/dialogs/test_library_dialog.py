"""The library dialog: what can be done with which network."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from qtdigits.core.export_forms import ExportForm
from qtdigits.core.library import LibraryEntry
from qtdigits.core.model_card import ModelCard
from qtdigits.ui.dialogs import export_chooser
from qtdigits.ui.dialogs.library_dialog import LibraryDialog
from qtdigits.ui.theme import ThemeKeeper


def entry(entry_id: str, *, shipped: bool = False, problem: str = "") -> LibraryEntry:
    card = None if problem else ModelCard(f"name {entry_id}", "small", 1, "2026-01-01", "")
    return LibraryEntry(entry_id, card, Path(entry_id), shipped, shipped, problem)


ENTRIES = (entry("shipped", shipped=True), entry("own"), entry("bad", problem="it is damaged"))


def button(dialog: QWidget, name: str) -> QAbstractButton:
    found = dialog.findChild(QAbstractButton, name)
    assert isinstance(found, QAbstractButton)
    return found


def select(dialog: LibraryDialog, row: int) -> None:
    dialog.findChildren(QTableView)[0].selectRow(row)


def select_two(dialog: LibraryDialog, first: int, second: int) -> None:
    view = dialog.findChildren(QTableView)[0]
    view.selectRow(first)
    flags = QItemSelectionModel.SelectionFlag
    index = view.model().index(second, 0)
    view.selectionModel().select(index, flags.Select | flags.Rows)


def form_action(dialog: LibraryDialog, form: ExportForm) -> QAction:
    (menu,) = dialog.findChildren(QMenu, "exportMenu")
    (action,) = menu.findChildren(QAction, f"export-{form}")
    assert isinstance(action, QAction)
    return action


def note(dialog: LibraryDialog) -> str:
    return str(dialog.findChildren(QLabel, "libraryNote")[0].text())


def enabled(dialog: LibraryDialog) -> set[str]:
    return {
        n
        for n in ("Use", "Compare", "Again", "Rename", "Export", "Import", "Delete")
        if button(dialog, f"library{n}Button").isEnabled()
    }


@pytest.fixture
def dialog(qtbot: QtBot, themes: ThemeKeeper) -> LibraryDialog:
    dialog = LibraryDialog(themes)
    qtbot.addWidget(dialog)
    dialog.set_entries(ENTRIES)
    with qtbot.waitExposed(dialog):
        dialog.show()
    return dialog


@pytest.mark.parametrize(
    ("row", "can"),
    [
        (0, {"Again", "Export", "Import"}),
        (1, {"Use", "Again", "Rename", "Export", "Import", "Delete"}),
        (2, {"Import", "Delete"}),
    ],
)
def test_buttons_fit_the_network(dialog: LibraryDialog, row: int, can: set[str]) -> None:
    select(dialog, row)
    assert enabled(dialog) == can


def test_damaged_network_says_why(dialog: LibraryDialog) -> None:
    select(dialog, 2)
    assert "It is damaged." in [label.text() for label in dialog.findChildren(QLabel)]


def test_use_is_asked_for(dialog: LibraryDialog, qtbot: QtBot) -> None:
    select(dialog, 1)
    with qtbot.waitSignal(dialog.use_requested) as asked:
        QTest.mouseClick(button(dialog, "libraryUseButton"), Qt.MouseButton.LeftButton)
    assert asked.args == ["own"]


def test_name_is_edited_in_its_place(dialog: LibraryDialog, qtbot: QtBot) -> None:
    select(dialog, 1)
    button(dialog, "libraryRenameButton").click()
    (editor,) = dialog.findChildren(QTableView)[0].findChildren(QLineEdit)
    editor.setText("better")
    with qtbot.waitSignal(dialog.rename_requested) as asked:
        QTest.keyClick(editor, Qt.Key.Key_Return)
    assert asked.args == ["own", "better"]


@pytest.mark.parametrize("yes", [True, False])
def test_deleting_asks_first(dialog: LibraryDialog, qtbot: QtBot, yes: bool) -> None:
    asked: list[str] = []
    dialog.delete_requested.connect(asked.append)
    select(dialog, 1)
    button(dialog, "libraryDeleteButton").click()
    (box,) = dialog.findChildren(QMessageBox)
    assert "name own" in box.text()
    buttons = {b.objectName(): b for b in box.buttons()}
    QTest.mouseClick(buttons["deleteYes" if yes else "deleteNo"], Qt.MouseButton.LeftButton)
    assert asked == (["own"] if yes else [])
    qtbot.waitUntil(lambda: not dialog.findChildren(QMessageBox))


def test_selection_stays_when_the_networks_change(dialog: LibraryDialog) -> None:
    select(dialog, 1)
    dialog.set_entries((ENTRIES[0], entry("newer"), ENTRIES[1]))
    assert dialog.findChildren(QTableView)[0].currentIndex().row() == 2


def test_two_networks_can_only_be_compared(dialog: LibraryDialog, qtbot: QtBot) -> None:
    select_two(dialog, 1, 0)
    assert enabled(dialog) == {"Compare", "Import"}
    with qtbot.waitSignal(dialog.compare_requested) as asked:
        QTest.mouseClick(button(dialog, "libraryCompareButton"), Qt.MouseButton.LeftButton)
    assert asked.args == ["shipped", "own"]


def test_damaged_network_is_not_compared(dialog: LibraryDialog) -> None:
    select_two(dialog, 0, 2)
    assert enabled(dialog) == {"Import"}


def test_both_selected_networks_stay_selected(dialog: LibraryDialog) -> None:
    select_two(dialog, 0, 1)
    dialog.set_entries((ENTRIES[0], entry("newer"), ENTRIES[1]))
    rows = dialog.findChildren(QTableView)[0].selectionModel().selectedRows()
    assert sorted(index.row() for index in rows) == [0, 2]


def test_training_like_it_is_asked_for(dialog: LibraryDialog, qtbot: QtBot) -> None:
    select(dialog, 1)
    with qtbot.waitSignal(dialog.training_requested) as asked:
        button(dialog, "libraryAgainButton").click()
    assert asked.args == ["own"]


@pytest.mark.parametrize(
    ("form", "chosen", "place"),
    [
        (ExportForm.HDF5, "mine.h5", "mine.h5"),
        (ExportForm.LITERT, "mine.tflite", "mine.tflite"),
        (ExportForm.SAVED_MODEL, "mine", "mine"),
        (ExportForm.SERVING, "models", "models/name-own"),
    ],
)
def test_export_asks_for_form_and_place(
    form: ExportForm,
    chosen: str,
    place: str,
    dialog: LibraryDialog,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    select(dialog, 1)
    button(dialog, "libraryExportButton").click()
    form_action(dialog, form).trigger()
    (files,) = dialog.findChildren(QFileDialog)
    with qtbot.waitSignal(dialog.export_requested) as asked:
        files.fileSelected.emit(str(tmp_path / chosen))
    files.close()
    dialog.findChildren(QMenu, "exportMenu")[0].close()
    assert asked.args == ["own", tmp_path / place, form]


def test_form_whose_package_is_missing_says_which(
    qtbot: QtBot, themes: ThemeKeeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        export_chooser,
        "missing_package",
        lambda form: "tf2onnx" if form is ExportForm.ONNX else "",
    )
    dialog = LibraryDialog(themes)
    qtbot.addWidget(dialog)
    action = form_action(dialog, ExportForm.ONNX)
    assert not action.isEnabled()
    assert "pip install tf2onnx" in action.toolTip()
    assert form_action(dialog, ExportForm.LITERT).isEnabled()
    assert dialog.findChildren(QMenu, "exportMenu")[0].toolTipsVisible()


def test_import_asks_for_a_file(dialog: LibraryDialog, qtbot: QtBot, tmp_path: Path) -> None:
    button(dialog, "libraryImportButton").click()
    (files,) = dialog.findChildren(QFileDialog)
    with qtbot.waitSignal(dialog.import_requested) as asked:
        files.fileSelected.emit(str(tmp_path / "theirs.h5"))
    files.close()
    assert asked.args == [tmp_path / "theirs.h5"]


def test_one_export_or_import_at_a_time(dialog: LibraryDialog) -> None:
    select(dialog, 1)
    dialog.show_working("Saving it…")
    assert not {"Export", "Import"} & enabled(dialog)
    select(dialog, 0)
    assert note(dialog) == "Saving it…"
    dialog.show_done("It is saved.")
    assert {"Export", "Import"} <= enabled(dialog)
    assert note(dialog) == "It is saved."
    dialog.show_working("Saving it…")
    dialog.show_failed("the disk is full")
    assert {"Export", "Import"} <= enabled(dialog)
    assert note(dialog) == "The disk is full."


def test_every_button_explains_itself(dialog: LibraryDialog) -> None:
    for name in ("Use", "Compare", "Again", "Rename", "Export", "Import", "Delete"):
        assert button(dialog, f"library{name}Button").toolTip()

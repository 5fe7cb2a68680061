"""The library dialog: what can be done with which network."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from qtdigits.core.library import LibraryEntry
from qtdigits.core.model_card import ModelCard
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


def enabled(dialog: LibraryDialog) -> set[str]:
    return {
        n
        for n in ("Use", "Rename", "Delete", "Export")
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
    ("row", "can"), [(0, {"Export"}), (1, {"Use", "Rename", "Delete", "Export"}), (2, {"Delete"})]
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


def test_export_asks_for_a_file(dialog: LibraryDialog, qtbot: QtBot, tmp_path: Path) -> None:
    select(dialog, 1)
    button(dialog, "libraryExportButton").click()
    (files,) = dialog.findChildren(QFileDialog)
    with qtbot.waitSignal(dialog.export_requested) as asked:
        files.fileSelected.emit(str(tmp_path / "mine.h5"))
    files.close()
    assert asked.args == ["own", tmp_path / "mine.h5"]


def test_one_export_at_a_time(dialog: LibraryDialog) -> None:
    select(dialog, 1)
    dialog.show_exporting()
    assert "Export" not in enabled(dialog)
    dialog.show_exported(Path("mine.h5"))
    assert "Export" in enabled(dialog)
    dialog.show_exporting()
    dialog.show_export_failed("The disk is full.")
    assert "Export" in enabled(dialog)
    assert "The disk is full." in [label.text() for label in dialog.findChildren(QLabel)]

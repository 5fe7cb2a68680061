"""The dialog that compares two networks: what it asks for, and what it says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from qtdigits.core.library import LibraryEntry
from qtdigits.core.model_card import ModelCard
from qtdigits.ui.dialogs.compare_dialog import CompareDialog
from qtdigits.ui.theme import ThemeKeeper
from qtdigits.ui.views.training.accuracy_bars import AccuracyBars

PRINTED = json.dumps(
    {
        "n": 200,
        "accuracy": 0.9,
        "interval": [0.85, 0.93],
        "compare": {
            "accuracy": 0.8,
            "interval": [0.74, 0.85],
            "only_this_right": 30,
            "only_other_right": 10,
            "p": 0.002,
            "verdict": "better",
        },
        "model": {"name": "old"},
        "compared_with": {"name": "new"},
    }
)


def entry(name: str) -> LibraryEntry:
    card = ModelCard(name, "small", 1, "2026-01-01", "")
    return LibraryEntry(f"id-{name}", card, Path(name), False, False)


@pytest.fixture
def dialog(qtbot: QtBot, themes: ThemeKeeper, tmp_path: Path) -> CompareDialog:
    dialog = CompareDialog(entry("old"), entry("new"), tmp_path / "mnist.npz", themes)
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    return dialog


def start(dialog: CompareDialog) -> QPushButton:
    (button,) = dialog.findChildren(QPushButton, "compareStartButton")
    assert isinstance(button, QPushButton)
    return button


def field(dialog: CompareDialog) -> QComboBox:
    (found,) = dialog.findChildren(QComboBox, "compareDataField")
    assert isinstance(found, QComboBox)
    return found


def text(dialog: CompareDialog, name: str) -> str:
    return str(dialog.findChildren(QLabel, name)[0].text())


def test_synthetic_pen_is_read_first(dialog: CompareDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.compare_requested) as asked:
        QTest.mouseClick(start(dialog), Qt.MouseButton.LeftButton)
    assert asked.args == ["id-old", "id-new", "synthetic:3000"]
    assert not start(dialog).isEnabled()
    assert "reading" in text(dialog, "compareEvidence")


def test_mnist_is_offered_where_it_is(
    dialog: CompareDialog, qtbot: QtBot, themes: ThemeKeeper, tmp_path: Path
) -> None:
    field(dialog).setCurrentIndex(1)
    with qtbot.waitSignal(dialog.compare_requested) as asked:
        start(dialog).click()
    assert asked.args[2] == str(tmp_path / "mnist.npz")
    without = CompareDialog(entry("old"), entry("new"), None, themes)
    qtbot.addWidget(without)
    assert field(without).count() == field(dialog).count() - 1


def test_file_of_the_person_is_added_and_chosen(
    dialog: CompareDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    combo = field(dialog)
    combo.setCurrentIndex(2)
    combo.activated.emit(2)
    assert combo.currentIndex() == 0
    (files,) = dialog.findChildren(QFileDialog)
    files.fileSelected.emit(str(tmp_path / "mine.npz"))
    files.close()
    assert combo.currentText() == "mine.npz"
    with qtbot.waitSignal(dialog.compare_requested) as asked:
        start(dialog).click()
    assert asked.args[2] == str(tmp_path / "mine.npz")
    dialog.show_result(PRINTED)
    assert "Measured on 200 digits of mine.npz." in text(dialog, "compareEvidence")


def test_result_is_said_in_words_and_bars(dialog: CompareDialog) -> None:
    start(dialog).click()
    dialog.show_result(PRINTED)
    assert text(dialog, "compareVerdict").startswith("“old” is better: 90.00\u202f% right")
    assert "85.00 to 93.00\u202f%" in text(dialog, "compareEvidence")
    (bars,) = dialog.findChildren(AccuracyBars)
    assert bars.isVisible()
    assert "new: 80.00\u202f% right" in bars.accessibleName()
    assert start(dialog).isEnabled()


@pytest.mark.parametrize("printed", ["", json.dumps({"refused": 1.0})])
def test_printed_nonsense_is_said(dialog: CompareDialog, printed: str) -> None:
    start(dialog).click()
    dialog.show_result(printed)
    assert text(dialog, "compareEvidence").endswith(("without figures.", "in these data."))
    assert start(dialog).isEnabled()


def test_failure_is_said_and_one_can_try_again(dialog: CompareDialog) -> None:
    start(dialog).click()
    dialog.show_failed("mine.npz cannot be read")
    assert text(dialog, "compareEvidence") == "Mine.npz cannot be read."
    assert start(dialog).isEnabled()


def test_closing_tells_that_nobody_waits(dialog: CompareDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(dialog.stop_requested):
        dialog.close()

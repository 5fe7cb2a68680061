"""Dialogs open when the window asks, once at a time, and are gone when closed."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from qtdigits.ui.canvas.number_canvas import NumberCanvas
from qtdigits.ui.dialogs.about_dialog import AboutDialog, AboutFacts
from qtdigits.ui.dialogs.dialog_opener import DialogOpener
from qtdigits.ui.dialogs.licences_dialog import LicencesDialog
from qtdigits.ui.dialogs.settings_dialog import SettingsDialog
from qtdigits.ui.items.history_model import HistoryModel
from qtdigits.ui.items.probability_model import ProbabilityModel
from qtdigits.ui.settings_store import SettingsStore
from qtdigits.ui.theme import ThemeKeeper
from qtdigits.ui.views.main_window import MainWindow
from qtdigits.ui.workers.licence_reader import LicenceReader


@pytest.fixture
def window(qtbot: QtBot, settings: SettingsStore, themes: ThemeKeeper) -> MainWindow:
    undo_stack = QUndoStack()
    window = MainWindow(
        NumberCanvas(undo_stack), undo_stack, ProbabilityModel(), HistoryModel(), settings, themes
    )
    undo_stack.setParent(window)
    qtbot.addWidget(window)
    window.show()
    facts = AboutFacts("1.2.3", "MIT licence")
    licences = LicenceReader(window, lambda: "All of them\n")
    DialogOpener(window, settings, themes, lambda: facts, licences)
    return window


@pytest.mark.parametrize("kind", [SettingsDialog, AboutDialog])
def test_dialog_opens_once_and_is_gone_when_closed(
    window: MainWindow, qtbot: QtBot, kind: type[QDialog]
) -> None:
    ask = window.settings_requested if kind is SettingsDialog else window.about_requested
    ask.emit()
    ask.emit()
    dialogs = window.findChildren(kind)
    assert len(dialogs) == 1
    assert dialogs[0].isVisible()
    dialogs[0].close()
    qtbot.waitUntil(lambda: not window.findChildren(kind))
    ask.emit()
    assert len(window.findChildren(kind)) == 1
    window.findChildren(kind)[0].close()


def test_licences_open_once_from_the_about_dialog_and_are_read(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.about_requested.emit()
    (about,) = window.findChildren(AboutDialog)
    (button,) = about.findChildren(QPushButton, "licencesButton")
    button.click()
    button.click()
    (dialog,) = window.findChildren(LicencesDialog)
    (view,) = dialog.findChildren(QPlainTextEdit)
    qtbot.waitUntil(lambda: view.toPlainText() == "All of them\n")
    dialog.close()
    about.close()

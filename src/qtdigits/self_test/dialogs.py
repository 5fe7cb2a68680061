"""Checks that every dialog of the menus opens, and that those show what they read elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QMenu, QPlainTextEdit, QPushButton, QWidget

from qtdigits.app import Program
from qtdigits.self_test.waiting import SelfTestError, bury_closed, found, trigger, wait_for

_OPENING_S: Final = 30.0
_OTHERS: Final = ("About",)
"""Actions that open a dialog and ask nothing, so that their text does not end in dots."""


def check_dialogs(program: Program) -> None:
    """Every entry of the menus that opens a dialog does; raises SelfTestError."""
    window = program.window
    asking = [action for action in _entries(window.menuBar()) if action.text().endswith("…")]
    names = [action.objectName().removeprefix("action") for action in asking if action.isEnabled()]
    for name in [*names, *_OTHERS]:
        trigger(name, window)
        wait_for(lambda: bool(_open_dialogs(window)), f"opening {name}", _OPENING_S)
        if name == "History":
            wait_for(lambda: program.history_window.model.rowCount() > 0, "showing the history")
        elif name == "About":
            _check_licences(window)
        for dialog in _open_dialogs(window):
            dialog.grab()
            dialog.close()
        bury_closed()


def _entries(bar: QWidget) -> Iterator[QAction]:
    """All actions of all menus; one may be on several."""
    seen = set()
    for menu in bar.findChildren(QMenu):
        for action in menu.actions():
            if action.objectName() and action.objectName() not in seen:
                seen.add(action.objectName())
                yield action


def _open_dialogs(window: QWidget) -> list[QDialog]:
    return [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]


def _check_licences(window: QWidget) -> None:
    """They are read beside the window, and are a long text."""
    found(QPushButton, "licencesButton", window).click()
    text = found(QPlainTextEdit, "licencesText", window)
    wait_for(lambda: not text.document().isEmpty(), "reading the licences", _OPENING_S)
    if "MIT License" not in text.toPlainText():
        raise SelfTestError("the licences lack our own")

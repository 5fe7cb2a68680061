"""Puts the log on the clipboard, for those who are asked what went wrong."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication

from qtdigits.core.program_log import read_log
from qtdigits.ui.views.main_window import MainWindow


class LogCopier(QObject):
    """Listens to the window's menu; a child of the window."""

    def __init__(self, window: MainWindow, folder: Path) -> None:
        """folder: where the log lies."""
        super().__init__(window)
        self._window = window
        self._folder = folder
        window.action("CopyLog").triggered.connect(self.copy)

    @Slot()
    def copy(self) -> None:
        """Put it on the clipboard and say so; a log that is empty leaves the clipboard alone."""
        text = read_log(self._folder)
        if not text:
            self._window.tell("The log is empty: nothing has gone wrong.")
            return
        QGuiApplication.clipboard().setText(text)
        self._window.tell("The log is on the clipboard. None of your drawings is in it.")

"""Hears of later starts of the program."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal, Slot

from qtdigits.core.one_instance import take_starts

_LOOK_MS = 1_000
"""Some file systems tell nobody that a file has appeared."""


class Inbox(QObject):
    """Watches the folder in which later starts are announced.

    Signals:
        started(tuple[Path, ...]): the program was started once more, to open these files
    """

    started = Signal(object)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._watcher = QFileSystemWatcher([str(folder)], self)
        self._watcher.directoryChanged.connect(self.look)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(_LOOK_MS)

    @Slot()
    def look(self) -> None:
        """Take what lies there now."""
        for paths in take_starts(self._folder):
            self.started.emit(paths)

    def shutdown(self) -> None:
        """Hear of nothing more."""
        self._timer.stop()
        self._watcher.directoryChanged.disconnect(self.look)

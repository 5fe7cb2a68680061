"""Reads the data files that a person chose, beside the window."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from qtdigits.core.data_summary import DataSummary, summarize


class DataChecker(QObject):
    """Owns a thread that judges one file after another.

    It is a daemon thread: a folder with a million pictures cannot be interrupted, and must not
    keep the program from ending.

    Signals:
        checked(DataSummary): what a file was found to hold
    """

    checked = Signal(object)

    def __init__(
        self,
        parent: QObject | None = None,
        judge: Callable[[Path], DataSummary] = summarize,
    ) -> None:
        super().__init__(parent)
        self._judge = judge
        self._paths: queue.SimpleQueue[Path | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    def submit(self, path: Path) -> None:
        """Judge a file; checked() tells."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="data check", daemon=True)
            self._thread.start()
        self._paths.put(path)

    def shutdown(self) -> None:
        """Let the thread end after the file that it is reading."""
        self._paths.put(None)
        self._thread = None

    def _work(self) -> None:
        while (path := self._paths.get()) is not None:
            try:
                summary = self._judge(path)
            except Exception as error:  # whatever a reader raises, the person must hear of it
                summary = DataSummary(path, problem=f"It cannot be read ({error}).")
            with suppress(RuntimeError):  # the program has ended meanwhile
                self.checked.emit(summary)

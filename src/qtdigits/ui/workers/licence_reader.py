"""Gets the text of the licences beside the window: it may take some tenths of a second."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QObject, Signal


def _licences() -> str:
    from qtdigits.core.licences import licences  # what it imports would slow down every start

    return licences()


class LicenceReader(QObject):
    """Reads the text in a thread of its own, each time that it is asked for.

    Signals:
        was_read(str): the whole text
        failed(str): a sentence that says why there is none
    """

    was_read = Signal(str)
    failed = Signal(str)

    def __init__(
        self, parent: QObject | None = None, source: Callable[[], str] = _licences
    ) -> None:
        super().__init__(parent)
        self._source = source

    def submit(self) -> None:
        """Read it; was_read() or failed() tells."""
        # A daemon: whatever a disk does, the program can end.
        threading.Thread(target=self._read, name="licences", daemon=True).start()

    def _read(self) -> None:
        with suppress(RuntimeError):  # the program has ended meanwhile
            try:
                text = self._source()
            except Exception as error:  # broken metadata raise whatever they lead to
                self.failed.emit(f"The licences cannot be read ({error}).")
            else:
                self.was_read.emit(text)

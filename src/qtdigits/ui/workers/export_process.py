"""Exporting a network, by `qtdigits models export` as a child process."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from qtdigits.ui.workers.command_process import CommandProcess


class ExportProcess(QObject):
    """Owns the child process of at most one export at a time.

    Signals:
        finished(Path): the file is there, and was opened again and answers as the network does
        failed(str): it is not, and why; an older file at its place is as it was
    """

    finished = Signal(object)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._command = CommandProcess("the export", self)
        self._command.finished.connect(self._on_finished)
        self._command.failed.connect(self.failed)
        self._out = Path()

    @property
    def is_running(self) -> bool:
        """Whether an export goes on."""
        return self._command.is_running

    def start(self, entry_id: str, out: Path) -> None:
        """Export the library's network of this id; ignored while another export goes on."""
        if not self._command.is_running:
            self._out = out
            self._command.start(["models", "export", "--json", entry_id, str(out)])

    def shutdown(self) -> None:
        """End the child, and wait until it has ended."""
        self._command.shutdown()

    @Slot(object)
    def _on_finished(self, _answer: dict[str, object]) -> None:
        self.finished.emit(self._out)

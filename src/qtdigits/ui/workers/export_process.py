"""Exporting a network, by `qtdigits models export` as a child process."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QProcess, Signal, Slot

from qtdigits.ui.workers.command_line import child_environment, command_line

_GRACE_MS: Final = 700
_PREFIX: Final = "qtdigits: "


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
        self._process: QProcess | None = None
        self._out = Path()

    @property
    def is_running(self) -> bool:
        """Whether an export goes on."""
        return self._process is not None

    def start(self, entry_id: str, out: Path) -> None:
        """Export the library's network of this id; ignored while another export goes on."""
        if self._process is not None:
            return
        process = QProcess(self)
        process.setProcessEnvironment(child_environment())
        process.errorOccurred.connect(self._on_error)
        process.finished.connect(self._on_finished)
        self._process, self._out = process, out
        program, *start = command_line()
        process.start(program, [*start, "models", "export", "--json", entry_id, str(out)])

    def shutdown(self) -> None:
        """End the child, and wait until it has ended."""
        process = self._process
        if process is None:
            return
        process.finished.disconnect(self._on_finished)
        self._process = None
        process.kill()
        process.waitForFinished(_GRACE_MS)

    @Slot(QProcess.ProcessError)
    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart and self._process is not None:
            reason = self._process.errorString()
            self._end(f"The export could not be started ({reason}).")

    @Slot(int, QProcess.ExitStatus)
    def _on_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        if self._process is None:
            return
        if status == QProcess.ExitStatus.NormalExit and code == 0:
            self._end("")
            return
        said = bytes(self._process.readAllStandardError().data()).decode("utf-8", "replace")
        lines = [line for line in said.splitlines() if line.startswith(_PREFIX)]
        reason = lines[-1].removeprefix(_PREFIX) if lines else "the export ended without a file"
        self._end(f"{reason[:1].upper()}{reason[1:].rstrip('.')}.")

    def _end(self, problem: str) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.deleteLater()
        if problem:
            self.failed.emit(problem)
        else:
            self.finished.emit(self._out)

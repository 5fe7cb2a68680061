"""One of the program's own commands as a child process, which answers with one JSON object."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QObject, QProcess, Signal, Slot

from qtdigits.ui.workers.command_line import child_environment, command_line

_GRACE_MS: Final = 700
_PREFIX: Final = "qtdigits: "


class CommandProcess(QObject):
    """Owns the child process of at most one command at a time.

    Signals:
        finished(dict): the command has done its work; the JSON object that it printed
        failed(str): it has not, and why, as a sentence
    """

    finished = Signal(object)
    failed = Signal(str)

    def __init__(self, what: str, parent: QObject | None = None) -> None:
        """what: the work's name in sentences, such as 'the export'."""
        super().__init__(parent)
        self._what = what
        self._process: QProcess | None = None

    @property
    def is_running(self) -> bool:
        """Whether a command is at work."""
        return self._process is not None

    def start(self, arguments: Sequence[str]) -> None:
        """Run a command, which must have been told --json; ignored while another one runs."""
        if self._process is not None:
            return
        process = QProcess(self)
        process.setProcessEnvironment(child_environment())
        process.errorOccurred.connect(self._on_error)
        process.finished.connect(self._on_finished)
        self._process = process
        program, *start = command_line()
        process.start(program, [*start, *arguments])

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
            self._fail(f"{self._what} could not be started ({reason})")

    @Slot(int, QProcess.ExitStatus)
    def _on_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        process = self._process
        if process is None:
            return
        if status == QProcess.ExitStatus.NormalExit and code == 0:
            try:
                answer = json.loads(bytes(process.readAllStandardOutput().data()))
            except ValueError:
                answer = None
            if isinstance(answer, dict):
                self._release()
                self.finished.emit(answer)
                return
        said = bytes(process.readAllStandardError().data()).decode("utf-8", "replace")
        lines = [line for line in said.splitlines() if line.startswith(_PREFIX)]
        unsaid = f"{self._what} ended without a result"
        self._fail(lines[-1].removeprefix(_PREFIX) if lines else unsaid)

    def _fail(self, reason: str) -> None:
        self._release()
        self.failed.emit(f"{reason[:1].upper()}{reason[1:].rstrip('.')}.")

    def _release(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.deleteLater()

"""One of the program's own commands as a child process that prints JSON, an object a line."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from PySide6.QtCore import QObject, QProcess, Signal, Slot

from qtdigits.core.wording import as_sentence
from qtdigits.ui.workers.command_line import child_environment, command_line

_GRACE_MS: Final = 700
_NICENESS: Final = 10
_PREFIX: Final = "qtdigits: "


class CommandProcess(QObject):
    """Owns the child process of at most one command at a time.

    Signals:
        told(str): a line that it printed before the last one
        finished(str): the command went well; the last line that it printed
        failed(str): it did not, and why, in a sentence
        cancelled(): it was ended because that was asked for
    """

    told = Signal(str)
    finished = Signal(str)
    failed = Signal(str)
    cancelled = Signal()

    def __init__(self, what: str, parent: QObject | None = None) -> None:
        """what: the beginning of a sentence about it, such as 'The export'."""
        super().__init__(parent)
        self._what = what
        self._process: QProcess | None = None
        self._printed = b""
        self._is_cancelled = False

    @property
    def is_running(self) -> bool:
        """Whether a command goes on."""
        return self._process is not None

    def start(self, arguments: Sequence[str]) -> None:
        """Run `qtdigits` with these arguments; ignored while another command goes on."""
        if self._process is not None:
            return
        process = QProcess(self)
        environment = child_environment()
        # A core is left to the window.
        environment.insert("TF_NUM_INTRAOP_THREADS", str(max(1, (os.cpu_count() or 1) - 1)))
        process.setProcessEnvironment(environment)
        process.started.connect(self._on_started)
        process.readyReadStandardOutput.connect(self._on_printed)
        process.errorOccurred.connect(self._on_error)
        process.finished.connect(self._on_finished)
        self._process = process
        self._printed = b""
        self._is_cancelled = False
        program, *first = command_line()
        process.start(program, [*first, *arguments])

    @Slot()
    def cancel(self) -> None:
        """Ask a command that listens to its standard input to end."""
        if self._process is not None:
            self._is_cancelled = True
            self._process.closeWriteChannel()

    @Slot()
    def shutdown(self) -> None:
        """End the child without a word, and wait until it has ended."""
        process, self._process = self._process, None
        if process is None:
            return
        process.finished.disconnect(self._on_finished)
        process.errorOccurred.disconnect(self._on_error)
        process.kill()
        process.waitForFinished(_GRACE_MS)
        process.deleteLater()

    @Slot()
    def _on_started(self) -> None:
        """Let whatever else runs go before the child; its threads are made later, and alike."""
        if self._process is not None and sys.platform != "win32":
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, self._process.processId(), _NICENESS)

    @Slot()
    def _on_printed(self) -> None:
        """Tell of every line that another one follows."""
        if self._process is None:
            return
        self._printed += bytes(self._process.readAllStandardOutput().data())
        *before, last = self._printed.removesuffix(b"\n").split(b"\n")
        ended = b"\n" if self._printed.endswith(b"\n") else b""
        self._printed = last + ended
        for line in before:
            self.told.emit(line.decode("utf-8", "replace"))

    @Slot(QProcess.ProcessError)
    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart and self._process is not None:
            reason = self._process.errorString()
            self._forget()
            self.failed.emit(f"{self._what} could not be started ({reason}).")

    @Slot(int, QProcess.ExitStatus)
    def _on_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        process = self._process
        if process is None:
            return
        self._on_printed()
        printed = self._printed.decode("utf-8", "replace")
        said = bytes(process.readAllStandardError().data()).decode("utf-8", "replace")
        self._forget()
        if status == QProcess.ExitStatus.NormalExit and code == 0:
            self.finished.emit(printed)
            return
        if self._is_cancelled:
            self.cancelled.emit()
            return
        lines = [line for line in said.splitlines() if line.startswith(_PREFIX)]
        reason = lines[-1].removeprefix(_PREFIX) if lines else f"{self._what} ended unexpectedly"
        self.failed.emit(as_sentence(reason))

    def _forget(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.deleteLater()

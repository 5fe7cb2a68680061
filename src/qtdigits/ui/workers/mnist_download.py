"""Fetching MNIST, by `qtdigits fetch-mnist` as a child process."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QProcess, Signal, Slot

from qtdigits.core.fetch_events import Fetched, FetchFailed, from_line
from qtdigits.core.mnist_file import FetchProgress
from qtdigits.core.wording import as_sentence
from qtdigits.ui.workers.command_line import child_environment, command_line

_GRACE_MS: Final = 700


class MnistDownload(QObject):
    """Owns the child process of at most one download at a time.

    A child, for looking up a name cannot be interrupted and a child can be: it may be killed at
    any time, and what has come is kept for the next time.

    Signals:
        progressed(FetchProgress): so much is here
        finished(Path): MNIST lies here, whole and right
        failed(str): it could not be fetched, and why
        cancelled(): the download was cancelled and has ended
    """

    progressed = Signal(object)
    finished = Signal(object)
    failed = Signal(str)
    cancelled = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None
        self._last: Fetched | FetchFailed | None = None
        self._is_cancelled = False

    @property
    def is_running(self) -> bool:
        """Whether a download goes on."""
        return self._process is not None

    @property
    def process_id(self) -> int:
        """The child's id, 0 when none runs."""
        return int(self._process.processId()) if self._process is not None else 0

    def start(self) -> None:
        """Fetch MNIST or go on fetching it; ignored while that goes on."""
        if self._process is not None:
            return
        process = QProcess(self)
        process.setProcessEnvironment(child_environment())
        process.readyReadStandardOutput.connect(self._on_output)
        process.errorOccurred.connect(self._on_error)
        process.finished.connect(self._on_finished)
        self._process, self._last, self._is_cancelled = process, None, False
        program, *start = command_line()
        process.start(program, [*start, "fetch-mnist", "--events"])

    def cancel(self) -> None:
        """End the download; cancelled() tells when it has ended. What has come is kept."""
        if self._process is not None and not self._is_cancelled:
            self._is_cancelled = True
            self._process.kill()

    def shutdown(self) -> None:
        """End the child, and wait until it has ended."""
        process = self._process
        if process is None:
            return
        process.finished.disconnect(self._on_finished)
        self._process = None
        process.kill()
        process.waitForFinished(_GRACE_MS)

    @Slot()
    def _on_output(self) -> None:
        process = self._process
        while process is not None and process.canReadLine():
            line = bytes(process.readLine().data()).decode("utf-8", "replace")
            event = from_line(line)
            if isinstance(event, FetchProgress):
                if not self._is_cancelled:
                    self.progressed.emit(event)
            elif event is not None:
                self._last = event

    @Slot(QProcess.ProcessError)
    def _on_error(self, error: QProcess.ProcessError) -> None:
        """A child that could not be started never finishes; all else is told by finished()."""
        if error == QProcess.ProcessError.FailedToStart and self._process is not None:
            reason = self._process.errorString()
            self._last = FetchFailed(f"fetching could not be started ({reason}); try again")
            self._end()

    @Slot(int, QProcess.ExitStatus)
    def _on_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        self._on_output()
        self._end()

    def _end(self) -> None:
        """The child is gone: tell how it ended."""
        process, self._process = self._process, None
        if process is not None:
            process.deleteLater()
        match self._last:
            case Fetched(path):
                self.finished.emit(path)
            case _ if self._is_cancelled:
                self.cancelled.emit()
            case FetchFailed(sentence):
                self.failed.emit(as_sentence(sentence))
            case _:
                self.failed.emit("Fetching ended without a result; what has come is kept.")

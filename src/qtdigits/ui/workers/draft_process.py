"""A child process that makes a network in a draft and says how it goes, a line at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QObject, QProcess, QTimer, Signal, Slot

from qtdigits.core.drafts import Draft
from qtdigits.ui.workers.command_line import child_environment, command_line

UNHARMED: Final = "the network in use is as it was"
END_MS: Final = 700
"""A child has this long to end with the program, whose person waits, before it is killed."""
_DETAILS_BYTES: Final = 4096
_LONGEST_LINE: Final = 16 << 20


class DraftProcess(QObject):
    """Owns the child process of at most one piece of work, and its draft until that is finished.

    What the work is called, what its lines mean and why it failed, its kinds say: they set
    `_result` to what finished() shall tell.

    Signals:
        finished(object): a network lies in the draft, which is the caller's again
        failed(str): the work ended without a result, and why; the draft is gone
        cancelled(): the child has ended, as it was asked to; the draft is gone
    """

    finished = Signal(object)
    failed = Signal(str)
    cancelled = Signal()

    def __init__(self, work: str, grace_ms: int, parent: QObject | None = None) -> None:
        """work: its name, such as 'training'. grace_ms: before a cancelled child is killed."""
        super().__init__(parent)
        self._work = work
        self._process: QProcess | None = None
        self._draft: Draft | None = None
        self._result: object = None
        self._stderr = b""
        self._line = bytearray()
        self._is_cancelled = False
        self._killer = QTimer(self)
        self._killer.setSingleShot(True)
        self._killer.setInterval(grace_ms)
        self._killer.timeout.connect(self._kill)

    @property
    def is_running(self) -> bool:
        """Whether there is a child."""
        return self._process is not None

    @property
    def process_id(self) -> int:
        """The child's id, 0 when there is none."""
        return int(self._process.processId()) if self._process is not None else 0

    def details(self) -> str:
        """The end of what the child wrote to standard error, for those who want to know."""
        return self._stderr.decode("utf-8", "replace").strip()

    def cancel(self) -> None:
        """End the work and throw away what it made; cancelled() tells when that is done."""
        if self._process is None or self._is_cancelled:
            return
        self._is_cancelled = True
        self._ask_to_end(self._process)
        self._killer.start()

    def shutdown(self) -> None:
        """End the child and wait until it has ended: no process is left, and no draft."""
        process = self._process
        if process is None:
            return
        self._is_cancelled = True
        self._ask_to_end(process)
        if not process.waitForFinished(END_MS):
            process.kill()
            process.waitForFinished(END_MS)

    def _start(self, draft: Draft, arguments: Sequence[str]) -> None:
        """Start `qtdigits` with these arguments, as the one who saves into the draft."""
        self._draft, self._result, self._is_cancelled = draft, None, False
        self._stderr, self._line = b"", bytearray()
        process = QProcess(self)
        process.setProcessEnvironment(child_environment())
        process.readyReadStandardOutput.connect(self._on_output)
        process.readyReadStandardError.connect(self._on_error_output)
        process.errorOccurred.connect(self._on_error)
        process.finished.connect(self._on_finished)
        self._process = process
        program, *start = command_line()
        process.start(program, [*start, *arguments])

    def _hear(self, line: str) -> None:
        """A whole line of the child's standard output."""
        raise NotImplementedError

    def _why_ended(self, code: int, crashed: bool) -> str:
        """The sentence for work without a result; code is the signal's if the child crashed."""
        raise NotImplementedError

    def _ask_to_end(self, process: QProcess) -> None:
        """The child ends when its input closes, and where there are signals, by one."""
        process.closeWriteChannel()
        process.terminate()

    @Slot()
    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()

    @Slot()
    def _on_output(self) -> None:
        if self._process is None:
            return
        self._line += self._process.readAllStandardOutput().data()
        *lines, rest = self._line.split(b"\n")
        self._line = rest if len(rest) <= _LONGEST_LINE else bytearray()
        for line in lines:
            self._hear(line.decode("utf-8", "replace"))

    @Slot()
    def _on_error_output(self) -> None:
        if self._process is not None:
            self._stderr += self._process.readAllStandardError().data()
            self._stderr = self._stderr[-_DETAILS_BYTES:]

    @Slot(QProcess.ProcessError)
    def _on_error(self, error: QProcess.ProcessError) -> None:
        """A child that could not be started never finishes; all else is told by finished()."""
        if error == QProcess.ProcessError.FailedToStart and self._process is not None:
            reason = self._process.errorString()
            self._end(f"The {self._work} could not be started ({reason}); {UNHARMED}.")

    @Slot(int, QProcess.ExitStatus)
    def _on_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        self._on_output()
        self._on_error_output()
        crashed = status == QProcess.ExitStatus.CrashExit
        is_whole = not crashed and code == 0 and self._result is not None
        self._end("" if is_whole else self._why_ended(code, crashed))

    def _end(self, problem: str) -> None:
        """The child is gone: tidy up, then tell how it ended."""
        process, draft, result = self._process, self._draft, self._result
        self._process = self._draft = None
        self._killer.stop()
        if process is not None:
            process.deleteLater()
        if draft is not None and (problem or self._is_cancelled):
            draft.discard()
        if self._is_cancelled:
            self.cancelled.emit()
        elif problem:
            self.failed.emit(problem)
        else:
            self.finished.emit(result)

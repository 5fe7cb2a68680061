"""A lesson as a child process: starts it, gives it drawings, hears what came of it, ends it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QProcess, QTimer, Signal, Slot

from qtdigits.core.drafts import Draft
from qtdigits.core.lesson import LessonDrawing, to_strokes
from qtdigits.core.lesson_events import LessonFailed, LessonFinished, LessonReady, from_line
from qtdigits.ui.workers.command_line import child_environment, command_line

_GRACE_MS: Final = 700
_DETAILS_BYTES: Final = 4096
_LONGEST_LINE: Final = 16 << 20
_UNHARMED: Final = "the network in use is as it was"


class LessonProcess(QObject):
    """Owns the child process of at most one lesson at a time, and its draft until it is finished.

    The child loads its network when it is started, and can be given drawings later: it is started
    while the person still draws.

    Signals:
        ready(): the child has loaded its network
        finished(LessonFinished): the lesson is over; the draft is the caller's again
        failed(str): there was no lesson, and why; the draft is gone
        cancelled(): the child has ended, as it was asked to; the draft is gone
    """

    ready = Signal()
    finished = Signal(object)
    failed = Signal(str)
    cancelled = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None
        self._draft: Draft | None = None
        self._result: LessonFinished | None = None
        self._sentence = ""
        self._stderr = b""
        self._line = bytearray()
        self._is_cancelled = False
        self._killer = QTimer(self)
        self._killer.setSingleShot(True)
        self._killer.setInterval(_GRACE_MS)
        self._killer.timeout.connect(self._kill)

    @property
    def is_running(self) -> bool:
        """Whether there is a child."""
        return self._process is not None

    def details(self) -> str:
        """The end of what the child wrote to standard error, for those who want to know."""
        return self._stderr.decode("utf-8", "replace").strip()

    def start(self, draft: Draft, model: Path) -> None:
        """Start a child that begins with the network at `model` and saves into the draft.

        Raises RuntimeError while another one runs.
        """
        if self._process is not None:
            raise RuntimeError("a lesson is held already")
        self._draft, self._result, self._is_cancelled = draft, None, False
        self._sentence, self._stderr, self._line = "", b"", bytearray()
        process = QProcess(self)
        process.setProcessEnvironment(child_environment())
        process.readyReadStandardOutput.connect(self._on_output)
        process.readyReadStandardError.connect(self._on_error_output)
        process.errorOccurred.connect(self._on_error)
        process.finished.connect(self._on_finished)
        self._process = process
        program, *start = command_line()
        options = ["--events", "--model", str(model), "--out", str(draft.network)]
        process.start(program, [*start, "learn", *options])

    def teach(self, drawings: Sequence[LessonDrawing]) -> None:
        """Give the child the drawings to learn from, all at once; it may be loading still."""
        if self._process is not None:
            self._process.write(f"{to_strokes(drawings)}\n".encode())

    def cancel(self) -> None:
        """End the lesson and throw away what it made; cancelled() tells when that is done."""
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
        if not process.waitForFinished(_GRACE_MS):
            process.kill()
            process.waitForFinished(_GRACE_MS)

    def _ask_to_end(self, process: QProcess) -> None:
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
            match from_line(line.decode("utf-8", "replace")):
                case LessonReady() if not self._is_cancelled:
                    self.ready.emit()
                case LessonFinished() as result:
                    self._result = result
                case LessonFailed() as failure:
                    self._sentence = failure.sentence

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
            self._end(f"The lesson could not be started ({reason}); {_UNHARMED}.")

    @Slot(int, QProcess.ExitStatus)
    def _on_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        self._on_output()
        self._on_error_output()
        is_whole = status == QProcess.ExitStatus.NormalExit and code == 0
        if is_whole and self._result is not None:
            self._end("")
        elif self._sentence:
            self._end(f"Nothing was learnt: {self._sentence.removesuffix('.')}.")
        else:
            self._end(f"The lesson ended without a result; {_UNHARMED}.")

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

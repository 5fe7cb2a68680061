"""A training run as a child process: starts it, hears its events, ends it."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QProcess, QTimer, Signal, Slot

from qtdigits.core.drafts import Draft
from qtdigits.core.ink import Ink
from qtdigits.core.training_events import TrainingFailed, TrainingFinished, from_line
from qtdigits.ui.workers.command_line import child_environment, command_line

_GRACE_MS: Final = 2000
"""A child that was asked to end has this long before it is killed."""
_QUICK_GRACE_MS: Final = 700
"""The same when the program ends, and the person waits."""
_DETAILS_BYTES: Final = 4096
_LONGEST_LINE: Final = 16 << 20
_WATCHED_FILE: Final = "watched.jsonl"
_UNHARMED: Final = "the network in use is as it was"


class TrainingProcess(QObject):
    """Owns the child process of at most one run at a time, and its draft until the run is finished.

    Signals:
        reported(RunEvent): what the run says, TrainingFinished and TrainingFailed too
        finished(TrainingFinished): a network lies in the draft, which is the caller's again
        failed(str): the run ended without a network, and why; the draft is gone
        cancelled(): the run was cancelled and has ended; the draft is gone
    """

    reported = Signal(object)
    finished = Signal(object)
    failed = Signal(str)
    cancelled = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None
        self._draft: Draft | None = None
        self._result: TrainingFinished | None = None
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
        """Whether there is a run that has not ended."""
        return self._process is not None

    @property
    def process_id(self) -> int:
        """The child's id, 0 when none runs."""
        return int(self._process.processId()) if self._process is not None else 0

    def details(self) -> str:
        """The end of what the run wrote to standard error, for those who want to know."""
        return self._stderr.decode("utf-8", "replace").strip()

    def start(
        self,
        draft: Draft,
        arguments: Sequence[str],
        watched: Sequence[Ink] = (),
        compare: Path | None = None,
    ) -> None:
        """Start a run that saves into the draft.

        arguments: the options of `qtdigits train` that say what to learn from and how. watched:
        drawings whose answers are told after each epoch. compare: the network to measure beside.
        Raises RuntimeError while another run goes on, ValueError when the draft cannot be written.
        """
        if self._process is not None:
            raise RuntimeError("a training is running already")
        options = [*arguments, "--events", "--out", str(draft.network)]
        if watched:
            options += ["--watch", str(_write_watched(draft, watched))]
        if compare is not None:
            options += ["--compare", str(compare)]
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
        process.start(program, [*start, "train", *options])

    def stop(self) -> None:
        """Let the run end after the batch it is at, and keep the best network so far."""
        if self._process is not None:
            self._process.write(b"stop\n")

    def cancel(self) -> None:
        """End the run and throw away what it made; cancelled() tells when it is done."""
        if self._process is None or self._is_cancelled:
            return
        self._is_cancelled = True
        self._ask_to_end(self._process)
        self._killer.start()

    def shutdown(self) -> None:
        """End the run and wait until it has ended: no process is left, and no draft."""
        process = self._process
        if process is None:
            return
        self._is_cancelled = True
        self._ask_to_end(process)
        if not process.waitForFinished(_QUICK_GRACE_MS):
            process.kill()
            process.waitForFinished(_QUICK_GRACE_MS)

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
            event = from_line(line.decode("utf-8", "replace"))
            if event is None or self._is_cancelled:
                continue
            if isinstance(event, TrainingFinished):
                self._result = event
            elif isinstance(event, TrainingFailed):
                self._sentence = event.sentence
            self.reported.emit(event)

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
            self._end(f"The training could not be started ({reason}); {_UNHARMED}.")

    @Slot(int, QProcess.ExitStatus)
    def _on_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        self._on_output()
        self._on_error_output()
        crashed = status == QProcess.ExitStatus.CrashExit
        if not crashed and code == 0 and self._result is not None:
            self._end("")
        else:
            self._end(_told(self._sentence) or _why_ended(code, crashed))

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


def _write_watched(draft: Draft, inks: Sequence[Ink]) -> Path:
    """The drawings to watch as a strokes file in the draft."""
    path = draft.folder / _WATCHED_FILE
    lines = [json.dumps({"strokes": ink.to_json()}) + "\n" for ink in inks]
    try:
        path.write_text("".join(lines), encoding="utf-8")
    except OSError as error:
        raise ValueError(
            f"the training could not be prepared ({error.strerror or error}); free some space"
        ) from error
    return path


def _told(reason: str) -> str:
    """The sentence for a reason that the run itself gave."""
    return reason and f"No network was made: {reason.removesuffix('.')}."


def _why_ended(code: int, crashed: bool) -> str:
    """The sentence for a run that ended without saying why; code is the signal's if it crashed."""
    if crashed and os.name == "posix" and code == signal.SIGKILL:
        return f"The training was killed, perhaps because memory ran out; {_UNHARMED}."
    if crashed:
        return f"The training crashed; {_UNHARMED}."
    return f"The training ended without a result; {_UNHARMED}."

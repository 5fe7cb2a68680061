"""A lesson as a child process: starts it, gives it drawings, hears what came of it, ends it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from qtdigits.core.drafts import Draft
from qtdigits.core.lesson import LessonDrawing, to_strokes
from qtdigits.core.lesson_events import LessonFailed, LessonFinished, LessonReady, from_line
from qtdigits.ui.workers.draft_process import END_MS, UNHARMED, DraftProcess

_AT_ONCE: Final = 20


class LessonProcess(DraftProcess):
    """Owns the child process of at most one lesson at a time, and its draft until it is finished.

    The child loads its network when it is started, and can be given drawings later: it is started
    while the person still draws. finished() tells a LessonFinished.

    Signals:
        ready(): the child has loaded its network
    """

    ready = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__("lesson", END_MS, parent)
        self._sentence = ""
        self._untold: Sequence[LessonDrawing] = ()

    def start(self, draft: Draft, model: Path) -> None:
        """Start a child that begins with the network at `model` and saves into the draft.

        Raises RuntimeError while another one runs.
        """
        if self.is_running:
            raise RuntimeError("a lesson is held already")
        self._sentence = ""
        self._untold = ()
        options = ["--events", "--model", str(model), "--out", str(draft.network)]
        self._start(draft, ["learn", *options])

    def teach(self, drawings: Sequence[LessonDrawing]) -> None:
        """Give the child the drawings to learn from, all at once; it may be loading still."""
        self._untold = drawings
        self._tell_some()

    @Slot()
    def _tell_some(self) -> None:
        """Write a few drawings, and then let the window breathe: a thousand take a while."""
        if self._process is None or self._is_cancelled or not self._untold:
            return
        some, self._untold = self._untold[:_AT_ONCE], self._untold[_AT_ONCE:]
        end = "" if self._untold else "\n"
        self._process.write(f"{to_strokes(some)}{end}".encode())
        QTimer.singleShot(0, self._tell_some)

    def _hear(self, line: str) -> None:
        match from_line(line):
            case LessonReady() if not self._is_cancelled:
                self.ready.emit()
            case LessonFinished() as result:
                self._result = result
            case LessonFailed() as failure:
                self._sentence = failure.sentence

    def _why_ended(self, code: int, crashed: bool) -> str:
        if self._sentence:
            return f"Nothing was learnt: {self._sentence.removesuffix('.')}."
        return f"The lesson ended without a result; {UNHARMED}."

"""Follows the drawing on the canvas: changed ink becomes a request, its answer goes on.

No widgets here, and no network: only who asked what, and which answer still counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from qtdigits.core.history import HistoryEntry
from qtdigits.core.ink import Ink
from qtdigits.core.prediction import Request, Result

_SETTLING_MS = 250  # a drawing at rest this long belongs into the history


@dataclass(frozen=True, slots=True)
class _Drawing:
    """The drawing that the history knows under this id."""

    id: int
    begun: datetime


class Session(QObject):
    """Owns what is known about the drawing on the canvas.

    Signals:
        asked(Request): the network is to answer this
        awaiting(): an answer is on its way; what is shown is no longer the newest
        answered(Result): the newest answer there is for the drawing on the canvas
        emptied(): nothing is written
        settled(HistoryEntry): a drawing and its answer for the history; the same id again when
            the drawing has grown
    """

    asked = Signal(object)
    awaiting = Signal()
    answered = Signal(object)
    emptied = Signal()
    settled = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ink = Ink()
        self._newest_id = 0
        self._oldest_valid_id = 0
        self._shown_id = 0
        self._drawing: _Drawing | None = None
        self._last_drawing_id = 0
        self._unsettled: HistoryEntry | None = None
        self._left: HistoryEntry | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLING_MS)
        self._timer.timeout.connect(self.settle)

    @Slot(object)
    def on_ink_changed(self, ink: Ink) -> None:
        """The canvas shows this ink now."""
        if ink == self._ink:
            return
        self._ink = ink
        self._newest_id += 1
        if ink.is_empty:
            self._leave_drawing()
            self._oldest_valid_id = self._newest_id + 1
            self.emptied.emit()
            return
        if self._drawing is None:
            self._begin_drawing(ink)
        self.awaiting.emit()
        self.asked.emit(Request(self._newest_id, ink))

    @Slot(object)
    def on_predicted(self, result: Result) -> None:
        """An answer came; it is passed on unless its ink is gone or a newer one was shown.

        While the pen moves, an answer is a few samples old when it arrives; it is shown all the
        same, so that the answer follows the pen.
        """
        if result.id < self._oldest_valid_id or result.id <= self._shown_id:
            return
        self._shown_id = result.id
        self.answered.emit(result)
        if result.id == self._newest_id and self._drawing is not None:
            self._unsettled = HistoryEntry(
                self._drawing.id, self._ink, result.prediction, self._drawing.begun
            )
            self._timer.start()
        else:
            self.awaiting.emit()

    @Slot(object)
    def on_entry_chosen(self, entry: HistoryEntry) -> None:
        """A drawing of the history comes back to the canvas; it keeps its place in the history."""
        self.settle()
        self._drawing = _Drawing(entry.id, entry.created)
        self._oldest_valid_id = self._newest_id + 1

    @Slot()
    def settle(self) -> None:
        """Pass the drawing with its answer on to the history now, if that is still to be done."""
        self._timer.stop()
        if self._unsettled is not None:
            self._left = self._unsettled
            self.settled.emit(self._unsettled)
            self._unsettled = None

    def _begin_drawing(self, ink: Ink) -> None:
        if self._left is not None and self._left.ink == ink:
            # Undo has brought the last drawing back: it is not a second one.
            self._drawing = _Drawing(self._left.id, self._left.created)
            return
        self._last_drawing_id += 1
        self._drawing = _Drawing(self._last_drawing_id, datetime.now().astimezone())

    def _leave_drawing(self) -> None:
        self.settle()
        self._drawing = None

"""Follows the drawing on the canvas: changed ink becomes a request, its answer goes on.

No widgets here, and no network: only who asked what, and which answer still counts.
"""

from __future__ import annotations

from collections import deque
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from qtdigits.core.history import HistoryEntry
from qtdigits.core.ink import Ink
from qtdigits.core.prediction import Request, Result

_SETTLING_MS = 250  # a drawing at rest this long belongs into the history
_REMEMBERED = 100  # drawings that are known again when undo or the history brings them back


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
        self._drawing_id = 0  # 0: none is begun
        self._begun = datetime.now().astimezone()
        self._last_drawing_id = 0
        self._unsettled: HistoryEntry | None = None
        self._remembered: deque[HistoryEntry] = deque(maxlen=_REMEMBERED)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLING_MS)
        self._timer.timeout.connect(self.settle)

    @Slot(object)
    def on_ink_changed(self, ink: Ink) -> None:
        """The canvas shows this ink now."""
        if ink == self._ink:
            return
        self._newest_id += 1
        self._take_up_drawing(ink)
        self._ink = ink
        if ink.is_empty:
            self.emptied.emit()
            return
        self.awaiting.emit()
        self.asked.emit(Request(self._newest_id, ink))

    @Slot()
    def ask_again(self) -> None:
        """Another network reads now: what is written is asked about anew, late answers dropped."""
        if self._ink.is_empty:
            return
        self._newest_id += 1
        self._oldest_valid_id = self._newest_id
        self.awaiting.emit()
        self.asked.emit(Request(self._newest_id, self._ink))

    @Slot(object)
    def on_predicted(self, result: Result) -> None:
        """An answer came; it is passed on unless its drawing is gone or a newer one was shown.

        While the pen moves, an answer is a few samples old when it arrives; it is shown all the
        same, so that the answer follows the pen.
        """
        if self._ink.is_empty or result.id < self._oldest_valid_id or result.id <= self._shown_id:
            return
        self._shown_id = result.id
        self.answered.emit(result)
        if result.id < self._newest_id:
            self.awaiting.emit()
            return
        self._unsettled = HistoryEntry(self._drawing_id, self._ink, result.prediction, self._begun)
        self._timer.start()

    @Slot()
    def settle(self) -> None:
        """Pass the drawing with its answer on to the history now, if that is still to be done."""
        self._timer.stop()
        entry, self._unsettled = self._unsettled, None
        if entry is None:
            return
        for known in self._remembered:
            if known.id == entry.id:
                self._remembered.remove(known)
                break
        self._remembered.append(entry)
        self.settled.emit(entry)

    def _take_up_drawing(self, ink: Ink) -> None:
        """Decide which drawing the ink belongs to: a known one, the one at hand, or a new one."""
        known = self._known(ink)
        if ink.is_empty:
            drawing_id = 0
        elif known is not None:
            drawing_id = known.id
        elif self._drawing_id:
            return
        else:
            self._last_drawing_id += 1
            drawing_id = self._last_drawing_id
        if drawing_id == self._drawing_id:
            return
        self.settle()
        self._drawing_id = drawing_id
        self._begun = known.created if known is not None else datetime.now().astimezone()
        # What was asked about the drawing before must not be shown for this one.
        self._oldest_valid_id = self._newest_id

    def _known(self, ink: Ink) -> HistoryEntry | None:
        """The remembered drawing that the ink is, or, after an empty canvas, grows to be again.

        Redo brings a drawing back stroke by stroke, quicker than the network answers.
        """
        for entry in self._remembered:
            if entry.ink == ink:
                return entry
        if self._drawing_id or ink.is_empty:
            return None
        count = len(ink.strokes)
        for entry in reversed(self._remembered):
            if entry.ink.strokes[:count] == ink.strokes:
                return entry
        return None

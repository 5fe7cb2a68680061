"""Follows the drawing on the canvas: changed ink becomes a request, its answer goes on.

No widgets here, and no network: only who asked what, and which answer still counts.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from qtdigits.core.history import READ, HistoryEntry
from qtdigits.core.ink import Ink
from qtdigits.core.prediction import Prediction, Request, Result, Verdict
from qtdigits.core.verdict import UNREAD

_SETTLING_MS = 250  # a drawing at rest this long belongs into the history
_REMEMBERED = 100  # drawings that are known again when undo or the history brings them back
_FIRST_ID = -(1 << 40)  # drawings that the store has not numbered yet lie below 0


class Session(QObject):
    """Owns what is known about the drawing on the canvas.

    Signals:
        asked(Request): the network is to answer this
        awaiting(): an answer is on its way; what is shown is no longer the newest
        answered(Result): the newest answer there is for the drawing on the canvas
        emptied(): nothing is written
        settled(HistoryEntry): a drawing and its answer for the history; the same id again when
            the drawing has grown
        labelled(int | None): what the person says that the drawing on the canvas shows
    """

    asked = Signal(object)
    awaiting = Signal()
    answered = Signal(object)
    emptied = Signal()
    settled = Signal(object)
    labelled = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ink = Ink()
        self._newest_id = 0
        self._oldest_valid_id = 0
        self._shown_id = 0
        self._drawing_id = 0  # 0: none is begun
        self._begun = datetime.now().astimezone()
        self._last_drawing_id = _FIRST_ID
        self._label: int | None = None
        self._model = ""
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
        self._show_label()
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
        self._unsettled = self._entry(result.prediction)
        self._timer.start()

    @Slot(int)
    def label(self, digit: int | None) -> None:
        """The person says what the drawing on the canvas shows; the history hears of it at once.

        Before there is an answer, the label waits for it, or for the end of the drawing.
        """
        if self._ink.is_empty:
            return
        self._label = digit
        self.labelled.emit(digit)
        entry = self._answered_entry()
        if entry is not None:
            self._unsettled = replace(entry, label=digit)
            self.settle()

    @Slot()
    def agree(self) -> None:
        """The person says that the answer is right; nothing happens where no digit was read."""
        entry = self._answered_entry()
        if entry is not None and entry.prediction.verdict in READ:
            self.label(entry.prediction.digit)

    def set_model(self, sha256: str) -> None:
        """The network with this checksum answers from now on."""
        self._model = sha256

    def remember(self, entry: HistoryEntry) -> None:
        """A drawing of the history comes onto the canvas: it goes on being that drawing."""
        self._forget(entry.id)
        self._remembered.append(entry)

    def update_labels(self, labels: Mapping[int, int | None]) -> None:
        """Drawings were labelled elsewhere, or lost their labels."""
        for at, known in enumerate(self._remembered):
            if known.id in labels:
                self._remembered[at] = replace(known, label=labels[known.id])
        if self._unsettled is not None and self._unsettled.id in labels:
            self._unsettled = replace(self._unsettled, label=labels[self._unsettled.id])
        if labels.get(self._drawing_id, self._label) != self._label:
            self._label = labels[self._drawing_id]
            self.labelled.emit(self._label)

    def renumber(self, former_id: int, entry_id: int) -> None:
        """The store gave a drawing its number."""
        for at, known in enumerate(self._remembered):
            if known.id == former_id:
                self._remembered[at] = replace(known, id=entry_id)
        if self._unsettled is not None and self._unsettled.id == former_id:
            self._unsettled = replace(self._unsettled, id=entry_id)
        if self._drawing_id == former_id:
            self._drawing_id = entry_id

    def forget_drawings(self) -> None:
        """Somebody else draws now: what was drawn before is not known any more."""
        self.settle()
        self._remembered.clear()

    @Slot()
    def settle(self) -> None:
        """Pass the drawing with its answer on to the history now, if that is still to be done."""
        self._timer.stop()
        entry, self._unsettled = self._unsettled, None
        if entry is None:
            return
        self.remember(entry)
        self.settled.emit(entry)

    def end_drawing(self) -> None:
        """Pass the drawing on to the history as it is: nothing more is written on it now."""
        if self._label is not None and self._answered_entry() is None and not self._ink.is_empty:
            # What the person said must not be lost with an answer that never came.
            self._unsettled = self._entry(UNREAD)
        self.settle()

    def _entry(self, prediction: Prediction) -> HistoryEntry:
        """The drawing on the canvas with an answer: its first one, as long as it is the same."""
        for known in self._remembered:
            if known.id == self._drawing_id and known.ink == self._ink:
                if known.prediction.verdict is Verdict.UNREAD:
                    return replace(
                        known, prediction=prediction, model=self._model, label=self._label
                    )
                return replace(known, label=self._label)
        return HistoryEntry(
            self._drawing_id, self._ink, prediction, self._begun, self._label, self._model
        )

    def _answered_entry(self) -> HistoryEntry | None:
        """The drawing on the canvas with its answer, None while that is awaited."""
        if self._unsettled is not None:
            return self._unsettled if self._unsettled.ink == self._ink else None
        for known in self._remembered:
            if known.id == self._drawing_id and known.ink == self._ink:
                return None if known.prediction.verdict is Verdict.UNREAD else known
        return None

    def _show_label(self) -> None:
        """Ink that has changed may show something else: the label holds for a known drawing."""
        label = None
        for known in self._remembered:
            if known.id == self._drawing_id and known.ink == self._ink:
                label = known.label
        if label != self._label:
            self._label = label
            self.labelled.emit(label)

    def _forget(self, entry_id: int) -> None:
        for known in self._remembered:
            if known.id == entry_id:
                self._remembered.remove(known)
                return

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
        self.end_drawing()
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

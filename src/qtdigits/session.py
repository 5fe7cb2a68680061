"""Follows the drawing on the canvas: changed ink becomes a request, its answer goes on.

No widgets here, and no network: only who asked what, and which answer still counts.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from qtdigits.core.arrangement import ArrangedInk, Arrangement
from qtdigits.core.history import READ, HistoryEntry
from qtdigits.core.ink import Bounds, Ink
from qtdigits.core.look import first_look, look_there
from qtdigits.core.paper_entries import PaperEntries, is_same_paper
from qtdigits.core.reading import Reading
from qtdigits.core.request import Request, Result

_SETTLING_MS: Final = 250
"""A drawing at rest this long belongs into the history."""

_OPENED: Final = 100
"""So many drawings of the history are known to be one digit each."""


class Session(QObject):
    """Owns what is known about the drawing on the canvas: one digit, or a number of them.

    Signals:
        asked(Request): the network is to answer this
        awaiting(): an answer is on its way; what is shown is no longer the newest
        answered(Result): the newest answer there is for the drawing on the canvas
        looked(Result): the same answer, and another digit of it is looked at
        emptied(): nothing is written
        settled(HistoryEntry): a digit and its answer for the history; the same id again when it
            has grown
        withdrawn(tuple[int, ...]): these belong to other digits now, and are no drawings any more
        current_changed(int | None): the history entry of the digit looked at
        labelled(int | None): what the person says that the digit looked at is
        labels_changed(tuple[int | None, ...]): the same of each digit of the newest answer, in
            reading order
        label_unclear(int): they said this before anything was read, and there are several digits
    """

    asked = Signal(object)
    awaiting = Signal()
    answered = Signal(object)
    looked = Signal(object)
    emptied = Signal()
    settled = Signal(object)
    withdrawn = Signal(object)
    current_changed = Signal(object)
    labelled = Signal(object)
    labels_changed = Signal(object)
    label_unclear = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._drawing = ArrangedInk()
        self._newest_id = 0
        self._oldest_valid_id = 0
        self._shown: Result | None = None
        self._is_answered = False
        self._is_unsettled = False
        self._chosen: Bounds | None = None
        self._said: int | None = None
        self._is_said_now = False
        self._shown_label: int | None = None
        self._shown_labels: tuple[int | None, ...] = ()
        self._model = ""
        self._paper = PaperEntries()
        self._opened: deque[Ink] = deque(maxlen=_OPENED)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLING_MS)
        self._timer.timeout.connect(self.settle)

    @Slot(object)
    def on_drawing_changed(self, drawing: ArrangedInk) -> None:
        """The canvas shows this ink now, divided like this."""
        if drawing == self._drawing:
            return
        # It is not at rest: what was read of a part of it is no answer for the history.
        self._timer.stop()
        self._newest_id += 1
        ink, before = drawing.ink, self._drawing.ink
        if not is_same_paper(before, ink):
            self.end_drawing()
            self._paper.turn_page(ink)
            # What was asked about the drawing before must not be shown for this one.
            self._oldest_valid_id = self._newest_id
            self._shown = None
            self._show_labels(())
        if ink != before:
            # Who goes on writing looks at what they write.
            self._chosen = None
            known = self._paper.known(ink)
            self._said = None if known is None else known.label
            self._is_said_now = False
        self._drawing = drawing
        self._is_answered = False
        self._show_label(self._said)
        if ink.is_empty:
            self.emptied.emit()
            return
        self.awaiting.emit()
        self._ask()

    @Slot()
    def ask_again(self) -> None:
        """Another network reads now: what is written is asked about anew, late answers dropped."""
        if self._drawing.ink.is_empty:
            return
        self._newest_id += 1
        self._oldest_valid_id = self._newest_id
        self.awaiting.emit()
        self._ask()

    @Slot(object)
    def on_predicted(self, result: Result) -> None:
        """An answer came; it is passed on unless its drawing is gone or a newer one was shown.

        While the pen moves, an answer is a few samples old when it arrives; it is shown all the
        same, so that the answer follows the pen.
        """
        shown_id = 0 if self._shown is None else self._shown.id
        if self._drawing.ink.is_empty or result.id < self._oldest_valid_id:
            return
        if result.id <= shown_id:
            return
        self._shown = replace(result, looked_at=self._look(result.reading))
        if result.id < self._newest_id:
            self.answered.emit(self._shown)
            self.awaiting.emit()
            return
        self._take_up(result)
        self.answered.emit(self._shown)
        self._show_label(self._label())
        self._timer.start()

    @Slot(int)
    def look_at(self, at: int) -> None:
        """The person looks at this digit of the number, from 0 at the left."""
        if self._shown is None or not 0 <= at < len(self._shown.reading):
            return
        self._chosen = self._shown.reading.digits[at].bounds
        if at == self._shown.looked_at:
            return
        self._shown = replace(self._shown, looked_at=at)
        self.looked.emit(self._shown)
        if self._is_answered:
            self._show_label(self._label())
            self._show_current()

    @Slot(object)
    def look_for(self, bounds: Bounds) -> None:
        """However the number is divided next, the digit that lies there is looked at."""
        self._chosen = bounds

    @Slot(int)
    def label(self, digit: int | None) -> None:
        """The person says what the digit looked at is; the history hears of it at once.

        Before there is an answer, the label waits for it, or for the end of the drawing; it is of
        the digit that is looked at by then, if an older answer shows one.
        """
        if self._drawing.ink.is_empty:
            return
        at = self._at()
        if at is None:
            self._said, self._is_said_now = digit, digit is not None
            if self._shown is not None and self._shown.reading.digits:
                self._chosen = self._shown.reading.digits[self._shown.looked_at].bounds
        else:
            self._paper.label(at, digit)
            self._is_unsettled = True
        self._show_label(digit)
        if at is not None:
            self.settle()

    @Slot()
    def agree(self) -> None:
        """The person says that the answer is right; nothing happens where no digit was read.

        In a number, what they said of single digits before stands.
        """
        if not self._is_answered:
            return
        entries = self._paper.entries
        for at, entry in enumerate(entries):
            is_said = entry.label is not None and len(entries) > 1
            if entry.prediction.verdict in READ and not is_said:
                self._paper.label(at, entry.prediction.digit)
                self._is_unsettled = True
        self._show_label(self._label())
        self.settle()

    def set_model(self, sha256: str) -> None:
        """The network with this checksum answers from now on."""
        self._model = sha256

    def remember(self, entry: HistoryEntry) -> None:
        """A drawing of the history comes onto the canvas: it is one digit, and goes on as that."""
        self._paper.remember(entry)
        self._opened.append(entry.ink)

    def update_labels(self, labels: Mapping[int, int | None]) -> None:
        """Drawings were labelled elsewhere, or lost their labels."""
        self._paper.update_labels(labels)
        if self._is_answered:
            self._show_label(self._label())

    def renumber(self, former_id: int, entry_id: int) -> None:
        """The store gave a drawing its number."""
        self._paper.renumber(former_id, entry_id)

    def forget_drawings(self) -> None:
        """Somebody else draws now: what was drawn before is not known any more."""
        self.settle()
        self._paper.forget()
        self._opened.clear()
        self._is_answered = False

    @Slot()
    def settle(self) -> None:
        """Pass the digits with their answers on to the history, if that is still to be done."""
        self._timer.stop()
        if not self._is_unsettled:
            return
        self._is_unsettled = False
        settling = self._paper.settle()
        # In this order, so that ink which goes over to another digit is always in one of them.
        for entry in settling.entries:
            self.settled.emit(entry)
        if settling.withdrawn:
            self.withdrawn.emit(settling.withdrawn)
        self._show_current()

    def end_drawing(self) -> None:
        """Pass the drawing on to the history as it is: nothing more is written on it now."""
        ink = self._drawing.ink
        # Where a number has been read, one digit said of all of it would take its entries away.
        is_one = len(self._paper.entries) < 2
        if self._said is not None and is_one and not self._is_answered and not ink.is_empty:
            self._paper.keep_unread(ink, self._said)
            self._said = None
            self._is_unsettled = True
        self.settle()

    def _ask(self) -> None:
        arrangements = self._drawing.arrangements
        ink = self._drawing.ink
        if not arrangements and ink in self._opened:
            arrangements = (Arrangement(ink.strokes, (ink,)),)
        self.asked.emit(Request(self._newest_id, ink, arrangements))

    def _take_up(self, result: Result) -> None:
        """The newest answer: its digits are those on the paper."""
        ink = self._drawing.ink
        digits = [(digit.ink or ink, digit.prediction) for digit in result.reading]
        self._paper.read(digits, self._model)
        if not self._is_answered and self._said is not None:
            if len(digits) == 1:
                self._paper.label(0, self._said)
            elif digits and self._is_said_now and self._chosen is not None and self._shown:
                self._paper.label(self._shown.looked_at, self._said)
            elif digits and self._is_said_now:
                # Which of them was meant is a guess, and lessons learn from labels.
                self.label_unclear.emit(self._said)
        self._said, self._is_said_now = None, False
        self._is_answered = self._is_unsettled = True

    def _look(self, reading: Reading) -> int:
        return first_look(reading) if self._chosen is None else look_there(reading, self._chosen)

    def _at(self) -> int | None:
        """The digit looked at, where it is that of the newest answer."""
        at = 0 if self._shown is None else self._shown.looked_at
        return at if self._is_answered and at < len(self._paper.entries) else None

    def _label(self) -> int | None:
        at = self._at()
        return None if at is None else self._paper.entries[at].label

    def _show_label(self, label: int | None) -> None:
        if label != self._shown_label:
            self._shown_label = label
            self.labelled.emit(label)
        if self._is_answered:
            self._show_labels(tuple(entry.label for entry in self._paper.entries))

    def _show_labels(self, labels: tuple[int | None, ...]) -> None:
        if labels != self._shown_labels:
            self._shown_labels = labels
            self.labels_changed.emit(labels)

    def _show_current(self) -> None:
        at = self._at()
        if at is not None:
            self.current_changed.emit(self._paper.entries[at].id)

"""Follows one lesson from the drawings to what becomes of the taught network.

Knows neither widgets nor the network: only the child process, the lesson book and the draft.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from PySide6.QtCore import QObject, Signal, Slot

from qtdigits.core.dates import short_day
from qtdigits.core.drafts import Draft
from qtdigits.core.lesson import LessonDrawing
from qtdigits.core.lesson_book import LessonBook
from qtdigits.core.lesson_events import LessonFinished
from qtdigits.core.library import ModelLibrary
from qtdigits.core.store.people import Person
from qtdigits.core.wording import as_sentence
from qtdigits.ui.workers.lesson_process import LessonProcess


class LessonState(StrEnum):
    """What can be done next."""

    IDLE = "idle"
    WAITING = "waiting"
    """A child loads its network, or has, and waits for drawings."""
    LEARNING = "learning"
    CANCELLING = "cancelling"
    DECIDING = "deciding"
    """There is a taught network, and nobody has said yet what becomes of it."""


class LessonSession(QObject):
    """Owns the lesson and, from its end until it is decided about, the taught network's draft.

    A request that does not fit the state is ignored: a button may be pressed just too late.

    Signals:
        state_changed(LessonState)
        finished(LessonFinished): the lesson is over; if saved, there is a network to decide about
        failed(str): there was no lesson, and why
        chosen(LibraryEntry): this network is to read from now on
        changed(): the person's lessons are others
        refused(str): what was asked for could not be done, and why
    """

    state_changed = Signal(object)
    finished = Signal(object)
    failed = Signal(str)
    chosen = Signal(object)
    changed = Signal()
    refused = Signal(str)

    def __init__(
        self,
        library: ModelLibrary,
        book: LessonBook,
        process: LessonProcess,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._book = book
        self._process = process
        self._state = LessonState.IDLE
        self._draft: Draft | None = None
        self._person: Person | None = None
        self._waiting: Person | None = None
        process.setParent(self)
        process.finished.connect(self._on_finished)
        process.failed.connect(self._on_failed)
        process.cancelled.connect(self._on_cancelled)

    @property
    def state(self) -> LessonState:
        return self._state

    @property
    def person(self) -> Person | None:
        """Whose lesson it is."""
        return self._person

    def prepare(self, person: Person) -> None:
        """Start a child for this person, which loads while they still draw or read."""
        if self._state is LessonState.CANCELLING:
            self._waiting = person  # the child before this one has not ended yet
        if self._state is not LessonState.IDLE:
            return
        try:
            draft = self._library.new_draft()
            model = self._book.base().path
        except ValueError as error:
            self.failed.emit(as_sentence(str(error)))
            return
        self._draft, self._person = draft, person
        self._set_state(LessonState.WAITING)
        self._process.start(draft, model)

    def learn(self, drawings: Sequence[LessonDrawing]) -> None:
        """Let the child learn from these drawings as soon as it can."""
        if self._state is LessonState.WAITING:
            self._set_state(LessonState.LEARNING)
            self._process.teach(drawings)

    @Slot()
    def cancel(self) -> None:
        """End the lesson and throw away what it made."""
        self._waiting = None
        if self._state in (LessonState.WAITING, LessonState.LEARNING):
            self._set_state(LessonState.CANCELLING)
            self._process.cancel()

    @Slot()
    def use(self) -> None:
        """Keep the taught network, and read with it from now on."""
        if self._state is not LessonState.DECIDING or self._draft is None or self._person is None:
            return
        now = datetime.now().astimezone()
        name = f"{self._person.name}’s hand, {short_day(now)} {now:%H:%M}"
        try:
            kept = self._book.keep(self._draft, name, self._person.id)
        except ValueError as error:
            self.refused.emit(as_sentence(str(error)))
            return
        self._decided()
        self.changed.emit()
        self.chosen.emit(kept.network)

    @Slot()
    def discard(self) -> None:
        """Throw the taught network away."""
        if self._state is LessonState.DECIDING and self._draft is not None:
            self._draft.discard()
            self._decided()

    def take_back(self, entry_id: str, person: Person) -> None:
        """Undo a lesson of this person for good."""
        try:
            reads = self._book.take_back(entry_id, person.id)
        except ValueError as error:
            self.refused.emit(as_sentence(str(error)))
            return
        self.changed.emit()
        self.chosen.emit(reads)

    def read_with(self, entry_id: str, person: Person) -> None:
        """Read with this network for this person from now on."""
        try:
            reads = self._book.use(entry_id, person.id)
        except ValueError as error:
            self.refused.emit(as_sentence(str(error)))
            return
        self.changed.emit()
        self.chosen.emit(reads)

    def shutdown(self) -> None:
        """End the lesson now; one that nobody decided about is thrown away: it cost seconds.

        When this returns no child process is left.
        """
        self._waiting = None
        self.discard()
        self._process.shutdown()

    def _decided(self) -> None:
        self._draft = None
        self._set_state(LessonState.IDLE)

    def _on_finished(self, result: LessonFinished) -> None:
        if result.saved:
            self._set_state(LessonState.DECIDING)
        else:
            if self._draft is not None:
                self._draft.discard()
            self._decided()
        self.finished.emit(result)

    def _on_failed(self, sentence: str) -> None:
        self._decided()
        self.failed.emit(sentence)

    def _on_cancelled(self) -> None:
        self._decided()
        if self._waiting is not None:
            self.prepare(self._waiting)
            self._waiting = None

    def _set_state(self, state: LessonState) -> None:
        if state is not self._state:
            self._state = state
            self.state_changed.emit(state)

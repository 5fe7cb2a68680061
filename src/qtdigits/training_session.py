"""Follows one training run from its plan to what becomes of its network.

Knows neither widgets nor the network: only the child process, the library and the draft.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from PySide6.QtCore import QObject, Signal, Slot

from qtdigits.core.dates import short_day
from qtdigits.core.drafts import Draft
from qtdigits.core.ink import Ink
from qtdigits.core.library import LibraryEntry, ModelLibrary
from qtdigits.core.training_events import TrainingFinished
from qtdigits.core.training_plan import TrainingPlan
from qtdigits.core.wording import as_sentence
from qtdigits.ui.workers.training_process import TrainingProcess


class TrainingState(StrEnum):
    """What can be done next."""

    IDLE = "idle"
    RUNNING = "running"
    STOPPING = "stopping"
    CANCELLING = "cancelling"
    DECIDING = "deciding"
    """A network is there, and nobody has said yet what becomes of it."""


class TrainingSession(QObject):
    """Owns the run and, from its end until it is decided about, the new network's draft.

    A request that does not fit the state is ignored: a button may be pressed just too late.

    Signals:
        state_changed(TrainingState)
        reported(RunEvent): as of TrainingProcess
        finished(TrainingFinished): there is a network to decide about
        failed(str): the run ended without one, and why
        cancelled(): the run ended without one, as the person wished
        kept(LibraryEntry): the new network lies in the library
        chosen(LibraryEntry): this network is to read from now on
        discarded(): the new network is gone
        refused(str): what was asked for could not be done, and why
    """

    state_changed = Signal(object)
    reported = Signal(object)
    finished = Signal(object)
    failed = Signal(str)
    cancelled = Signal()
    kept = Signal(object)
    chosen = Signal(object)
    discarded = Signal()
    refused = Signal(str)

    def __init__(
        self,
        library: ModelLibrary,
        process: TrainingProcess,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._process = process
        self._state = TrainingState.IDLE
        self._draft: Draft | None = None
        self._result: TrainingFinished | None = None
        process.setParent(self)
        process.reported.connect(self.reported)
        process.finished.connect(self._on_finished)
        process.failed.connect(self._on_failed)
        process.cancelled.connect(self._on_cancelled)

    @property
    def state(self) -> TrainingState:
        return self._state

    @property
    def result(self) -> TrainingFinished | None:
        """What there is to decide about."""
        return self._result

    @property
    def process_id(self) -> int:
        """The child's id, 0 when none runs."""
        return self._process.process_id

    def start(self, plan: TrainingPlan, watched: Sequence[Ink] = ()) -> None:
        """Begin a run; watched drawings are read again after each epoch."""
        if self._state is not TrainingState.IDLE:
            return
        try:
            current = self._library.current()
            draft = self._library.new_draft()
        except ValueError as error:
            self.failed.emit(as_sentence(str(error)))
            return
        self._draft = draft
        self._set_state(TrainingState.RUNNING)
        try:
            compare = None if current.problem else current.path
            self._process.start(draft, plan.arguments(), watched, compare)
        except (ValueError, RuntimeError) as error:
            draft.discard()
            self._on_failed(as_sentence(str(error)))

    @Slot()
    def stop(self) -> None:
        """End the run early, and keep the best network so far."""
        if self._state is TrainingState.RUNNING:
            self._set_state(TrainingState.STOPPING)
            self._process.stop()

    @Slot()
    def cancel(self) -> None:
        """End the run and throw away what it made; also while it stops."""
        if self._state in (TrainingState.RUNNING, TrainingState.STOPPING):
            self._set_state(TrainingState.CANCELLING)
            self._process.cancel()

    @Slot()
    def use(self) -> None:
        """Keep the new network, and read with it from now on."""
        entry = self._keep()
        if entry is not None:
            self._choose(entry)

    @Slot()
    def keep(self) -> None:
        """Keep the new network; the one in use goes on reading."""
        self._keep()

    @Slot()
    def discard(self) -> None:
        """Throw the new network away."""
        if self._state is TrainingState.DECIDING and self._draft is not None:
            self._draft.discard()
            self._decided()
            self.discarded.emit()

    def shutdown(self) -> None:
        """End the run now. A network nobody has decided about is kept, for it may have cost hours.

        When this returns no child process is left.
        """
        if self._state is TrainingState.DECIDING:
            self._keep()
        self._process.shutdown()

    def _keep(self) -> LibraryEntry | None:
        if self._state is not TrainingState.DECIDING or self._draft is None:
            return None
        try:
            entry = self._library.keep(self._draft, self._name())
        except ValueError as error:
            self.refused.emit(as_sentence(str(error)))
            return None
        self._decided()
        self.kept.emit(entry)
        return entry

    def _choose(self, entry: LibraryEntry) -> None:
        try:
            entry = self._library.use(entry.id)
        except ValueError as error:
            self.refused.emit(as_sentence(str(error)))
            return
        self.chosen.emit(entry)

    def _name(self) -> str:
        """A name that tells networks apart, until the person thinks of a better one."""
        network = self._result.result.network if self._result is not None else "network"
        now = datetime.now().astimezone()
        return f"{network}, {short_day(now)} {now:%H:%M}"

    def _decided(self) -> None:
        self._draft = self._result = None
        self._set_state(TrainingState.IDLE)

    def _on_finished(self, result: TrainingFinished) -> None:
        self._result = result
        self._set_state(TrainingState.DECIDING)
        self.finished.emit(result)

    def _on_failed(self, sentence: str) -> None:
        self._decided()
        self.failed.emit(sentence)

    def _on_cancelled(self) -> None:
        self._decided()
        self.cancelled.emit()

    def _set_state(self, state: TrainingState) -> None:
        if state is not self._state:
            self._state = state
            self.state_changed.emit(state)

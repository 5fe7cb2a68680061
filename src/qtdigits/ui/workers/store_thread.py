"""The thread that owns the store: the window never waits for a disk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final, TypeVar

from PySide6.QtCore import QObject, QThread, Signal, Slot

from qtdigits.core.history import HistoryEntry
from qtdigits.core.store.store import Store
from qtdigits.ui.workers.store_worker import Job, Numbers, StoreWorker, Told

Answer = TypeVar("Answer")


class StoreThread(QObject):
    """Owns the thread and the worker in it; used from the window's thread.

    What is asked is done in its order. Listeners are called in the window's thread; those of a
    change only once it is on the disk.

    Signals:
        opened(str): the store can be used; what there is to be told about it, '' for nothing
        saving_failed(str): changes cannot be written for now, and wait in memory; why
        saving_recovered(): all that waited is on the disk
    """

    opened = Signal(str)
    saving_failed = Signal(str)
    saving_recovered = Signal()
    _open_requested = Signal(object)
    _job_requested = Signal(object)
    _end_requested = Signal()

    def __init__(self, path: Path | None = None, parent: QObject | None = None) -> None:
        """path: the file, None for the person's own."""
        super().__init__(parent)
        self._path = path
        self._has_begun = False
        self._has_ended = False
        self.numbers: Final = Numbers()
        self._thread = _Thread(self)
        self._thread.setObjectName("store")
        self._worker = StoreWorker()
        self._worker.moveToThread(self._thread)
        self._worker.opened.connect(self.opened)
        self._worker.saving_failed.connect(self.saving_failed)
        self._worker.saving_recovered.connect(self.saving_recovered)
        self._worker.told.connect(self._on_told)
        self._open_requested.connect(self._worker.open)
        self._job_requested.connect(self._worker.do)
        self._end_requested.connect(self._worker.end)

    def start(self) -> None:
        """Open the store; nothing happens at a second call."""
        if self._has_begun or self._has_ended:
            return
        self._has_begun = True
        self._thread.start()
        self._open_requested.emit(self._path)

    def read(
        self,
        work: Callable[[Store], Answer],
        then: Callable[[Answer], None],
        refused: Callable[[str], None] | None = None,
    ) -> None:
        """Ask the store; `refused` hears why there is no answer."""
        self._submit(Job(work, then, refused))

    def change(
        self,
        work: Callable[[Store], Answer],
        then: Callable[[Answer], None] | None = None,
        refused: Callable[[str], None] | None = None,
    ) -> None:
        """Change the store; `then` hears when that is on the disk.

        A change that cannot be written is tried again. `refused` hears of one that is not allowed.
        """
        self._submit(Job(work, then, refused, changes=True))

    def save(
        self,
        entry: HistoryEntry,
        person: int | None,
        then: Callable[[tuple[int, HistoryEntry]], None],
    ) -> None:
        """Keep a drawing of a person, or of who is at the desk.

        `then` hears the number that the entry had, and the entry with the number it has.
        """
        numbers = self.numbers

        def work(store: Store) -> tuple[int, HistoryEntry]:
            whose = store.people.current().id if person is None else person
            known = replace(entry, id=numbers.one(entry.id))
            saved = store.drawings.save(known, whose)
            numbers.note(entry.id, saved.id)
            return entry.id, saved

        self.change(work, then)

    def shutdown(self) -> None:
        """Write what waits, end the thread and wait for it."""
        if self._has_begun and not self._has_ended:
            self._end_requested.emit()
            self._thread.wait()
        self._has_ended = True

    def _submit(self, job: Job) -> None:
        if not self._has_ended:
            self.start()
            self._job_requested.emit(job)

    @Slot(object)
    def _on_told(self, told: Told) -> None:
        if not self._has_ended:
            told.listener(told.value)


class _Thread(QThread):
    """A thread that is one to Python, too, for as long as it lives."""

    def run(self) -> None:
        self.exec()

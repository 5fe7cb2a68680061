"""The thread that owns the store: the window never waits for a disk."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, TypeVar

from PySide6.QtCore import QObject, QThread, QTimer, Signal, Slot

from qtdigits.core.history import HistoryEntry
from qtdigits.core.store.store import Store
from qtdigits.core.store.transactions import NotSavedError
from qtdigits.core.wording import as_sentence

_log = logging.getLogger(__name__)
_RETRY_MS: Final = 5_000
_TIDY_MS: Final = 20_000
"""So long after the start old deleted drawings go, and the backup of the day is made."""

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class _Job:
    """Something to do with the store, and who is to hear what came of it."""

    work: Callable[[Store], Any]
    then: Callable[[Any], None] | None = None
    refused: Callable[[str], None] | None = None
    changes: bool = False


@dataclass(frozen=True, slots=True)
class _Told:
    """What is to be called in the window's thread, and with what."""

    listener: Callable[[Any], None]
    value: Any


class Numbers:
    """The numbers that new drawings got in the store, by the ones below 0 that they had before.

    Used in the store's thread only: there, whatever was saved earlier has its number.
    """

    def __init__(self) -> None:
        self._numbers: dict[int, int] = {}

    def note(self, provisional: int, number: int) -> None:
        self._numbers[provisional] = number

    def of(self, ids: Iterable[int]) -> list[int]:
        """The numbers in the store; drawings that never reached it are left out."""
        found = (self._numbers.get(one, one) for one in ids)
        return [number for number in found if number > 0]

    def one(self, number: int) -> int:
        """The number in the store, or the given one while there is none."""
        return self._numbers.get(number, number)


class _Worker(QObject):
    """Lives in the thread; opens the store and does the jobs in their order.

    A change that cannot be written waits, and all later ones behind it, until there is room.

    Signals: as those of StoreThread; told(_Told) goes to it.
    """

    opened = Signal(str)
    saving_failed = Signal(str)
    saving_recovered = Signal()
    told = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._store: Store | None = None
        self._waiting: deque[_Job] = deque()
        self._retry: QTimer | None = None

    @Slot(object)
    def open(self, path: Path | None) -> None:
        self._store = Store.open(path)
        self._retry = QTimer(self)
        self._retry.setInterval(_RETRY_MS)
        self._retry.timeout.connect(self._write_waiting)
        QTimer.singleShot(_TIDY_MS, self, self._tidy)
        self.opened.emit(self._store.note)

    @Slot(object)
    def do(self, job: _Job) -> None:
        if self._store is None:
            return
        if job.changes:
            self._waiting.append(job)
            self._write_waiting()
        else:
            self._do(self._store, job)

    @Slot()
    def end(self) -> None:
        """Write what waits, close the store and end the thread."""
        if self._retry is not None:
            self._retry.stop()
        if self._store is not None:
            self._write_waiting()
            self._store.close()
            self._store = None
        if self._retry is not None:
            self._retry.stop()
        QThread.currentThread().quit()

    @Slot()
    def _write_waiting(self) -> None:
        store, retry = self._store, self._retry
        if store is None or retry is None:
            return
        while self._waiting:
            try:
                self._do(store, self._waiting[0])
            except NotSavedError as error:
                if not retry.isActive():
                    retry.start()
                    self.saving_failed.emit(as_sentence(str(error)))
                return
            self._waiting.popleft()
        if retry.isActive():
            retry.stop()
            self.saving_recovered.emit()

    def _do(self, store: Store, job: _Job) -> None:
        try:
            value = job.work(store)
        except NotSavedError:
            raise
        except ValueError as error:
            if job.refused is not None:
                self.told.emit(_Told(job.refused, as_sentence(str(error))))
            else:
                _log.info("the store refused: %s", error)
        except Exception as error:  # whatever happens, the later jobs must be done
            _log.info("a job of the store failed", exc_info=True)
            if job.refused is not None:
                self.told.emit(_Told(job.refused, as_sentence(f"it went wrong: {error}")))
        else:
            if job.then is not None:
                self.told.emit(_Told(job.then, value))

    @Slot()
    def _tidy(self) -> None:
        if self._store is None:
            return
        try:
            self._store.drawings.forget_old()
            self._store.back_up_if_due()
        except NotSavedError as error:
            _log.info("tidying the store: %s", error)


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
        self._worker = _Worker()
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
        self._submit(_Job(work, then, refused))

    def change(
        self,
        work: Callable[[Store], Answer],
        then: Callable[[Answer], None] | None = None,
        refused: Callable[[str], None] | None = None,
    ) -> None:
        """Change the store; `then` hears when that is on the disk.

        A change that cannot be written is tried again. `refused` hears of one that is not allowed.
        """
        self._submit(_Job(work, then, refused, changes=True))

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

    def _submit(self, job: _Job) -> None:
        if not self._has_ended:
            self.start()
            self._job_requested.emit(job)

    @Slot(object)
    def _on_told(self, told: _Told) -> None:
        if not self._has_ended:
            told.listener(told.value)


class _Thread(QThread):
    """A thread that is one to Python, too, for as long as it lives."""

    def run(self) -> None:
        self.exec()

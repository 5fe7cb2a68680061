"""What happens in the store's thread: jobs in their order, and changes that wait for room."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, QThread, QTimer, Signal, Slot

from qtdigits.core.store.store import Store
from qtdigits.core.store.transactions import NotSavedError
from qtdigits.core.wording import as_sentence

_log = logging.getLogger(__name__)
_RETRY_MS: Final = 5_000
_TIDY_MS: Final = 20_000
"""So long after the start old deleted drawings go, and the backup of the day is made."""

_SMALL: Final = 8 << 20
"""A file of so many bytes, some thousand drawings, is copied in a moment."""

_NOTED: Final = 10_000


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do with the store, and who is to hear what came of it."""

    work: Callable[[Store], Any]
    then: Callable[[Any], None] | None = None
    refused: Callable[[str], None] | None = None
    changes: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What is to be called in the window's thread, and with what."""

    listener: Callable[[Any], None]
    value: Any


class Numbers:
    """The numbers that new drawings got in the store, by the ones below 0 that they had before.

    Used in the store's thread only: there, whatever was saved earlier has its number. Those noted
    last are kept; the window hears the number at once, and only what it asked before that needs it.
    """

    def __init__(self) -> None:
        self._numbers: dict[int, int] = {}

    def note(self, provisional: int, number: int) -> None:
        self._numbers.pop(provisional, None)
        self._numbers[provisional] = number
        if len(self._numbers) > _NOTED:
            del self._numbers[next(iter(self._numbers))]

    def of(self, ids: Iterable[int]) -> list[int]:
        """The numbers in the store; drawings that never reached it are left out."""
        found = (self._numbers.get(one, one) for one in ids)
        return [number for number in found if number > 0]

    def one(self, number: int) -> int:
        """The number in the store, or the given one while there is none."""
        return self._numbers.get(number, number)


class StoreWorker(QObject):
    """Lives in the thread; opens the store and does the jobs in their order.

    A change that cannot be written waits, and all later ones behind it, until there is room.

    Signals: as those of StoreThread; told(Told) goes to it.
    """

    opened = Signal(str)
    saving_failed = Signal(str)
    saving_recovered = Signal()
    told = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._store: Store | None = None
        self._waiting: deque[Job] = deque()
        self._retry: QTimer | None = None
        self._has_changed = False

    @Slot(object)
    def open(self, path: Path | None) -> None:
        self._store = Store.open(path)
        self._retry = QTimer(self)
        self._retry.setInterval(_RETRY_MS)
        self._retry.timeout.connect(self._write_waiting)
        QTimer.singleShot(_TIDY_MS, self, self._tidy)
        self.opened.emit(self._store.note)

    @Slot(object)
    def do(self, job: Job) -> None:
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
            if self._has_changed:
                self._back_up_small(self._store)
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
            self._has_changed = True
        if retry.isActive():
            retry.stop()
            self.saving_recovered.emit()

    def _do(self, store: Store, job: Job) -> None:
        try:
            value = job.work(store)
        except NotSavedError:
            raise
        except ValueError as error:
            if job.refused is not None:
                self.told.emit(Told(job.refused, as_sentence(str(error))))
            else:
                _log.info("the store refused: %s", error)
        except Exception as error:  # whatever happens, the later jobs must be done
            _log.info("a job of the store failed", exc_info=True)
            if job.refused is not None:
                self.told.emit(Told(job.refused, as_sentence(f"it went wrong: {error}")))
        else:
            if job.then is not None:
                self.told.emit(Told(job.then, value))

    @Slot()
    def _tidy(self) -> None:
        if self._store is None:
            return
        try:
            self._store.drawings.forget_old()
            self._store.back_up_if_due()
        except NotSavedError as error:
            _log.info("tidying the store: %s", error)

    def _back_up_small(self, store: Store) -> None:
        """At the end there is only time to back up what is small; the rest is done once a day."""
        try:
            if store.size <= _SMALL:
                store.back_up()
        except (NotSavedError, OSError) as error:  # the file itself may be gone
            _log.info("backing up at the end: %s", error)

"""The store: drawings, answers, labels and people, kept so that nothing acknowledged is lost."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from qtdigits.core import paths
from qtdigits.core.data_files.regular import shown
from qtdigits.core.file_lock import has_locks
from qtdigits.core.own_folder import make_own_folder
from qtdigits.core.store.backups import Backups
from qtdigits.core.store.database import connect, open_or_restore
from qtdigits.core.store.drawings import Drawings
from qtdigits.core.store.people import People, Person
from qtdigits.core.store.schema import migrate
from qtdigits.core.store.transactions import NotSavedError, Transactions, reason


class Store:
    """Owns the one connection to the file; used by the thread that opened it."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        path: Path | None,
        backups: Backups | None = None,
        note: str = "",
    ) -> None:
        self._connection = connection
        transactions = Transactions(connection)
        self.drawings: Final = Drawings(transactions)
        self.people: Final = People(transactions)
        self._path = path
        self._backups = backups
        self._note = note

    @classmethod
    def open(cls, path: Path | None = None) -> Store:
        """Open the person's own file, or another; never fails.

        Where it cannot be opened for good, the store lives in memory and `note` says why.
        """
        path = store_path() if path is None else path
        backups = Backups(path.parent / "backups")
        try:
            make_own_folder(path.parent)
            connection, note = open_or_restore(path, backups)
        except ValueError as error:
            return cls._in_memory(f"{error}.")
        except (OSError, sqlite3.Error) as error:
            return cls._in_memory(f"Your drawings cannot be saved: {_why_not(error, path)}.")
        return cls(connection, path, backups, note)

    @classmethod
    def open_to_read(cls, path: Path | None = None) -> Store:
        """Open a file without ever writing to it; raises ValueError with a sentence."""
        path = store_path() if path is None else path
        if not path.is_file():
            raise ValueError(
                "there are no drawings of yours yet; draw some, or import them "
                "with qtdigits history import"
            )
        try:
            connection = connect(path, read_only=True)
            connection.execute("SELECT count(*) FROM desk").fetchone()
        except sqlite3.Error as error:
            raise ValueError(f"{shown(path)} cannot be read ({reason(error)})") from None
        return cls(connection, path)

    @classmethod
    def _in_memory(cls, why: str) -> Store:
        connection = connect(None)
        migrate(connection)
        return cls(
            connection, None, note=f"{why} What you draw now lasts until you close qtdigits."
        )

    @property
    def note(self) -> str:
        """What there is to be told about the opening, as sentences; '' when all is well."""
        return self._note

    @property
    def is_saved(self) -> bool:
        """Whether drawings outlast the program."""
        return self._path is not None

    @property
    def size(self) -> int:
        """How large the file is, in bytes; 0 for a store in memory."""
        return 0 if self._path is None else self._path.stat().st_size

    def close(self) -> None:
        """Close the file; the store cannot be used any more."""
        self._connection.close()

    # Deleting for good

    def forget(self, ids: Iterable[int]) -> None:
        """Delete drawings for good, from the backups too; raises NotSavedError."""
        self.drawings.forget(ids)
        self._renew_backups()

    def forget_person(self, number: int) -> Person:
        """Delete a person with all drawings for good, from the backups too.

        Returns whose hand is at the desk then. Raises ValueError for the last person.
        """
        person = self.people.forget(number)
        self._renew_backups()
        return person

    # Backups

    def back_up_if_due(self) -> bool:
        """Make the backup of the day unless it is made; raises NotSavedError."""
        now = datetime.now()
        if self._backups is None or not self._backups.is_due(now):
            return False
        self.back_up()
        return True

    def back_up(self) -> None:
        """Make the backup of this day anew; raises NotSavedError."""
        if self._backups is None:
            return
        try:
            self._backups.make(self._connection, datetime.now())
        except (OSError, sqlite3.Error) as error:
            raise NotSavedError(f"the backup could not be made: {reason(error)}") from None

    def _renew_backups(self) -> None:
        if self._backups is None:
            return
        try:
            self._backups.forget()
        except OSError as error:
            raise NotSavedError(f"a backup could not be removed: {reason(error)}") from None
        self.back_up()


def store_path() -> Path:
    """Where the person's drawings lie."""
    return paths.data_dir() / "drawings.sqlite"


def _why_not(error: OSError | sqlite3.Error, path: Path) -> str:
    """The reason, in words; SQLite says 'busy' as well where there are no locks at all."""
    if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
        with suppress(OSError):
            if not has_locks(path.parent):
                return (
                    f"the drive of {shown(path.parent)} has no file locks, without which two "
                    "computers could damage each other's files; ask whoever looks after it"
                )
    return reason(error)

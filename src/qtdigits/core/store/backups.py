"""Backups of the store: a few, one a day, each whole or not there."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from qtdigits.core.own_folder import make_own_folder

KEPT: Final = 5
_PAGES: Final = 2000
"""So many pages are copied at a time; other processes may write in between."""


class Backups:
    """Owns a folder of copies of one database."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def all(self) -> list[Path]:
        """The backups, the newest first; last those of days to come, by a clock that was wrong."""
        today = self._name(datetime.now())
        with suppress(OSError):
            found = sorted(self._folder.glob("drawings-????-??-??.sqlite"), reverse=True)
            return sorted(found, key=lambda one: one.name > today)
        return []

    @staticmethod
    def made(backup: Path) -> datetime:
        """When a backup was made, in local time."""
        return datetime.fromtimestamp(backup.stat().st_mtime)

    def is_due(self, now: datetime) -> bool:
        """Whether the newest backup is of another day."""
        newest = next(iter(self.all()), None)
        return newest is None or newest.name != self._name(now)

    def newest_good(self, is_good: Callable[[Path], bool]) -> Path | None:
        """The newest backup that is whole, None when there is none."""
        return next((one for one in self.all() if is_good(one)), None)

    def make(self, connection: sqlite3.Connection, now: datetime) -> Path:
        """Copy the database, in place of an older copy of this day; raises sqlite3.Error, OSError.

        The oldest go when there are more than a few.
        """
        make_own_folder(self._folder)
        place = self._folder / self._name(now)
        draft = self._folder / f".{place.name}.draft"
        try:
            draft.unlink(missing_ok=True)
            with closing(sqlite3.connect(draft)) as copy:
                connection.backup(copy, pages=_PAGES)
            with open(draft, "rb+") as file:
                os.fsync(file.fileno())
            os.replace(draft, place)
        finally:
            with suppress(OSError):
                draft.unlink()
        for old in self.all()[KEPT:]:
            with suppress(OSError):
                old.unlink()
        return place

    def forget(self) -> None:
        """Remove all backups: what was deleted for good must not come back; raises OSError."""
        for one in self.all():
            one.unlink()

    @staticmethod
    def _name(now: datetime) -> str:
        return f"drawings-{now:%Y-%m-%d}.sqlite"

"""Opening the file of the store: healthy, or set aside and replaced by the newest good backup."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from qtdigits.core.data_files.regular import shown
from qtdigits.core.dates import long_day
from qtdigits.core.store.backups import Backups
from qtdigits.core.store.schema import VERSION, migrate, version_of
from qtdigits.core.wording import counted_drawings

_BUSY_S: Final = 3.0
_DAMAGE: Final = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


class DamagedError(Exception):
    """The file is no database, or not a whole one."""


def connect(path: Path | None, read_only: bool = False) -> sqlite3.Connection:
    """A connection as the store wants it, None for one in memory; raises sqlite3.Error.

    It commits by itself unless told BEGIN. DELETE instead of WAL: a WAL database cannot be opened
    on read-only media, and SQLite before 3.51.3 can lose rows when it resets the WAL.
    """
    place = ":memory:" if path is None else f"{path.absolute().as_uri()}?mode=ro"
    if path is not None and not read_only:
        place = str(path)
    connection = sqlite3.connect(
        place, timeout=_BUSY_S, isolation_level=None, uri=path is not None and read_only
    )
    try:
        connection.execute("PRAGMA foreign_keys = ON")
        if not read_only:
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA secure_delete = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def open_checked(path: Path) -> sqlite3.Connection:
    """Open a file that is found whole, and bring its tables to the newest version.

    Raises DamagedError, ValueError with a sentence for a newer version, or sqlite3.Error.
    """
    try:
        connection = connect(path)
    except sqlite3.DatabaseError as error:
        raise _judged(error) from error
    try:
        check(connection)
        if version_of(connection) > VERSION:
            raise ValueError(
                f"{shown(path)} was written by a newer qtdigits, and is left as it is; "
                "update qtdigits to see your drawings"
            )
        migrate(connection)
    except sqlite3.DatabaseError as error:
        connection.close()
        raise _judged(error) from error
    except BaseException:
        connection.close()
        raise
    return connection


def check(connection: sqlite3.Connection) -> None:
    """Raise DamagedError unless every page can be read and the tables are there."""
    try:
        answers = connection.execute("PRAGMA quick_check(1)").fetchall()
        if answers != [("ok",)]:
            raise DamagedError(str(answers[0][0]) if answers else "no answer")
        if version_of(connection) > 0:
            connection.execute("SELECT count(*) FROM person").fetchone()
    except sqlite3.DatabaseError as error:
        raise _judged(error) from error


def open_or_restore(path: Path, backups: Backups) -> tuple[sqlite3.Connection, str]:
    """Open the file whatever became of it, and a sentence about it, '' when all is well.

    A damaged file, or an empty one that was not always so, is kept beside under another name. Then
    the newest good backup takes its place. Raises ValueError for a newer version, sqlite3.Error
    and OSError.
    """
    try:
        if path.exists() and path.stat().st_size == 0 and backups.all():
            # SQLite takes it for a new database, and finds nothing wrong with it.
            raise DamagedError("the file is empty")
        return open_checked(path), ""
    except DamagedError:
        pass
    aside = _set_aside(path)
    restored = backups.newest_good(check_file)
    if restored is None:
        with suppress(FileNotFoundError):
            path.unlink()
        connection = open_checked(path)
        return connection, (
            f"The file of your drawings was damaged, and there was no backup. "
            f"It lies beside as {aside.name}; a new one is begun."
        )
    draft = path.with_name(f".{path.name}.restored")
    shutil.copyfile(restored, draft)
    os.replace(draft, path)
    connection = open_checked(path)
    (count,) = connection.execute(
        "SELECT count(*) FROM drawing WHERE deleted_ms IS NULL"
    ).fetchone()
    made = Backups.made(restored)
    return connection, (
        f"The file of your drawings was damaged. {counted_drawings(count)} came back from the "
        f"backup of {long_day(made)} {made:%Y, %H:%M}; the damaged file lies beside as "
        f"{aside.name}."
    )


def check_file(path: Path) -> bool:
    """Whether a file is a whole database of a version that this program knows."""
    try:
        with closing(connect(path, read_only=True)) as connection:
            check(connection)
            return 0 < version_of(connection) <= VERSION
    except (DamagedError, sqlite3.Error):
        return False


def _set_aside(path: Path) -> Path:
    """Keep a damaged file under a name of its own, too; a journal must not meet its successor."""
    stamp = datetime.now().strftime("%Y-%m-%d-%H%M%S-%f")
    aside = path.with_name(f"{path.stem}-damaged-{stamp}{path.suffix}")
    journal = path.with_name(f"{path.name}-journal")
    if journal.exists():
        os.replace(journal, aside.with_name(f"{aside.name}-journal"))
    # A copy: the place is never empty, whenever the process is killed.
    shutil.copyfile(path, aside)
    return aside


def _judged(error: sqlite3.DatabaseError) -> Exception:
    """DamagedError for what says that the file is damaged, else the error itself."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    # A database with a version but without its tables cannot be used either.
    if code in _DAMAGE or "no such table" in str(error):
        return DamagedError(str(error))
    return error

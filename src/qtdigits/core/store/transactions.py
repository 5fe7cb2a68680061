"""Changing and asking the database so that a change is whole and a failure is a sentence."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

_CHUNK: Final = 500
"""So many numbers fit into one question of any SQLite."""


class NotSavedError(ValueError):
    """A change that could not be written, as a sentence; what was there before still is."""


class Transactions:
    """Owns nothing: what can be done with the store's one connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection: Final = connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction: committed at the end, or nothing of it is done; raises NotSavedError."""
        connection = self.connection
        try:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")
        except sqlite3.Error as error:
            raise NotSavedError(f"the change could not be saved: {reason(error)}") from error
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")

    def read(self, question: str, values: Sequence[int | str]) -> list[tuple[Any, ...]]:
        """All rows of an answer; raises ValueError with a sentence."""
        with told():
            return self.connection.execute(question, values).fetchall()


@contextmanager
def told() -> Iterator[None]:
    """What goes wrong while reading becomes ValueError with a sentence."""
    try:
        yield
    except sqlite3.Error as error:
        raise ValueError(f"the drawings cannot be read: {reason(error)}") from error


def reason(error: Exception) -> str:
    """What went wrong, in words that say what to do where that is known."""
    exact_code = getattr(error, "sqlite_errorcode", 0)
    if exact_code == sqlite3.SQLITE_READONLY_DBMOVED:
        return "the file is no longer there; put it back, or start qtdigits again"
    code = exact_code & 0xFF
    known = {
        sqlite3.SQLITE_FULL: "the disk is full; make some room",
        sqlite3.SQLITE_BUSY: "another program holds the file",
        sqlite3.SQLITE_LOCKED: "another program holds the file",
        sqlite3.SQLITE_READONLY: "the file may not be written to",
        sqlite3.SQLITE_CANTOPEN: "the file cannot be opened",
        sqlite3.SQLITE_IOERR: (
            "the disk does not answer as it should, or your share of it is used up; make some room"
        ),
    }
    if code in known:
        return known[code]
    return str(getattr(error, "strerror", None) or error)


def marks(values: Sequence[object]) -> str:
    """A place for each value in a question."""
    return f"({', '.join('?' * len(values))})"


def chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """The numbers in portions that fit into one question."""
    for at in range(0, len(ids), _CHUNK):
        yield ids[at : at + _CHUNK]

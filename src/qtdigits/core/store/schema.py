"""The tables of the store, and the way from each older version of them to the newest."""

from __future__ import annotations

import sqlite3
from typing import Final

MIGRATIONS: Final[tuple[tuple[str, ...], ...]] = (
    (
        """CREATE TABLE person (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL COLLATE NOCASE UNIQUE
        )""",
        # One row only: whose hand is at the desk.
        """CREATE TABLE desk (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            person INTEGER NOT NULL REFERENCES person
        )""",
        # The strokes lie in a table of their own, so that going through all answers is quick.
        """CREATE TABLE drawing (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            person INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,
            created_ms INTEGER NOT NULL,
            digest BLOB NOT NULL,
            verdict TEXT NOT NULL,
            digit INTEGER NOT NULL,
            confidence REAL NOT NULL,
            probabilities BLOB NOT NULL,
            candidates TEXT NOT NULL,
            model TEXT NOT NULL,
            label INTEGER CHECK (label BETWEEN 0 AND 9),
            origin TEXT NOT NULL,
            deleted_ms INTEGER
        )""",
        """CREATE TABLE strokes (
            drawing INTEGER PRIMARY KEY REFERENCES drawing ON DELETE CASCADE,
            ink BLOB NOT NULL
        )""",
        "CREATE INDEX drawing_by_person ON drawing (person, deleted_ms, id)",
        "CREATE INDEX drawing_by_digest ON drawing (person, digest)",
        "CREATE INDEX drawing_by_label ON drawing (person, label) WHERE label IS NOT NULL",
    ),
)
"""MIGRATIONS[v] leads from version v to v + 1. What has been released is never changed again."""

VERSION: Final = len(MIGRATIONS)


def version_of(connection: sqlite3.Connection) -> int:
    """The version of the tables in a file, 0 for a new one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the tables to the newest version, all or nothing; the connection commits by itself.

    Raises sqlite3.Error, and leaves the file as it was then.
    """
    if version_of(connection) == VERSION:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        for steps in MIGRATIONS[version_of(connection) :]:
            for statement in steps:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise

"""The people whose drawings are kept apart, and whose hand is at the desk."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Final

from qtdigits.core.store.transactions import Transactions, told

FIRST_NAME: Final = "Me"
LONGEST_NAME: Final = 40


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who draws; drawings counts those that are not deleted, labelled those of them."""

    id: int
    name: str
    drawings: int = 0
    labelled: int = 0


class People:
    """Everybody in the store. What cannot be done raises ValueError with a sentence."""

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def all(self) -> tuple[Person, ...]:
        """Everybody, by name."""
        with told():
            return tuple(
                Person(*row)
                for row in self._transactions.connection.execute(
                    "SELECT person.id, name, count(drawing.id), count(label) FROM person "
                    "LEFT JOIN drawing ON drawing.person = person.id AND deleted_ms IS NULL "
                    "GROUP BY person.id ORDER BY name"
                )
            )

    def get(self, number: int) -> Person:
        """The person of this id; raises ValueError when there is none."""
        for one in self.all():
            if one.id == number:
                return one
        raise ValueError(f"there is nobody with the number {number}")

    def named(self, name: str) -> Person:
        """The person of this name, capitals or not; raises ValueError when there is none."""
        for one in self.all():
            if one.name.casefold() == name.casefold():
                return one
        names = ", ".join(one.name for one in self.all()) or "nobody"
        raise ValueError(f"there is nobody called {name!r}; there is {names}")

    def current(self) -> Person:
        """Whose hand is at the desk; at first somebody called 'Me' is made."""
        with told():
            return self.get(self._current_id())

    def use(self, number: int) -> Person:
        """Another hand is at the desk from now on."""
        found = self.get(number)
        with self._transactions.writing() as connection:
            connection.execute("REPLACE INTO desk (id, person) VALUES (1, ?)", (number,))
        return found

    def add(self, name: str) -> Person:
        """Make a person; raises ValueError for a name that cannot be used."""
        with self._transactions.writing() as connection:
            name = _checked_name(connection, name)
            number = connection.execute("INSERT INTO person (name) VALUES (?)", (name,)).lastrowid
        return self.get(number or 0)

    def rename(self, number: int, name: str) -> Person:
        """Call a person otherwise; raises ValueError for a name that cannot be used."""
        with self._transactions.writing() as connection:
            name = _checked_name(connection, name, number)
            connection.execute("UPDATE person SET name = ? WHERE id = ?", (name, number))
        return self.get(number)

    def forget(self, number: int) -> Person:
        """Delete a person with all drawings for good; the backups still have them.

        Returns whose hand is at the desk then. Raises ValueError for the last person.
        """
        with self._transactions.writing() as connection:
            rest = connection.execute(
                "SELECT min(id) FROM person WHERE id != ?", (number,)
            ).fetchone()[0]
            if rest is None:
                raise ValueError("somebody must be at the desk; add another person first")
            connection.execute("UPDATE desk SET person = ? WHERE person = ?", (rest, number))
            connection.execute("DELETE FROM person WHERE id = ?", (number,))
        return self.current()

    def _current_id(self) -> int:
        connection = self._transactions.connection
        row = connection.execute("SELECT person FROM desk").fetchone()
        if row is None:
            with self._transactions.writing():
                connection.execute("INSERT OR IGNORE INTO person (name) VALUES (?)", (FIRST_NAME,))
                connection.execute("INSERT OR IGNORE INTO desk SELECT 1, min(id) FROM person")
            row = connection.execute("SELECT person FROM desk").fetchone()
        return int(row[0])


def _checked_name(connection: sqlite3.Connection, name: str, but: int = 0) -> str:
    """The name as it is kept; raises ValueError when nobody, or somebody else, is called so."""
    name = " ".join("".join(c if c.isprintable() else " " for c in name).split())[:LONGEST_NAME]
    if not name:
        raise ValueError("a person needs a name; type one")
    taken = connection.execute(
        "SELECT name FROM person WHERE name = ? AND id != ?", (name, but)
    ).fetchone()
    if taken is not None:
        raise ValueError(f"there is somebody called {taken[0]} already; choose another name")
    return name

"""The drawings of the store: saving, finding, labelling and deleting them."""

from __future__ import annotations

import sqlite3
import time
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from qtdigits.core.history import HistoryEntry
from qtdigits.core.store import rows
from qtdigits.core.store.ink_codec import encode_ink, ink_digest
from qtdigits.core.store.query import HistoryQuery, Order, Show
from qtdigits.core.store.score import Score, read_score
from qtdigits.core.store.transactions import Transactions, chunks, marks, told

DELETED_KEPT_DAYS: Final = 30
"""So long a deleted drawing can return."""

_DAY_MS: Final = 24 * 3600 * 1000


class Drawings:
    """All drawings of all people.

    A method that changes something returns when the change is on the disk, or raises NotSavedError
    and has changed nothing. One that reads raises ValueError.
    """

    def __init__(self, transactions: Transactions) -> None:
        self._transactions = transactions

    def save(self, entry: HistoryEntry, person: int) -> HistoryEntry:
        """Keep a drawing of a person, and return it with its number.

        A number below 1 is a new drawing. One that is stored is changed; as long as its ink is the
        same, the answer stays the one that was given first.
        """
        with self._transactions.writing() as connection:
            number = self._update(connection, entry)
            if number is None:
                number = self._insert(connection, entry, person)
        return self.entries([number])[0]

    def add(self, entries: Iterable[HistoryEntry], person: int) -> tuple[int, int]:
        """Add drawings, all or nothing; those that the person has already are left out.

        Returns how many were added, and how many were there already.
        """
        added = known = 0
        with self._transactions.writing() as connection:
            for entry in entries:
                found = connection.execute(
                    "SELECT 1 FROM drawing WHERE person = ? AND digest = ? AND deleted_ms IS NULL",
                    (person, ink_digest(entry.ink)),
                ).fetchone()
                if found is None:
                    self._insert(connection, entry, person)
                    added += 1
                else:
                    known += 1
        return added, known

    def set_label(self, ids: Iterable[int], label: int | None) -> dict[int, int | None]:
        """Say what drawings show, a digit or None for nothing; returns what was said before."""
        return self.set_labels(dict.fromkeys(ids, label))

    def set_labels(self, labels: Mapping[int, int | None]) -> dict[int, int | None]:
        """Say what drawings show, each by its number; returns what was said before."""
        with self._transactions.writing() as connection:
            before: dict[int, int | None] = {}
            for chunk in chunks(list(labels)):
                before.update(
                    connection.execute(
                        f"SELECT id, label FROM drawing WHERE id IN {marks(chunk)}", chunk
                    ).fetchall()
                )
            connection.executemany(
                "UPDATE drawing SET label = ? WHERE id = ?",
                [(labels[number], number) for number in before],
            )
        return before

    def labels(self, ids: Sequence[int]) -> dict[int, int | None]:
        """What is said of drawings, by their numbers."""
        found: dict[int, int | None] = {}
        for chunk in chunks(ids):
            found.update(
                self._transactions.read(
                    f"SELECT id, label FROM drawing WHERE id IN {marks(chunk)}", chunk
                )
            )
        return found

    def agree(self, ids: Iterable[int]) -> dict[int, int | None]:
        """Say that the answers are right where a digit was read; returns what was said before."""
        wanted: dict[int, int | None] = {}
        for chunk in chunks(list(ids)):
            wanted.update(
                self._transactions.read(
                    f"SELECT id, digit FROM drawing WHERE id IN {marks(chunk)} "
                    "AND verdict IN ('digit', 'unsure')",
                    chunk,
                )
            )
        return self.set_labels(wanted)

    def delete(self, ids: Iterable[int]) -> None:
        """Lay drawings aside; they can be restored, for some weeks."""
        now = round(time.time() * 1000)
        with self._transactions.writing() as connection:
            connection.executemany(
                "UPDATE drawing SET deleted_ms = ? WHERE id = ? AND deleted_ms IS NULL",
                [(now, number) for number in ids],
            )

    def restore(self, ids: Iterable[int]) -> None:
        """Bring deleted drawings back."""
        with self._transactions.writing() as connection:
            connection.executemany(
                "UPDATE drawing SET deleted_ms = NULL WHERE id = ?", [(number,) for number in ids]
            )

    def forget(self, ids: Iterable[int]) -> None:
        """Delete drawings for good; the backups still have them (see Store.forget)."""
        with self._transactions.writing() as connection:
            connection.executemany(
                "DELETE FROM drawing WHERE id = ?", [(number,) for number in ids]
            )

    def forget_old(self) -> None:
        """Delete for good what was deleted weeks ago."""
        before = round(time.time() * 1000) - DELETED_KEPT_DAYS * _DAY_MS
        with self._transactions.writing() as connection:
            connection.execute("DELETE FROM drawing WHERE deleted_ms < ?", (before,))

    def ids(self, query: HistoryQuery) -> array[int]:
        """The numbers of the drawings that are wanted, in their order."""
        text, values = query.sql()
        return array(
            "q",
            (
                number
                for (number,) in self._transactions.read(f"SELECT id FROM drawing {text}", values)
            ),
        )

    def entries(self, ids: Sequence[int]) -> list[HistoryEntry]:
        """The drawings of these numbers, in this order; those that are gone are left out.

        One whose strokes are damaged is left out, too.
        """
        found: dict[int, HistoryEntry] = {}
        for chunk in chunks(ids):
            for row in self._transactions.read(
                f"SELECT {rows.SELECTED} FROM drawing JOIN strokes ON drawing = drawing.id "
                f"WHERE drawing.id IN {marks(chunk)}",
                chunk,
            ):
                try:
                    found[row[0]] = rows.to_entry(row)
                except ValueError:
                    continue
        return [found[number] for number in ids if number in found]

    def iterate(self, query: HistoryQuery) -> Iterator[HistoryEntry]:
        """The drawings that are wanted, one after the other, in their order."""
        for chunk in chunks(self.ids(query)):
            yield from self.entries(chunk)

    def labelled(self, person: int) -> Iterator[HistoryEntry]:
        """The drawings of a person whose right digit is known, the oldest first."""
        return self.iterate(HistoryQuery(person, Show.LABELLED, order=Order.OLDEST))

    def score(self, person: int) -> Score:
        """How often the answers to a person's drawings were right."""
        with told():
            return read_score(self._transactions.connection, person)

    def _insert(self, connection: sqlite3.Connection, entry: HistoryEntry, person: int) -> int:
        values = rows.to_values(entry, person)
        number = connection.execute(
            f"INSERT INTO drawing ({rows.COLUMNS}) VALUES {marks(values)}", values
        ).lastrowid
        connection.execute("INSERT INTO strokes VALUES (?, ?)", (number, encode_ink(entry.ink)))
        return number or 0

    def _update(self, connection: sqlite3.Connection, entry: HistoryEntry) -> int | None:
        """Change the row of an entry and return its number; None when there is no such row."""
        row = connection.execute(
            "SELECT digest, verdict FROM drawing WHERE id = ?", (entry.id,)
        ).fetchone()
        if row is None:
            return None
        digest = ink_digest(entry.ink)
        connection.execute("UPDATE drawing SET label = ? WHERE id = ?", (entry.label, entry.id))
        if digest != row[0] or row[1] == "unread":
            connection.execute(
                "UPDATE drawing SET verdict = ?, digit = ?, confidence = ?, probabilities = ?, "
                "candidates = ?, model = ? WHERE id = ?",
                (*rows.answer_values(entry.prediction, entry.model), entry.id),
            )
        if digest != row[0]:
            # Who goes on with a drawing that was deleted wants it back.
            connection.execute(
                "UPDATE drawing SET digest = ?, deleted_ms = NULL WHERE id = ?",
                (digest, entry.id),
            )
            connection.execute(
                "UPDATE strokes SET ink = ? WHERE drawing = ?", (encode_ink(entry.ink), entry.id)
            )
        return entry.id

"""The drawings of a person as an item model that holds numbers, and reads entries when looked at.

There is no QSortFilterProxyModel on top: it would have to read all drawings to sort or filter
them. The database does both, in HistoryQuery, and gives the numbers in their order.
"""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import IntEnum
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from qtdigits.core.dates import long_day
from qtdigits.core.history import HistoryEntry
from qtdigits.core.wording import short_answer

Index = QModelIndex | QPersistentModelIndex

_NO_PARENT: Final = QModelIndex()
PAGE: Final = 48
"""So many entries are read at once."""

_REMEMBERED: Final = 1200
"""At most so many entries are kept in memory; those not looked at for longest go first."""


class HistoryRole(IntEnum):
    """What a row has beside its text."""

    ENTRY = Qt.ItemDataRole.UserRole + 1
    """HistoryEntry: the whole entry; None while it is being read."""


class HistoryModel(QAbstractListModel):
    """A list of history entries by their numbers, each once; the database's order is kept.

    Signals:
        page_wanted(tuple[int, ...]): somebody looks at these entries; whoever listens gives them
            to add_page.
    """

    page_wanted = Signal(object)

    def __init__(self, parent: QObject | None = None, capacity: int | None = None) -> None:
        """capacity: with more entries than this the last ones go; None for any number."""
        super().__init__(parent)
        self._capacity = capacity
        self._most = _REMEMBERED if capacity is None else min(capacity, _REMEMBERED)
        self._ids: array[int] = array("q")
        self._entries: OrderedDict[int, HistoryEntry] = OrderedDict()
        self._awaited: set[int] = set()

    def set_ids(self, ids: Sequence[int]) -> None:
        """Show these drawings; those of them that were read are not read again."""
        self.beginResetModel()
        self._ids = array("q", ids[: self._capacity])
        self._awaited.clear()
        self.endResetModel()

    def add_page(self, entries: Iterable[HistoryEntry]) -> None:
        """Entries that were wanted have been read; they stand near each other."""
        rows: list[int] = []
        for entry in entries:
            self._awaited.discard(entry.id)
            self._remember(entry)
            try:
                rows.append(self._ids.index(entry.id, rows[-1] if rows else 0))
            except ValueError:
                continue  # the list is another one by now, or in another order
        if rows:
            self.dataChanged.emit(self.index(rows[0]), self.index(rows[-1]))

    def add_or_update(self, entry: HistoryEntry) -> None:
        """Put a new entry first, or replace the one with the same id where it stands."""
        self._remember(entry)
        if self.row_of(entry.id) is not None:
            self._tell(entry.id)
            return
        self.beginInsertRows(QModelIndex(), 0, 0)
        self._ids.insert(0, entry.id)
        self.endInsertRows()
        if self._capacity is not None and len(self._ids) > self._capacity:
            self._remove_rows(len(self._ids) - 1, 1)

    def update_entry(self, former_id: int, entry: HistoryEntry) -> None:
        """An entry is another one now, perhaps under another number; a strange one is ignored."""
        row = self.row_of(former_id)
        if row is None:
            return
        self._entries.pop(former_id, None)
        self._ids[row] = entry.id
        self._remember(entry)
        self._tell(entry.id)

    def set_labels(self, labels: dict[int, int | None]) -> None:
        """The right digits of drawings, by their numbers."""
        for number, entry in self._entries.items():
            if number in labels:
                self._entries[number] = replace(entry, label=labels[number])
        if self._ids:
            # Which rows these are would take longer to find than what is in view to paint.
            self.dataChanged.emit(self.index(0), self.index(len(self._ids) - 1))

    def remove(self, ids: Iterable[int]) -> None:
        """Take entries away; ids that are not there change nothing."""
        gone = set(ids)
        rows = [row for row, number in enumerate(self._ids) if number in gone]
        for number in gone:
            self._entries.pop(number, None)
        # From the end, in runs, so that the rows before keep their place.
        while rows:
            last = first = rows.pop()
            while rows and rows[-1] == first - 1:
                first = rows.pop()
            self._remove_rows(first, last - first + 1)

    def clear(self) -> None:
        """Take all entries away, and forget them."""
        self.beginResetModel()
        del self._ids[:]
        self._entries.clear()
        self._awaited.clear()
        self.endResetModel()

    def entry(self, index: Index) -> HistoryEntry | None:
        """The entry at an index of this model; None for an invalid one, or until it is read."""
        return self._entries.get(self._ids[index.row()]) if index.isValid() else None

    def known(self, entry_id: int) -> HistoryEntry | None:
        """The entry with this id, if it was read lately."""
        return self._entries.get(entry_id)

    def ids(self) -> Sequence[int]:
        """All numbers in their order."""
        return self._ids

    def id_at(self, row: int) -> int:
        """The number of the drawing in a row."""
        return self._ids[row]

    def row_of(self, entry_id: int) -> int | None:
        """The row of the entry with this id, or None."""
        try:
            return self._ids.index(entry_id)
        except ValueError:
            return None

    def read_entries(self) -> list[HistoryEntry]:
        """The entries that are in memory, in the order of their rows."""
        return [self._entries[number] for number in self._ids if number in self._entries]

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's
        if not index.isValid() or role not in _ROLES:
            return None
        number = self._ids[index.row()]
        entry = self._entries.get(number)
        if entry is None:
            self._want(index.row())
            return None
        self._entries.move_to_end(number)
        match role:
            case Qt.ItemDataRole.ToolTipRole:
                return _tool_tip(entry)
            case HistoryRole.ENTRY:
                return entry
        return _words(entry)

    def _want(self, row: int) -> None:
        """Ask for the page that a row lies on, once."""
        if self._ids[row] in self._awaited:
            return
        first = row - row % PAGE
        page = tuple(
            number for number in self._ids[first : first + PAGE] if number not in self._entries
        )
        self._awaited.update(page)
        self.page_wanted.emit(page)

    def _remember(self, entry: HistoryEntry) -> None:
        self._entries[entry.id] = entry
        self._entries.move_to_end(entry.id)
        while len(self._entries) > self._most:
            self._entries.popitem(last=False)

    def _tell(self, number: int) -> None:
        row = self.row_of(number)
        if row is not None:
            index = self.index(row)
            self.dataChanged.emit(index, index)

    def _remove_rows(self, first: int, count: int) -> None:
        self.beginRemoveRows(QModelIndex(), first, first + count - 1)
        del self._ids[first : first + count]
        self.endRemoveRows()


_ROLES: Final = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.ToolTipRole,
    HistoryRole.ENTRY,
)


def _words(entry: HistoryEntry) -> str:
    """An entry in words, for those who do not see it."""
    answer = " ".join(short_answer(entry.prediction))
    if entry.is_right is None:
        return answer if entry.label is None else f"{entry.label}, {answer}"
    return (
        f"{entry.label}, read right: {answer}" if entry.is_right else f"{entry.label}, not {answer}"
    )


def _tool_tip(entry: HistoryEntry) -> str:
    when = entry.created
    return f"{_words(entry)}\nWritten on {long_day(when)} {when:%Y} at {when:%H:%M}"

"""The drawings of this session as an item model, the newest first."""

from __future__ import annotations

from enum import IntEnum
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from qtdigits.core.history import HistoryEntry
from qtdigits.core.wording import short_answer

Index = QModelIndex | QPersistentModelIndex

_NO_PARENT: Final = QModelIndex()
CAPACITY: Final = 500
"""With more entries than this the oldest go, so that a day of drawing does not fill the memory."""


class HistoryRole(IntEnum):
    """What a row has beside its text."""

    ENTRY = Qt.ItemDataRole.UserRole + 1
    """HistoryEntry: the whole entry."""


class HistoryModel(QAbstractListModel):
    """A list of history entries, each id once."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[HistoryEntry] = []

    def add_or_update(self, entry: HistoryEntry) -> None:
        """Put a new entry first, or replace the one with the same id where it stands."""
        row = self.row_of(entry.id)
        if row is not None:
            self._entries[row] = entry
            index = self.index(row)
            self.dataChanged.emit(index, index)
            return
        self.beginInsertRows(QModelIndex(), 0, 0)
        self._entries.insert(0, entry)
        self.endInsertRows()
        if len(self._entries) > CAPACITY:
            self._remove_row(len(self._entries) - 1)

    def remove(self, entry_id: int) -> None:
        """Take an entry away; an id that is not there changes nothing."""
        row = self.row_of(entry_id)
        if row is not None:
            self._remove_row(row)

    def clear(self) -> None:
        """Take all entries away."""
        self.beginResetModel()
        self._entries.clear()
        self.endResetModel()

    def entry(self, index: Index) -> HistoryEntry | None:
        """The entry at an index of this model, or None for an invalid index."""
        return self._entries[index.row()] if index.isValid() else None

    def row_of(self, entry_id: int) -> int | None:
        """The row of the entry with this id, or None."""
        for row, entry in enumerate(self._entries):
            if entry.id == entry_id:
                return row
        return None

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's
        entry = self.entry(index)
        if entry is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return " ".join(short_answer(entry.prediction))
            case Qt.ItemDataRole.ToolTipRole:
                answer = " ".join(short_answer(entry.prediction))
                return f"{answer}, written at {entry.created:%H:%M}. Click to bring it back."
            case HistoryRole.ENTRY:
                return entry
        return None

    def _remove_row(self, row: int) -> None:
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._entries[row]
        self.endRemoveRows()

"""The confusion matrix as an item model."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex

_NO_PARENT: Final = QModelIndex()
_DIGITS: Final = 10


class ConfusionRole(IntEnum):
    """What a cell has beside its text."""

    COUNT = Qt.ItemDataRole.UserRole + 1
    """int: how often the digit of the row was read as that of the column."""
    SHARE = Qt.ItemDataRole.UserRole + 2
    """float: the same as a part of the row, 0..1."""


class ConfusionModel(QAbstractTableModel):
    """Ten rows, the digits as they are, by ten columns, the digits as they were read."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._counts: tuple[tuple[int, ...], ...] = ((0,) * _DIGITS,) * _DIGITS

    def set_counts(self, counts: Sequence[Sequence[int]]) -> None:
        """Show another matrix; raises ValueError for one that is not ten by ten."""
        if [len(row) for row in counts] != [_DIGITS] * _DIGITS:
            raise ValueError("the confusion matrix must have ten rows of ten")
        self._counts = tuple(tuple(row) for row in counts)
        self.dataChanged.emit(self.index(0, 0), self.index(_DIGITS - 1, _DIGITS - 1))

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else _DIGITS

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else _DIGITS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's
        if not index.isValid():
            return None
        label, answer = index.row(), index.column()
        count = self._counts[label][answer]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return f"{count:,}" if count else ""
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return cell_words(label, answer, count)
            case Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignCenter
            case ConfusionRole.COUNT:
                return count
            case ConfusionRole.SHARE:
                total = sum(self._counts[label])
                return count / total if total else 0.0
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:  # noqa: ANN401 - Qt's
        if role == Qt.ItemDataRole.DisplayRole and 0 <= section < _DIGITS:
            return str(section)
        return None


def cell_words(label: int, answer: int, count: int) -> str:
    """What a cell says, such as 'A 4 was read as 9: 12 times'."""
    times = "once" if count == 1 else f"{count:,} times" if count else "never"
    read = "read right" if label == answer else f"read as {answer}"
    article = "An" if label == 8 else "A"
    return f"{article} {label} was {read}: {times}"

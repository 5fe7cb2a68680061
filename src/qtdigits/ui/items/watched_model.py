"""The person's own drawings, with what the network being trained answers to them."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from qtdigits.core.history import HistoryEntry
from qtdigits.core.training import WatchedAnswer
from qtdigits.core.wording import percentage

Index = QModelIndex | QPersistentModelIndex

_NO_PARENT: Final = QModelIndex()


class WatchedRole(IntEnum):
    """What a row has beside its text."""

    ENTRY = Qt.ItemDataRole.UserRole + 1
    """HistoryEntry: the drawing, and what the current network reads in it."""
    ANSWER = Qt.ItemDataRole.UserRole + 2
    """WatchedAnswer, or None before the first epoch is over."""


class WatchedModel(QAbstractListModel):
    """A list of drawings that stays as it is through a run; only the answers change."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[HistoryEntry, ...] = ()
        self._answers: tuple[WatchedAnswer, ...] = ()

    def set_entries(self, entries: Sequence[HistoryEntry]) -> None:
        """Watch other drawings; nothing has been answered yet."""
        self.beginResetModel()
        self._entries = tuple(entries)
        self._answers = ()
        self.endResetModel()

    def entries(self) -> tuple[HistoryEntry, ...]:
        return self._entries

    def set_answers(self, answers: Sequence[WatchedAnswer]) -> None:
        """The newest answers, in the order of the entries; any number but theirs is left alone."""
        if len(answers) != len(self._entries) or not answers:
            return
        self._answers = tuple(answers)
        self.dataChanged.emit(self.index(0), self.index(len(self._entries) - 1))

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        answer = self._answers[index.row()] if self._answers else None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return str(answer.digit) if answer is not None else "not read yet"
            case Qt.ItemDataRole.ToolTipRole:
                return _tool_tip(entry, answer)
            case WatchedRole.ENTRY:
                return entry
            case WatchedRole.ANSWER:
                return answer
        return None


def _tool_tip(entry: HistoryEntry, answer: WatchedAnswer | None) -> str:
    now = f"The current network reads {entry.prediction.digit}"
    if answer is None:
        return f"{now}."
    return f"{now}, the new one {answer.digit} ({percentage(answer.confidence)})."

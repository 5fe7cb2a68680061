"""The drawings of a lesson whose answers changed, as an item model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from qtdigits.core.ink import Ink
from qtdigits.core.lesson import TaughtDrawing

Index = QModelIndex | QPersistentModelIndex

_NO_PARENT: Final = QModelIndex()


@dataclass(frozen=True, slots=True)
class TaughtTile:
    """A drawing with how it is read before and after the lesson."""

    ink: Ink
    taught: TaughtDrawing


class TaughtRole(IntEnum):
    """What a row has beside its text."""

    TILE = Qt.ItemDataRole.UserRole + 1
    """TaughtTile"""


class TaughtModel(QAbstractListModel):
    """Those that turned right first, then those that turned wrong, each in the order given."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tiles: tuple[TaughtTile, ...] = ()

    def set_tiles(self, tiles: Sequence[TaughtTile]) -> None:
        """Take the tiles whose answer changed; the others are left out."""
        self.beginResetModel()
        right = [tile for tile in tiles if tile.taught.turns_right]
        wrong = [tile for tile in tiles if tile.taught.turns_wrong]
        self._tiles = (*right, *wrong)
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._tiles)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's
        if not index.isValid():
            return None
        tile = self._tiles[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return f"{tile.taught.before} → {tile.taught.after}"
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return (
                    f"A {tile.taught.label}: read as {tile.taught.before} before the lesson, "
                    f"as {tile.taught.after} after it"
                )
            case TaughtRole.TILE:
                return tile
        return None

"""The networks of the library as an item model."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import IntEnum
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont

from qtdigits.core.architecture import IMPORTED
from qtdigits.core.dates import short_day
from qtdigits.core.library import LibraryEntry
from qtdigits.core.result_words import exact_percentage
from qtdigits.ui.plain_text import plain_tip

Index = QModelIndex | QPersistentModelIndex

_NO_PARENT: Final = QModelIndex()


class LibraryColumn(IntEnum):
    """What the columns tell."""

    NAME = 0
    RIGHT = 1
    DATA = 2
    MADE = 3


class LibraryRole(IntEnum):
    """What a row has beside its texts."""

    ENTRY = Qt.ItemDataRole.UserRole + 1
    """LibraryEntry."""


_TITLES: Final = {
    LibraryColumn.NAME: "Name",
    LibraryColumn.RIGHT: "Reads right",
    LibraryColumn.DATA: "Learnt from",
    LibraryColumn.MADE: "Made",
}


class LibraryModel(QAbstractTableModel):
    """A row for each network; a name that is edited is only asked for, and comes with new entries.

    Signals:
        rename_requested(str, str): the network with this id is to have this name
    """

    rename_requested = Signal(str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[LibraryEntry, ...] = ()

    def set_entries(self, entries: Sequence[LibraryEntry]) -> None:
        self.beginResetModel()
        self._entries = tuple(entries)
        self.endResetModel()

    def entry(self, index: Index) -> LibraryEntry | None:
        """The network of a row, or None for an invalid index."""
        return self._entries[index.row()] if index.isValid() else None

    def row_of(self, entry_id: str) -> int:
        """The row of a network, -1 when it is not there."""
        ids = [entry.id for entry in self._entries]
        return ids.index(entry_id) if entry_id in ids else -1

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(LibraryColumn)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        entry = self.entry(index)
        if entry is None or entry.is_shipped or entry.problem:
            return flags
        if index.column() == LibraryColumn.NAME:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's
        entry = self.entry(index)
        if entry is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _text(entry, LibraryColumn(index.column()))
            case Qt.ItemDataRole.EditRole if index.column() == LibraryColumn.NAME:
                return entry.name
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(entry.problem or _tool_tip(entry))
            case Qt.ItemDataRole.FontRole if entry.is_current:
                font = QFont()
                font.setWeight(QFont.Weight.DemiBold)
                return font
            case LibraryRole.ENTRY:
                return entry
        return None

    def setData(
        self,
        index: Index,
        value: Any,  # noqa: ANN401 - Qt's
        role: int = Qt.ItemDataRole.EditRole,
    ) -> bool:
        entry = self.entry(index)
        if entry is None or role != Qt.ItemDataRole.EditRole or value == entry.name:
            return False
        self.rename_requested.emit(entry.id, str(value))
        return True

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:  # noqa: ANN401 - Qt's
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(LibraryColumn):
            if role == Qt.ItemDataRole.DisplayRole:
                return _TITLES[LibraryColumn(section)]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


def _text(entry: LibraryEntry, column: LibraryColumn) -> str:
    card = entry.card
    match column:
        case LibraryColumn.NAME:
            extra = "  ·  in use" if entry.is_current else ""
            return f"{entry.name}{extra}"
        case _ if card is None:
            return "cannot be read" if column is LibraryColumn.RIGHT else "–"
        case LibraryColumn.RIGHT:
            return figure_words(entry)
        case LibraryColumn.DATA:
            return ", ".join(data_words(name) for name in card.data) or "–"
        case LibraryColumn.MADE:
            return made_words(card.created)


def figure_words(entry: LibraryEntry) -> str:
    """The best figure there is: the test's, else that of validation, else '–'."""
    figures = entry.card.figures if entry.card is not None else {}
    for key, kind in (("test_accuracy", "test"), ("validation_accuracy", "validation")):
        share = figures.get(key)
        if isinstance(share, int | float) and 0 <= share <= 1:
            return f"{exact_percentage(float(share))} ({kind})"
    return "–"


def data_words(source: str) -> str:
    """A source as the card names it, for people: 'synthetic:20000' is '20,000 synthetic'."""
    if Path(source).name in ("mnist", "mnist.npz"):
        return "MNIST"
    name, _, count = source.partition(":")
    if name in ("synthetic", "non-digits") and count.isdecimal():
        return f"{int(count):,} {'synthetic' if name == 'synthetic' else 'scribbles'}"
    return Path(source).name


def made_words(created: str, clock: str = "") -> str:
    """When a card says that its network was made: '2 Nov 2026', and the time as `clock` has it."""
    try:
        made = datetime.fromisoformat(created).astimezone()
    except ValueError:
        return created[:10] or "–"
    return f"{short_day(made)} {made:%Y{clock}}"


def _tool_tip(entry: LibraryEntry) -> str:
    card = entry.card
    if card is None:
        return ""
    lines = [
        card.name,
        f"Architecture: {card.network}, {card.parameters:,} parameters",
        f"Learnt from: {', '.join(data_words(name) for name in card.data) or 'not known'}",
        f"Made: {made_words(card.created, ', %H:%M')}",
    ]
    if card.network == IMPORTED:
        lines.append(f"It expects: {card.settings.get('expects', 'not known')}")
    if entry.is_shipped:
        lines.append("It ships with qtdigits and always stays.")
    return "\n".join(lines)

"""The open pictures as an item model."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QImage

from qtdigits.core.picture_sheet import OpenPicture
from qtdigits.ui.plain_text import plain_tip

Index = QModelIndex | QPersistentModelIndex

_NO_PARENT: Final = QModelIndex()


class PictureRole(IntEnum):
    """What a row has beside its texts."""

    PICTURE = Qt.ItemDataRole.UserRole + 1
    """OpenPicture."""
    THUMBNAIL = Qt.ItemDataRole.UserRole + 2
    """QImage, or None while there is none."""


class PictureModel(QAbstractListModel):
    """A row for each open picture, in the order in which they were opened."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pictures: list[OpenPicture] = []
        self._thumbnails: dict[int, QImage] = {}

    def pictures(self) -> Sequence[OpenPicture]:
        return tuple(self._pictures)

    def picture(self, number: int) -> OpenPicture | None:
        """The picture with this number, None if it is not open."""
        row = self.row_of(number)
        return self._pictures[row] if row is not None else None

    def row_of(self, number: int) -> int | None:
        """The row of a picture, found by halves: numbers rise."""
        low, high = 0, len(self._pictures)
        while low < high:
            middle = (low + high) // 2
            if self._pictures[middle].id < number:
                low = middle + 1
            else:
                high = middle
        found = low < len(self._pictures) and self._pictures[low].id == number
        return low if found else None

    def add(self, pictures: Iterable[OpenPicture]) -> None:
        """Add pictures, with numbers above those that are there."""
        new = list(pictures)
        if new:
            first = len(self._pictures)
            self.beginInsertRows(QModelIndex(), first, first + len(new) - 1)
            self._pictures += new
            self.endInsertRows()

    def update(self, picture: OpenPicture) -> None:
        """Something is known now that was not; a picture that was closed stays closed."""
        row = self.row_of(picture.id)
        if row is not None:
            self._pictures[row] = picture
            self.dataChanged.emit(self.index(row), self.index(row))

    def set_thumbnail(self, number: int, image: QImage) -> None:
        row = self.row_of(number)
        if row is not None:
            self._thumbnails[number] = image
            self.dataChanged.emit(self.index(row), self.index(row), [PictureRole.THUMBNAIL])

    def remove(self, numbers: Iterable[int]) -> None:
        """Close pictures."""
        for number in numbers:
            row = self.row_of(number)
            if row is not None:
                self.beginRemoveRows(QModelIndex(), row, row)
                del self._pictures[row]
                self._thumbnails.pop(number, None)
                self.endRemoveRows()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._pictures)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 — Qt's signature
        if not index.isValid() or index.row() >= len(self._pictures):
            return None
        picture = self._pictures[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return picture.name
            case Qt.ItemDataRole.ToolTipRole:
                place = picture.place or picture.name
                return plain_tip(f"{place}\n{picture.problem or picture.words}")
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{picture.name}: {picture.problem or picture.words}"
            case PictureRole.PICTURE:
                return picture
            case PictureRole.THUMBNAIL:
                return self._thumbnails.get(picture.id)
        return None

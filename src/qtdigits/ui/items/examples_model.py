"""Digit images with what the network reads in them, as an item model."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from qtdigits.core.training_figures import ReadImage
from qtdigits.core.wording import percentage

Index = QModelIndex | QPersistentModelIndex

_NO_PARENT: Final = QModelIndex()


class ExampleRole(IntEnum):
    """What a row has beside its text."""

    EXAMPLE = Qt.ItemDataRole.UserRole + 1
    """ReadImage: the image and the answer."""


class ExamplesModel(QAbstractListModel):
    """A list of images as they are given."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._examples: tuple[ReadImage, ...] = ()

    def set_examples(self, examples: Sequence[ReadImage]) -> None:
        self.beginResetModel()
        self._examples = tuple(examples)
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._examples)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's
        if not index.isValid():
            return None
        example = self._examples[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return str(example.answer) if example.is_right else _arrow(example)
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                sure = percentage(example.confidence)
                return f"Labelled {example.label}, read as {example.answer}, {sure} sure"
            case ExampleRole.EXAMPLE:
                return example
        return None


def _arrow(example: ReadImage) -> str:
    return f"{example.label} → {example.answer}"

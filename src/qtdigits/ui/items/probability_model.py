"""The ten probabilities of a prediction as an item model."""

from __future__ import annotations

from enum import IntEnum
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from qtdigits.core.prediction import Prediction, Verdict
from qtdigits.core.wording import percentage

Index = QModelIndex | QPersistentModelIndex

_NO_PARENT: Final = QModelIndex()
_DIGITS: Final = 10


class ProbabilityRole(IntEnum):
    """What a row has beside its text."""

    PROBABILITY = Qt.ItemDataRole.UserRole + 1
    """float in 0..1, or None when nothing was read."""
    LEADING = Qt.ItemDataRole.UserRole + 2
    """bool: whether this is the digit that was read."""
    PERCENTAGE = Qt.ItemDataRole.UserRole + 3
    """str: the probability for people, '' when nothing was read."""


class ProbabilityModel(QAbstractListModel):
    """Ten rows, the digits 0 to 9 in order, over the latest prediction.

    The rows never come or go: only their values change.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._prediction: Prediction | None = None
        self._leading: int | None = None

    def set_prediction(self, prediction: Prediction | None) -> None:
        """Show another prediction, or None for 'nothing was read'."""
        if prediction == self._prediction:
            return
        self._prediction = prediction
        read = prediction is not None and prediction.text
        self._leading = int(read) if read else None
        self.dataChanged.emit(self.index(0), self.index(_DIGITS - 1))

    @property
    def shares(self) -> tuple[float, ...]:
        """The ten probabilities, each 0 when nothing was read."""
        return tuple(self._probability(digit) or 0.0 for digit in range(_DIGITS))

    @property
    def leading(self) -> int | None:
        """The digit that was read."""
        return self._leading

    def percentage(self, digit: int) -> str:
        """The probability of a digit for people, '' when nothing was read."""
        probability = self._probability(digit)
        return "" if probability is None else percentage(probability)

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else _DIGITS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's
        if not index.isValid():
            return None
        digit = index.row()
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return f"{digit}: {self.percentage(digit) or 'nothing read'}"
            case ProbabilityRole.PROBABILITY:
                return self._probability(digit)
            case ProbabilityRole.LEADING:
                return digit == self._leading
            case ProbabilityRole.PERCENTAGE:
                return self.percentage(digit)
        return None

    def _probability(self, digit: int) -> float | None:
        if self._prediction is None or self._prediction.verdict is Verdict.EMPTY:
            return None
        return self._prediction.probabilities[digit]

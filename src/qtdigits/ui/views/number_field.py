"""Fields for numbers: whole ones, shares in per cent, and small rates."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QValidator, QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox, QLineEdit, QSpinBox, QWidget

_MARGIN_PX: Final = 10


class WholeField(QSpinBox):
    """A whole number between two ends, with thousands told apart."""

    def __init__(self, low: int, high: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _prepare(self)
        self.setRange(low, high)
        self.setGroupSeparatorShown(True)
        self.setStepType(QAbstractSpinBox.StepType.AdaptiveDecimalStepType)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # whoever scrolls past does not mean to change anything


class ShareField(QSpinBox):
    """A fraction between two ends, in whole per cent."""

    def __init__(self, low: float, high: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _prepare(self)
        self.setRange(round(low * 100), round(high * 100))
        self.setSuffix("\u202f%")

    def share(self) -> float:
        return self.value() / 100

    def set_share(self, share: float) -> None:
        self.setValue(round(share * 100))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # see WholeField


class RateField(QDoubleSpinBox):
    """A small number between two ends, shown without needless zeros."""

    def __init__(self, low: float, high: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _prepare(self)
        self.setDecimals(6)
        self.setRange(low, high)
        self.setStepType(QAbstractSpinBox.StepType.AdaptiveDecimalStepType)

    def textFromValue(self, val: float) -> str:  # noqa: N802 - Qt names it
        text = self.locale().toString(val, "f", 6)
        point = self.locale().decimalPoint()
        return text.rstrip("0").rstrip(point) if point in text else text

    def validate(self, text: str, pos: int) -> tuple[QValidator.State, str, int]:
        # Where a comma is the decimal point, it is what the keyboard's number block types.
        return super().validate(text.replace(",", self.locale().decimalPoint()), pos)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # see WholeField


def _prepare(field: QAbstractSpinBox) -> None:
    # The style sheet makes the two buttons so small that they are gone. With Qt's NoButtons and any
    # style sheet the text would have no room (Qt 6.11); and it heeds no padding at the sides.
    for line in field.findChildren(QLineEdit):
        line.setTextMargins(_MARGIN_PX, 0, _MARGIN_PX, 0)
    field.setAlignment(Qt.AlignmentFlag.AlignRight)
    field.setCorrectionMode(QAbstractSpinBox.CorrectionMode.CorrectToNearestValue)
    field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    field.setKeyboardTracking(False)

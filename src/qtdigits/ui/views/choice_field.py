"""A choice of several in the look of the other fields."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from qtdigits.core.settings import Choice
from qtdigits.ui.theme_colors import Theme

_PADDING_PX: Final = 10
_ARROW_PX: Final = 9
_HEIGHT_PX: Final = 30


class ChoiceField(QComboBox):
    """Shows the title of a choice, and gives its value."""

    def __init__(
        self, choices: Sequence[Choice], theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        for choice in choices:
            self.addItem(choice.title, choice.value)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def value(self) -> str:
        return str(self.currentData())

    def set_value(self, value: str) -> None:
        """Show a value; one that is not there changes nothing."""
        at = self.findData(value)
        if at >= 0:
            self.setCurrentIndex(at)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        widest = max(metrics.horizontalAdvance(self.itemText(i)) for i in range(self.count()))
        height = max(_HEIGHT_PX, metrics.height() + 10)
        return QSize(widest + 3 * _PADDING_PX + _ARROW_PX, height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # whoever scrolls past does not mean to change anything

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        focused = self.hasFocus()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            line = theme.accent if focused else theme.slight if self.underMouse() else theme.line
            painter.setPen(QPen(QColor(line), 2 if focused else 1))
            painter.setBrush(QColor(theme.ground))
            painter.drawRoundedRect(
                frame.adjusted(0.5, 0.5, -0.5, -0.5) if focused else frame, 7, 7
            )
            color = QColor(theme.text if self.isEnabled() else theme.faint)
            painter.setPen(color)
            text = self.rect().adjusted(_PADDING_PX, 0, -2 * _PADDING_PX - _ARROW_PX + 6, 0)
            painter.drawText(
                text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.currentText()
            )
            self._paint_arrow(painter, color)

    def _paint_arrow(self, painter: QPainter, color: QColor) -> None:
        pen = QPen(color, 1.6)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        middle = QPointF(self.width() - _PADDING_PX - _ARROW_PX / 2, self.height() / 2 + 1)
        half = _ARROW_PX / 2
        painter.drawPolyline(
            [
                middle + QPointF(-half, -half / 2),
                middle + QPointF(0, half / 2),
                middle + QPointF(half, -half / 2),
            ]
        )

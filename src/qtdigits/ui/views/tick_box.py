"""A check box in the look of the program."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QWidget

from qtdigits.ui.theme_colors import Theme

_SIDE_PX: Final = 18
_RING_PX: Final = 3
_TICK: Final = ((0.27, 0.52), (0.44, 0.68), (0.74, 0.34))


class TickBox(QCheckBox):
    """A tick or none; its name stands beside it, not in it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_SIDE_PX + 2 * _RING_PX, _SIDE_PX + 2 * _RING_PX)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:  # noqa: N802 - Qt names it
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        box = QRectF(_RING_PX, (self.height() - _SIDE_PX) / 2, _SIDE_PX, _SIDE_PX)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.hasFocus():
                painter.setPen(QPen(QColor(theme.accent), 2))
                painter.drawRoundedRect(box.adjusted(-2, -2, 2, 2), 7, 7)
            if not self.isChecked():
                painter.setPen(QPen(QColor(theme.control_line if self.isEnabled() else theme.line)))
                painter.setBrush(QColor(theme.card))
                painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
                return
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.accent if self.isEnabled() else theme.slight))
            painter.drawRoundedRect(box, 5, 5)
            pen = QPen(QColor(theme.on_accent), 1.8)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            painter.drawPolyline(
                [QPointF(box.left() + x * _SIDE_PX, box.top() + y * _SIDE_PX) for x, y in _TICK]
            )

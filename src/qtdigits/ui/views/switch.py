"""A check box that looks like a switch."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QWidget

from qtdigits.ui.theme_colors import Theme

_TRACK: Final = QSize(40, 22)
_RING_PX: Final = 3


class Switch(QCheckBox):
    """On or off; its name stands beside it, not in it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_TRACK.width() + 2 * _RING_PX, _TRACK.height() + 2 * _RING_PX)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:  # noqa: N802 - Qt names it
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        track = QRectF(_RING_PX, _RING_PX, _TRACK.width(), _TRACK.height())
        radius = track.height() / 2
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.hasFocus():
                painter.setPen(QPen(QColor(theme.accent), 2))
                ring = track.adjusted(-2, -2, 2, 2)
                painter.drawRoundedRect(ring, radius + 2, radius + 2)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.accent if self.isChecked() else theme.control_line))
            painter.drawRoundedRect(track, radius, radius)
            painter.setBrush(QColor(theme.on_accent if self.isChecked() else theme.card))
            x = track.right() - radius if self.isChecked() else track.left() + radius
            painter.drawEllipse(QPointF(x, track.center().y()), radius - 3, radius - 3)

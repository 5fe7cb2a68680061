"""A reliability diagram: how sure the network says it is, and how often it is right."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from qtdigits.core.evaluation import ReliabilityBin
from qtdigits.ui.theme_colors import Theme

_SMALLEST: Final = QSize(160, 110)
_WORDS_PX: Final = 6
FEWEST: Final = 10
"""A bin with fewer images says little, and is grey."""


class ReliabilityView(QWidget):
    """A bar for each bin that has images; on the diagonal the network promises what it keeps."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._bins: tuple[ReliabilityBin, ...] = ()
        self.setAccessibleName("Reliability diagram")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_bins(self, bins: tuple[ReliabilityBin, ...]) -> None:
        self._bins = bins
        self.setToolTip(
            "\n".join(
                f"{one.confidence:.0%} sure: {one.accuracy:.0%} right of {one.n:,}"
                for one in bins
                if one.confidence is not None and one.accuracy is not None
            )
        )
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return _SMALLEST

    def minimumSizeHint(self) -> QSize:
        return _SMALLEST

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        line = self.fontMetrics().height()
        left = self.fontMetrics().horizontalAdvance("100\u202f%") + _WORDS_PX
        area = QRectF(
            left, line / 2, self.width() - left - 1, self.height() - 1.5 * line - _WORDS_PX
        )
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_axes(painter, area)
            painter.setPen(Qt.PenStyle.NoPen)
            for one in self._bins:
                if one.accuracy is None:
                    continue
                bar = QRectF(
                    area.left() + one.low * area.width() + 1,
                    area.bottom() - one.accuracy * area.height(),
                    (one.high - one.low) * area.width() - 2,
                    max(one.accuracy * area.height(), 1.5),
                )
                enough = one.n >= FEWEST
                painter.setBrush(QColor(theme.accent if enough else theme.slight))
                painter.drawRoundedRect(bar, 2, 2)
            painter.setPen(QPen(QColor(theme.text), 1.4, Qt.PenStyle.DashLine))
            painter.drawLine(area.bottomLeft(), area.topRight())

    def _paint_axes(self, painter: QPainter, area: QRectF) -> None:
        theme = self._theme
        for share in (0.0, 0.5, 1.0):
            y = area.bottom() - share * area.height()
            painter.setPen(QPen(QColor(theme.line), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(QColor(theme.muted))
            words = QRectF(0, y - 20, area.left() - _WORDS_PX, 40)
            painter.drawText(words, _RIGHT, f"{share * 100:.0f}\u202f%")
        below = QRectF(area.left(), area.bottom() + _WORDS_PX, area.width(), 40)
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, "0\u202f% sure")
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, "100\u202f% sure")


_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

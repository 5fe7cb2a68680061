"""How many drawings there are of each digit: ten columns with a number below each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from qtdigits.ui.theme_colors import Theme

_COLUMN_PX: Final = 44
_BAR_PX: Final = 48
_FULL: Final = 6
"""From so many drawings on a column is full."""


class DigitCounts(QWidget):
    """Shows ten counts; a digit without any is grey."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("digitCounts")
        self._theme = theme
        self._counts: tuple[int, ...] = (0,) * 10
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_counts(self, counts: Sequence[int]) -> None:
        self._counts = tuple(counts)
        told = ", ".join(f"{count} of {digit}" for digit, count in enumerate(self._counts))
        self.setAccessibleName(f"Drawings: {told}")
        self.setToolTip(f"Drawings whose digit you said: {told}")
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        line = QFontMetrics(self.font()).height()
        return QSize(10 * _COLUMN_PX, _BAR_PX + 2 * line + 10)

    def minimumSizeHint(self) -> QSize:
        return QSize(10 * 26, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        line = QFontMetrics(self.font()).height()
        width = self.width() / 10
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for digit, count in enumerate(self._counts):
                left = digit * width
                bar = QRectF(left + width / 2 - 7, line + 2, 14, _BAR_PX)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(theme.track))
                painter.drawRoundedRect(bar, 4, 4)
                share = min(count, _FULL) / _FULL
                if share:
                    filled = bar.adjusted(0, bar.height() * (1 - share), 0, 0)
                    painter.setBrush(QColor(theme.accent))
                    painter.drawRoundedRect(filled, 4, 4)
                painter.setFont(self.font())
                painter.setPen(QColor(theme.muted if count else theme.faint))
                top = QRectF(left, 0, width, line)
                painter.drawText(top, Qt.AlignmentFlag.AlignCenter, f"{count:,}")
                painter.setFont(bold)
                painter.setPen(QColor(theme.text if count else theme.faint))
                below = QRectF(left, line + _BAR_PX + 6, width, line + 2)
                painter.drawText(below, Qt.AlignmentFlag.AlignCenter, str(digit))

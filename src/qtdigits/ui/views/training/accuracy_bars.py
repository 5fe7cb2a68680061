"""Two networks' accuracies as short bars, each with its interval."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from qtdigits.core.evaluation import Interval
from qtdigits.core.result_words import exact_percentage
from qtdigits.ui.plain_text import plain_tip
from qtdigits.ui.theme_colors import Theme

_BAR_PX: Final = 8
_GAP_PX: Final = 8
_LEAST_SPAN: Final = 0.01


@dataclass(frozen=True, slots=True)
class AccuracyBar:
    """A network's name, the share that it reads right, and the 95 % interval of that share."""

    name: str
    accuracy: float
    interval: Interval


class AccuracyBars(QWidget):
    """The first bar is the new network's, in the accent."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._bars: tuple[AccuracyBar, ...] = ()

    def set_bars(self, bars: tuple[AccuracyBar, ...]) -> None:
        self._bars = bars
        self.setAccessibleName("; ".join(_words(bar) for bar in bars))
        words = [_words(bar) for bar in bars]
        words.append("The thin line is where the true share lies in 95 of 100 such measurements.")
        self.setToolTip(plain_tip("\n".join(words)))
        self.updateGeometry()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, max(len(self._bars), 1) * self._row_height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._bars:
            return
        low, high = axis_of(self._bars)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for number, bar in enumerate(self._bars):
                self._paint_bar(painter, number, bar, low, high)

    def _row_height(self) -> int:
        return self.fontMetrics().height() + _GAP_PX // 2 + _BAR_PX + 2 * _GAP_PX

    def _paint_bar(
        self, painter: QPainter, number: int, bar: AccuracyBar, low: float, high: float
    ) -> None:
        theme = self._theme
        top = number * self._row_height()
        text = QRectF(0, top, self.width(), self.fontMetrics().height())
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        painter.setFont(bold if number == 0 else self.font())
        painter.setPen(QColor(theme.text if number == 0 else theme.muted))
        painter.drawText(text, Qt.AlignmentFlag.AlignLeft, bar.name)
        painter.drawText(text, Qt.AlignmentFlag.AlignRight, exact_percentage(bar.accuracy))
        track = QRectF(0, text.bottom() + _GAP_PX, self.width(), _BAR_PX)
        radius = _BAR_PX / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.track))
        painter.drawRoundedRect(track, radius, radius)

        def x(share: float) -> float:
            return track.width() * min(max((share - low) / (high - low), 0.0), 1.0)

        painter.setBrush(QColor(theme.accent if number == 0 else theme.slight))
        length = max(x(bar.accuracy), _BAR_PX)
        painter.drawRoundedRect(QRectF(0, track.top(), length, _BAR_PX), radius, radius)
        painter.setPen(QPen(QColor(theme.text), 1.6))
        middle = track.center().y()
        left, right = x(bar.interval.low), min(x(bar.interval.high), track.width() - 1)
        painter.drawLine(QPointF(left, middle), QPointF(right, middle))
        for end in (left, right):
            painter.drawLine(QPointF(end, middle - 5), QPointF(end, middle + 5))


def axis_of(bars: tuple[AccuracyBar, ...]) -> tuple[float, float]:
    """Where the bars begin and end: a little below the worst, so that a difference can be seen."""
    low = min(bar.interval.low for bar in bars)
    high = max(bar.interval.high for bar in bars)
    span = max(high - low, _LEAST_SPAN)
    return max(0.0, low - span), min(1.0, high + span / 4)


def _words(bar: AccuracyBar) -> str:
    interval = f"{exact_percentage(bar.interval.low)} to {exact_percentage(bar.interval.high)}"
    return f"{bar.name}: {exact_percentage(bar.accuracy)} right ({interval})"

"""How often drawings were read right, over time.

Painted here and not with pyqtgraph: importing that takes a quarter of a second, in which the
history window would not open.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from qtdigits.core.dates import long_day, short_day
from qtdigits.core.store.score import DayScore, running_shares
from qtdigits.ui.theme_colors import Theme

_SMALLEST: Final = QSize(180, 110)
_WORDS_PX: Final = 6
_DOT_PX: Final = 3.5
_FLOORS: Final = (0.9, 0.8, 0.5, 0.0)


class ScoreChart(QWidget):
    """One line through the days: the share of the drawings of about the last hundred labels."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("scoreChart")
        self.setAccessibleName("Read right, over time")
        self.setToolTip("Each point: how many of about the last hundred labelled drawings")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._theme = theme
        self._days: tuple[DayScore, ...] = ()
        self._shares: tuple[float, ...] = ()

    def set_days(self, days: tuple[DayScore, ...]) -> None:
        self._days = days
        self._shares = running_shares(days)
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return _SMALLEST

    def minimumSizeHint(self) -> QSize:
        return _SMALLEST

    def paintEvent(self, event: QPaintEvent) -> None:
        line = self.fontMetrics().height()
        left = self.fontMetrics().horizontalAdvance("100\u202f%") + _WORDS_PX
        area = QRectF(
            left, line / 2, self.width() - left - 5, self.height() - 1.5 * line - _WORDS_PX
        )
        # A round number below all points.
        low = min(self._shares, default=0.0)
        floor = next(edge for edge in _FLOORS if edge <= low)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_axes(painter, area, floor)
            points = self._points(area, floor)
            painter.setPen(_pen(self._theme.accent))
            painter.drawPolyline(QPolygonF(points))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._theme.accent))
            for point in points[-1:]:
                painter.drawEllipse(point, _DOT_PX, _DOT_PX)

    def _points(self, area: QRectF, floor: float) -> list[QPointF]:
        if not self._days:
            return []
        first, last = self._days[0].day, self._days[-1].day
        span = (last - first).days
        return [
            QPointF(
                area.left() + area.width() * ((one.day - first).days / span if span else 0.5),
                area.bottom() - area.height() * (share - floor) / (1 - floor),
            )
            for one, share in zip(self._days, self._shares, strict=True)
        ]

    def _paint_axes(self, painter: QPainter, area: QRectF, floor: float) -> None:
        theme = self._theme
        for share in (floor, (floor + 1) / 2, 1.0):
            y = area.bottom() - area.height() * (share - floor) / (1 - floor)
            painter.setPen(QPen(QColor(theme.line), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(QColor(theme.muted))
            words = QRectF(0, y - 20, area.left() - _WORDS_PX, 40)
            painter.drawText(words, _RIGHT, f"{share * 100:.0f}\u202f%")
        if not self._days:
            return
        below = QRectF(area.left(), area.bottom() + _WORDS_PX, area.width(), 40)
        first, last = self._days[0].day, self._days[-1].day
        if first == last:
            painter.drawText(below, Qt.AlignmentFlag.AlignHCenter, long_day(first))
            return
        ends = (long_day(first), long_day(last))
        if first.year != last.year:
            ends = (f"{short_day(first)} {first.year}", f"{short_day(last)} {last.year}")
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, ends[0])
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, ends[1])


def _pen(color: str) -> QPen:
    pen = QPen(QColor(color), 2.2)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

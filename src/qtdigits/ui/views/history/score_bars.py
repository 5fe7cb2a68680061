"""How often each digit was read right: ten short bars."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from qtdigits.core.result_words import exact_percentage
from qtdigits.core.store.score import Share
from qtdigits.ui.theme_colors import Theme

_LINE_PX: Final = 5
_BAR_PX: Final = 8.0
_GAP_PX: Final = 10


class ScoreBars(QWidget):
    """A row for each digit: the digit, a bar for the share, and right of all in numbers."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("scoreBars")
        self.setAccessibleName("Read right, by digit")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._theme = theme
        self._shares: tuple[Share, ...] = (Share(),) * 10

    def set_shares(self, shares: tuple[Share, ...]) -> None:
        self._shares = shares
        self.setToolTip(
            "\n".join(
                f"{digit}: {exact_percentage(share.value)} right of {share.n:,}"
                for digit, share in enumerate(shares)
                if share.value is not None
            )
        )
        self.update()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, 10 * (self.fontMetrics().height() + _LINE_PX))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        metrics = self.fontMetrics()
        row = self.height() / 10
        left = metrics.horizontalAdvance("0") + _GAP_PX
        most = max((share.n for share in self._shares), default=0)
        words = metrics.horizontalAdvance(f"{most:,} of {most:,}" if most else "–")
        width = self.width() - left - words - _GAP_PX
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for digit, share in enumerate(self._shares):
                line = QRectF(0, digit * row, self.width(), row)
                painter.setPen(QColor(self._theme.text if share.n else self._theme.muted))
                painter.drawText(line, _LEFT, str(digit))
                bar = QRectF(left, line.center().y() - _BAR_PX / 2, width, _BAR_PX)
                self._paint_bar(painter, bar, share)
                painter.setPen(QColor(self._theme.muted))
                painter.drawText(
                    line, _RIGHT, f"{share.right:,} of {share.n:,}" if share.n else "–"
                )

    def _paint_bar(self, painter: QPainter, place: QRectF, share: Share) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.track))
        painter.drawRoundedRect(place, _BAR_PX / 2, _BAR_PX / 2)
        if share.value:
            painter.setBrush(QColor(self._theme.accent))
            done = QRectF(place)
            done.setWidth(max(place.width() * share.value, _BAR_PX))
            painter.drawRoundedRect(done, _BAR_PX / 2, _BAR_PX / 2)


_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

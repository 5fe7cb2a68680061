"""Painting one probability: the digit, its bar and the percentage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from qtdigits.ui.items.probability_model import ProbabilityRole
from qtdigits.ui.theme_colors import Theme

_GAP_PX: Final = 10
_BAR_HEIGHT_PX: Final = 8
_STUB_PX: Final = 3.0
"""The length of a bar that stands for nearly nothing: it still shows that there is one."""


class ProbabilityDelegate(QStyledItemDelegate):
    """Owns the bars' lengths as shown, which may still be on the way to the model's values."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._height = 180
        self._shares: Sequence[float] = (0.0,) * 10

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme

    def set_shares(self, shares: Sequence[float]) -> None:
        """The ten lengths to paint, each in 0..1 of the track."""
        self._shares = shares

    def set_height(self, height_px: int) -> None:
        """The height that the ten rows share, to the last pixel."""
        self._height = height_px

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        row = index.row()
        return QSize(120, self._height * (row + 1) // 10 - self._height * row // 10)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        leading = bool(index.data(ProbabilityRole.LEADING))
        font = _tabular(option.font, bold=leading)
        widest = QFontMetrics(_tabular(option.font, bold=True))
        rect = QRectF(option.rect)
        digit_width = widest.horizontalAdvance("0")
        text_width = widest.horizontalAdvance("99.9\u202f%")
        left = rect.left() + digit_width + _GAP_PX
        right = rect.right() - text_width - _GAP_PX
        top = rect.center().y() - _BAR_HEIGHT_PX / 2
        self._paint_bar(
            painter,
            QRectF(left, top, max(right - left, 0.0), _BAR_HEIGHT_PX),
            self._shares[index.row()],
            leading,
        )
        painter.setPen(QColor(self._theme.text if leading else self._theme.muted))
        painter.setFont(_tabular(option.font, bold=True))
        painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | _MIDDLE, str(index.row()))
        painter.setFont(font)
        percentage = str(index.data(ProbabilityRole.PERCENTAGE)) or "–"
        painter.drawText(rect, Qt.AlignmentFlag.AlignRight | _MIDDLE, percentage)

    def _paint_bar(self, painter: QPainter, track: QRectF, share: float, leading: bool) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = track.height() / 2
        whole = QPainterPath()
        whole.addRoundedRect(track, radius, radius)
        painter.fillPath(whole, QColor(self._theme.track))
        length = max(share * track.width(), min(_STUB_PX, track.width()))
        # A bar shorter than its round end is the right end of a longer one, cut by the track.
        shape = QRectF(track)
        shape.setWidth(max(length, track.height()))
        shape.moveRight(track.left() + length)
        bar = QPainterPath()
        bar.addRoundedRect(shape, radius, radius)
        if shape.left() < track.left():
            bar = bar.intersected(whole)
        painter.fillPath(bar, QColor(self._theme.accent if leading else self._theme.slight))
        painter.restore()


_MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter


def _tabular(font: QFont, *, bold: bool) -> QFont:
    """The font with figures of equal width, so that percentages stand under each other."""
    result = QFont(font)
    result.setFeature(QFont.Tag("tnum"), 1)
    result.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return result

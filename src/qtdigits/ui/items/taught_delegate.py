"""Painting one drawing of a lesson with how it is read before and after."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from qtdigits.core.ink import Ink
from qtdigits.ui.items.taught_model import TaughtRole, TaughtTile
from qtdigits.ui.theme_colors import Theme

SIDE_PX: Final = 76
GAP_PX: Final = 12
_RADIUS_PX: Final = 10.0

Thumbnail = Callable[[Ink, int, float, QColor | None], QImage]


class TaughtDelegate(QStyledItemDelegate):
    """The drawing as it was written; below it '4 → 9' with a sign, green or red."""

    def __init__(self, thumbnail: Thumbnail, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnail = thumbnail
        self._theme = theme

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(SIDE_PX + GAP_PX, SIDE_PX + QFontMetrics(option.font).height() + 8)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        tile: TaughtTile = index.data(TaughtRole.TILE)
        is_right = tile.taught.turns_right
        color = QColor(self._theme.good if is_right else self._theme.bad)
        rect = option.rect
        frame = QRectF(rect.left() + 1, rect.top() + 1, SIDE_PX - 2, SIDE_PX - 2)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(color, 1.5))
        painter.setBrush(QColor(self._theme.paper))
        painter.drawRoundedRect(frame, _RADIUS_PX, _RADIUS_PX)
        ratio = painter.device().devicePixelRatio()
        ink = self._thumbnail(tile.ink, SIDE_PX - 12, ratio, QColor(self._theme.ink))
        painter.drawImage(rect.left() + 6, rect.top() + 6, ink)
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(color)
        height = QFontMetrics(option.font).height()
        words = QRect(rect.left(), rect.top() + SIDE_PX + 4, SIDE_PX, height)
        sign = "✓" if is_right else "✗"
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, f"{index.data()} {sign}")
        painter.restore()

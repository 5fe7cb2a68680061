"""Painting one history entry: a picture of the film strip with its answer below."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Final, NamedTuple

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from qtdigits.core.history import HistoryEntry
from qtdigits.core.ink import Ink
from qtdigits.core.prediction import Prediction, Verdict
from qtdigits.core.wording import short_answer
from qtdigits.ui.items.history_model import HistoryRole
from qtdigits.ui.theme_colors import Theme

ThumbnailPainter = Callable[[Ink, int, float, QColor], QImage]
"""Draws ink into a transparent square: ink, side in the window's units, pixel ratio, colour."""

_CACHE_SIZE: Final = 128
_ITEM_WIDTH_PX: Final = 86
_RADIUS_PX: Final = 10.0


class _Thumbnail(NamedTuple):
    ink: Ink
    side_px: int
    device_pixel_ratio: float
    color: str
    image: QImage


class HistoryDelegate(QStyledItemDelegate):
    """Owns the thumbnails that were painted lately."""

    def __init__(
        self, theme: Theme, thumbnail: ThumbnailPainter, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._thumbnail = thumbnail
        self._item_height = 88
        self._cache: OrderedDict[int, _Thumbnail] = OrderedDict()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme

    def set_item_height(self, height_px: int) -> None:
        self._item_height = height_px

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        answer = "0 99.9\u202f%  "
        width = max(_ITEM_WIDTH_PX, QFontMetrics(option.font).horizontalAdvance(answer) + 8)
        return QSize(width, self._item_height)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        entry: HistoryEntry = index.data(HistoryRole.ENTRY)
        rect = option.rect.adjusted(1, 1, -1, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_frame(painter, QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), option.state)
        text_height = QFontMetrics(option.font).height()
        side = max(min(rect.height() - text_height - 16, rect.width() - 12), 8)
        ratio = option.widget.devicePixelRatioF() if option.widget is not None else 1.0
        picture = self._picture(entry, side, ratio)
        painter.drawImage(
            QRect(rect.left() + (rect.width() - side) // 2, rect.top() + 6, side, side), picture
        )
        line = QRect(rect.left(), rect.bottom() - text_height - 5, rect.width(), text_height)
        self._paint_answer(painter, line, option.font, entry.prediction)
        painter.restore()

    def _paint_frame(self, painter: QPainter, rect: QRectF, state: QStyle.StateFlag) -> None:
        selected = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        if not (selected or hovered or focused):
            return
        framed = selected or focused
        painter.setPen(
            QPen(QColor(self._theme.accent), 2.0 if focused else 1.0)
            if framed
            else Qt.PenStyle.NoPen
        )
        painter.setBrush(QColor(self._theme.selected if selected else self._theme.hover))
        painter.drawRoundedRect(rect, _RADIUS_PX, _RADIUS_PX)

    def _paint_answer(
        self, painter: QPainter, line: QRect, font: QFont, prediction: Prediction
    ) -> None:
        answer, confidence = short_answer(prediction)
        bold = QFont(font)
        bold.setWeight(QFont.Weight.DemiBold)
        gap = 6
        answer_width = QFontMetrics(bold).horizontalAdvance(answer)
        width = answer_width + gap + QFontMetrics(font).horizontalAdvance(confidence)
        left = line.left() + (line.width() - width) // 2
        unsure = prediction.verdict is Verdict.UNSURE
        painter.setFont(bold)
        painter.setPen(QColor(self._theme.text))
        painter.drawText(QRect(left, line.top(), answer_width + 1, line.height()), _MIDDLE, answer)
        painter.setFont(font)
        painter.setPen(QColor(self._theme.warn if unsure else self._theme.muted))
        left += answer_width + gap
        painter.drawText(
            QRect(left, line.top(), line.right() - left + 1, line.height()), _MIDDLE, confidence
        )

    def _picture(self, entry: HistoryEntry, side_px: int, ratio: float) -> QImage:
        """The thumbnail from the cache, painted anew when anything that it shows has changed."""
        wanted = (side_px, ratio, self._theme.ink)
        cached = self._cache.get(entry.id)
        if cached is not None and cached.ink is entry.ink and cached[1:4] == wanted:
            self._cache.move_to_end(entry.id)
            return cached.image
        image = self._thumbnail(entry.ink, side_px, ratio, QColor(self._theme.ink))
        self._cache[entry.id] = _Thumbnail(entry.ink, *wanted, image)
        self._cache.move_to_end(entry.id)
        if len(self._cache) > _CACHE_SIZE:
            self._cache.popitem(last=False)
        return image


_MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft

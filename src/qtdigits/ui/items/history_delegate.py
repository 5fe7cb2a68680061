"""Painting one history entry: a picture of the film strip with its answer below."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final, NamedTuple

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from qtdigits.core.history import READ, HistoryEntry
from qtdigits.core.ink import Ink
from qtdigits.core.prediction import Verdict
from qtdigits.core.wording import short_answer
from qtdigits.ui.items.cell_frame import paint_cell_frame
from qtdigits.ui.items.history_model import HistoryRole
from qtdigits.ui.theme_colors import Theme

ThumbnailPainter = Callable[[Ink, int, float, QColor], QImage]
"""Draws ink into a transparent square: ink, side in the window's units, pixel ratio, colour."""

_CACHE_SIZE: Final = 300
_ITEM_WIDTH_PX: Final = 86
_RADIUS_PX: Final = 10.0
_BADGE_PX: Final = 15.0
_BUDGET_S: Final = 0.005
"""So long entries may be painted anew in one frame; those left over come with the next one."""

_TICK: Final = ((0.27, 0.52), (0.44, 0.69), (0.74, 0.34))
_CROSS: Final = (((0.33, 0.33), (0.67, 0.67)), ((0.67, 0.33), (0.33, 0.67)))


class _Cell(NamedTuple):
    """A painted entry, and what it was painted for."""

    entry: HistoryEntry
    size: QSize
    device_pixel_ratio: float
    theme: str
    image: QImage


class HistoryDelegate(QStyledItemDelegate):
    """Owns pictures of the entries that were painted lately: scrolling only copies them."""

    def __init__(
        self, theme: Theme, thumbnail: ThumbnailPainter, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._thumbnail = thumbnail
        self._item_height = 88
        self._item_width = 0
        self._cache: OrderedDict[int, _Cell] = OrderedDict()
        self._until = float("inf")
        self._has_left = False

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme

    def set_item_height(self, height_px: int) -> None:
        self._item_height = height_px

    def set_item_width(self, width_px: int) -> None:
        """Make entries wider than they need to be; 0 for as wide as they need."""
        self._item_width = width_px

    def begin_frame(self) -> None:
        """From now on the entries of one frame are painted."""
        self._until = time.perf_counter() + _BUDGET_S
        self._has_left = False

    @property
    def has_left(self) -> bool:
        """Whether entries of this frame wait for the next one."""
        return self._has_left

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(max(self.needed_width(option.font), self._item_width), self._item_height)

    @staticmethod
    def needed_width(font: QFont) -> int:
        """How wide an entry is at least, in the window's units."""
        answer = "0 99.9\u202f%  "
        return max(_ITEM_WIDTH_PX, QFontMetrics(font).horizontalAdvance(answer) + 8)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        entry: HistoryEntry | None = index.data(HistoryRole.ENTRY)
        rect = option.rect.adjusted(1, 1, -1, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_cell_frame(painter, QRectF(rect), _RADIUS_PX, option.state, self._theme)
        ratio = option.widget.devicePixelRatioF() if option.widget is not None else 1.0
        if rect.isEmpty():
            painter.restore()
            return
        cell = None if entry is None else self._cell(entry, rect.size(), ratio, option.font)
        if cell is not None:
            painter.drawImage(rect, cell)
        else:
            self._paint_place(painter, QRectF(_picture_place(rect, option.font)))
        painter.restore()

    def _paint_place(self, painter: QPainter, place: QRectF) -> None:
        """Where a thumbnail is about to be."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.track))
        inset = place.width() * 0.2
        painter.drawRoundedRect(place.adjusted(inset, inset, -inset, -inset), 8, 8)

    def _paint_badge(self, painter: QPainter, place: QRectF, right: bool) -> None:
        """A tick or a cross: colour alone would not do."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.good if right else self._theme.bad))
        painter.drawEllipse(place)
        pen = QPen(QColor(self._theme.card), 1.7)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        for line in (_TICK,) if right else _CROSS:
            painter.drawPolyline(
                QPolygonF(
                    [
                        QPointF(place.left() + x * place.width(), place.top() + y * place.height())
                        for x, y in line
                    ]
                )
            )

    def _paint_answer(
        self, painter: QPainter, line: QRect, font: QFont, entry: HistoryEntry
    ) -> None:
        answer, about, color = self._words(entry)
        bold = QFont(font)
        bold.setWeight(QFont.Weight.DemiBold)
        gap = 6
        answer_width = QFontMetrics(bold).horizontalAdvance(answer)
        width = answer_width + gap + QFontMetrics(font).horizontalAdvance(about)
        left = line.left() + (line.width() - width) // 2
        painter.setFont(bold)
        painter.setPen(QColor(self._theme.text))
        painter.drawText(QRect(left, line.top(), answer_width + 1, line.height()), _MIDDLE, answer)
        painter.setFont(font)
        painter.setPen(QColor(color))
        left += answer_width + gap
        painter.drawText(
            QRect(left, line.top(), line.right() - left + 1, line.height()), _MIDDLE, about
        )

    def _words(self, entry: HistoryEntry) -> tuple[str, str, str]:
        """What the drawing shows, what is to be said about it, and the colour of that."""
        answer, about = short_answer(entry.prediction)
        color = self._theme.muted
        if entry.prediction.verdict is Verdict.UNSURE:
            color = self._theme.warn
        if entry.label is not None:
            answer = str(entry.label)
        if entry.is_right is False:
            color = self._theme.bad
            if entry.prediction.verdict in READ:
                about = f"not {entry.prediction.digit}"
        return answer, about, color

    def _cell(self, entry: HistoryEntry, size: QSize, ratio: float, font: QFont) -> QImage | None:
        """The entry from the cache, painted anew when anything that it shows has changed.

        None when the time of this frame is used up.
        """
        wanted = (size, ratio, self._theme.name)
        cached = self._cache.get(entry.id)
        if (
            cached is not None
            and (cached.entry is entry or cached.entry == entry)
            and cached[1:4] == wanted
        ):
            self._cache.move_to_end(entry.id)
            return cached.image
        if time.perf_counter() > self._until:
            self._has_left = True
            return None
        image = self._painted(entry, size, ratio, font)
        self._cache[entry.id] = _Cell(entry, *wanted, image)
        self._cache.move_to_end(entry.id)
        if len(self._cache) > _CACHE_SIZE:
            self._cache.popitem(last=False)
        return image

    def _painted(self, entry: HistoryEntry, size: QSize, ratio: float, font: QFont) -> QImage:
        """Thumbnail, answer and badge on a transparent ground."""
        image = QImage(size * ratio, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(ratio)
        image.fill(Qt.GlobalColor.transparent)
        rect = QRect(QPoint(0, 0), size)
        place = _picture_place(rect, font)
        text_height = QFontMetrics(font).height()
        line = QRect(rect.left(), rect.bottom() - text_height - 5, rect.width(), text_height)
        with QPainter(image) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.drawImage(
                place, self._thumbnail(entry.ink, place.width(), ratio, QColor(self._theme.ink))
            )
            self._paint_answer(painter, line, font, entry)
            if entry.is_right is not None:
                corner = QRectF(rect.right() - _BADGE_PX - 4, rect.top() + 5, _BADGE_PX, _BADGE_PX)
                self._paint_badge(painter, corner, entry.is_right)
        return image


def _picture_place(rect: QRect, font: QFont) -> QRect:
    """Where the thumbnail of an entry lies: above the line with the answer, in the middle."""
    side = max(min(rect.height() - QFontMetrics(font).height() - 16, rect.width() - 12), 8)
    return QRect(rect.left() + (rect.width() - side) // 2, rect.top() + 6, side, side)


_MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft

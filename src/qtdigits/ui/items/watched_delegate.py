"""Painting one watched drawing with the answer below it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from qtdigits.core.history import HistoryEntry
from qtdigits.core.training import WatchedAnswer
from qtdigits.ui.items.history_delegate import ThumbnailPainter
from qtdigits.ui.items.watched_model import WatchedRole
from qtdigits.ui.theme_colors import Theme

_SIDE_PX: Final = 40
_WIDTH_PX: Final = 50
_SURE: Final = 0.9


class WatchedDelegate(QStyledItemDelegate):
    """Green where the networks agree, amber where the new one doubts or reads something else.

    Nobody has said what the drawing is, so that no answer is called wrong.
    """

    def __init__(
        self, theme: Theme, thumbnail: ThumbnailPainter, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._thumbnail = thumbnail
        self._width = _WIDTH_PX

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme

    def fit_into(self, width_px: int) -> None:
        """Let as many drawings as there is room for share the width."""
        self._width = width_px // max(width_px // _WIDTH_PX, 1)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(self._width, _SIDE_PX + QFontMetrics(option.font).height() + 4)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        entry: HistoryEntry = index.data(WatchedRole.ENTRY)
        answer: WatchedAnswer | None = index.data(WatchedRole.ANSWER)
        ratio = option.widget.devicePixelRatioF() if option.widget is not None else 1.0
        rect = option.rect
        image = self._thumbnail(entry.ink, _SIDE_PX, ratio, QColor(self._theme.ink))
        left = rect.left() + (rect.width() - _SIDE_PX) // 2
        painter.save()
        painter.drawImage(QRect(left, rect.top(), _SIDE_PX, _SIDE_PX), image)
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        text, color = self._answer(entry, answer)
        painter.setPen(QColor(color))
        line = QRect(rect.left(), rect.top() + _SIDE_PX, rect.width(), rect.height() - _SIDE_PX)
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()

    def _answer(self, entry: HistoryEntry, answer: WatchedAnswer | None) -> tuple[str, str]:
        if answer is None:
            return "–", self._theme.muted
        agrees = answer.digit == entry.prediction.digit
        if agrees and answer.confidence >= _SURE:
            return str(answer.digit), self._theme.good
        return f"{answer.digit}?", self._theme.warn

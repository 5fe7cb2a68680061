"""Painting one digit image with label and answer below it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from qtdigits.core.training_figures import ReadImage
from qtdigits.core.wording import percentage
from qtdigits.ui.items.digit_pictures import picture
from qtdigits.ui.items.examples_model import ExampleRole
from qtdigits.ui.theme_colors import Theme

SIDE_PX: Final = 56
_GAP_PX: Final = 10
_RADIUS_PX: Final = 6.0


class ExamplesDelegate(QStyledItemDelegate):
    """The image white on black, then '4 → 9' and how sure the network is of it."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(SIDE_PX + _GAP_PX, SIDE_PX + 2 * QFontMetrics(option.font).height() + 6)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        example: ReadImage = index.data(ExampleRole.EXAMPLE)
        rect = option.rect
        target = QRectF(rect.left(), rect.top(), SIDE_PX, SIDE_PX)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QPainterPath()
        shape.addRoundedRect(target, _RADIUS_PX, _RADIUS_PX)
        painter.setClipPath(shape)
        painter.drawImage(target, picture(example.image()))
        painter.setClipping(False)
        line = QFontMetrics(option.font).height()
        first = QRect(rect.left(), rect.top() + SIDE_PX + 3, SIDE_PX, line)
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(self._theme.text if example.is_right else self._theme.bad))
        painter.drawText(first, Qt.AlignmentFlag.AlignCenter, str(index.data()))
        painter.setFont(option.font)
        painter.setPen(QColor(self._theme.muted))
        second = first.translated(0, line)
        painter.drawText(second, Qt.AlignmentFlag.AlignCenter, percentage(example.confidence))
        painter.restore()

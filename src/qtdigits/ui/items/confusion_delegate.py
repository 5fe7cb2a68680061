"""Painting a cell of the confusion matrix: the more often, the stronger its colour."""

from __future__ import annotations

import math
from typing import Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from qtdigits.ui.items.confusion_model import ConfusionRole
from qtdigits.ui.theme_colors import Theme

_RADIUS_PX: Final = 4.0
_FAINTEST: Final = 0.16
_STRONGEST: Final = 0.62
"""How much of the colour lies on the card: the count on it stays readable."""

_FULL_AT: Final = 0.1
"""A mistake that a tenth of a digit's images suffer has the strongest colour."""


class ConfusionDelegate(QStyledItemDelegate):
    """What is right is in the accent, what is wrong in red; the count tells them apart as well."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(24, 20)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        theme = self._theme
        count = int(index.data(ConfusionRole.COUNT))
        right = index.row() == index.column()
        cell = QRectF(option.rect).adjusted(1, 1, -1, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._color(float(index.data(ConfusionRole.SHARE)), count, right))
        painter.drawRoundedRect(cell, _RADIUS_PX, _RADIUS_PX)
        chosen = option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus)
        if chosen:
            painter.setPen(QPen(QColor(theme.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(cell, _RADIUS_PX, _RADIUS_PX)
        if count:
            font = QFont(option.font)
            font.setWeight(QFont.Weight.DemiBold if right else QFont.Weight.Normal)
            font.setPointSizeF(font.pointSizeF() * 0.9)
            painter.setFont(font)
            painter.setPen(QColor(theme.text))
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, str(index.data()))
        painter.restore()

    def _color(self, share: float, count: int, right: bool) -> QColor:
        theme = self._theme
        if not count:
            return QColor(theme.hover)
        strength = share if right else math.sqrt(min(share / _FULL_AT, 1.0))
        amount = _FAINTEST + (_STRONGEST - _FAINTEST) * strength
        return mixed(theme.card, theme.accent if right else theme.bad, amount * _SCALE[theme.name])


_SCALE: Final = {"light": 0.72, "dark": 0.78}
"""Text on the strongest colour keeps a contrast of 4.5 in both themes."""


def mixed(ground: str, color: str, amount: float) -> QColor:
    """The colour laid over the ground, 0 none of it, 1 all."""
    below, above = QColor(ground), QColor(color)
    return QColor(
        round(below.red() + (above.red() - below.red()) * amount),
        round(below.green() + (above.green() - below.green()) * amount),
        round(below.blue() + (above.blue() - below.blue()) * amount),
    )

"""What each box on a picture holds, on a small ground of its own above the box."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from qtdigits.ui.theme_colors import Theme
from qtdigits.ui.views.picture.box_render import BoxLook

_SHARE: Final = 0.45
_LEAST_PX: Final = 12.0
_MOST_PX: Final = 22.0
_GAP_PX: Final = 2.0
_RADIUS_PX: Final = 3.0
_LEAST_BOX_PX: Final = 14.0
"""Over lower boxes tags would be larger than what they tell of."""


def tag_places(
    places: Sequence[QRectF], looks: Sequence[BoxLook], font: QFont
) -> tuple[QRectF, ...]:
    """Where the tags of boxes stand, given where the boxes are, in reading order.

    A tag that would lie on the one before moves aside, as far as its box reaches.
    """
    tags: list[QRectF] = []
    for place, look in zip(places, looks, strict=True):
        tag = _place(place, look.tag, font)
        before = tags[-1] if tags else QRectF()
        if tag.intersects(before) and before.left() <= tag.left():
            tag.moveLeft(min(before.right() + 1, max(place.right() - 2, tag.left())))
        tags.append(tag)
    return tuple(tags)


def is_tag_of_use(place: QRectF) -> bool:
    """Whether a box there is large enough for its tag to be read."""
    return place.height() >= _LEAST_BOX_PX


def paint_tag(
    painter: QPainter, tag: QRectF, look: BoxLook, theme: Theme, selected: bool = False
) -> None:
    """Draw one tag."""
    if not look.tag:
        return
    color = QColor(theme.accent if selected else look.color)
    painter.setPen(QPen(color, 1.0))
    painter.setBrush(color if selected else QColor(theme.card))
    painter.drawRoundedRect(tag, _RADIUS_PX, _RADIUS_PX)
    painter.setFont(_font(painter.font(), tag.height()))
    painter.setPen(QColor(theme.on_accent) if selected else color)
    painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, look.tag)


def _place(place: QRectF, words: str, font: QFont) -> QRectF:
    height = min(max(place.height() * _SHARE, _LEAST_PX), _MOST_PX)
    advance = QFontMetricsF(_font(font, height)).horizontalAdvance(words)
    width = max(advance + height * 0.5, height * 0.9)
    tag = QRectF(place.left() - 1, place.top() - height - _GAP_PX, width, height)
    if tag.top() < 0 <= place.bottom():
        tag.moveTop(max(place.top(), 0.0) + _GAP_PX)
    return tag


def _font(font: QFont, height: float) -> QFont:
    own = QFont(font)
    own.setPixelSize(round(height * 0.8))
    own.setWeight(QFont.Weight.DemiBold)
    return own

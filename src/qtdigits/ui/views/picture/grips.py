"""Where a box can be taken hold of: its edges, its corners, and all of it in the middle."""

from __future__ import annotations

from enum import Flag, auto
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt

_LEAST_PX: Final = 3.0
"""A box is never made narrower than this, in pixels of the picture."""


class Grip(Flag):
    """The edges that move; two of them at a corner, all of them with the whole box."""

    NONE = 0
    LEFT = auto()
    TOP = auto()
    RIGHT = auto()
    BOTTOM = auto()
    WHOLE = LEFT | TOP | RIGHT | BOTTOM


_CURSORS: Final = {
    Grip.LEFT: Qt.CursorShape.SizeHorCursor,
    Grip.RIGHT: Qt.CursorShape.SizeHorCursor,
    Grip.TOP: Qt.CursorShape.SizeVerCursor,
    Grip.BOTTOM: Qt.CursorShape.SizeVerCursor,
    Grip.LEFT | Grip.TOP: Qt.CursorShape.SizeFDiagCursor,
    Grip.RIGHT | Grip.BOTTOM: Qt.CursorShape.SizeFDiagCursor,
    Grip.RIGHT | Grip.TOP: Qt.CursorShape.SizeBDiagCursor,
    Grip.LEFT | Grip.BOTTOM: Qt.CursorShape.SizeBDiagCursor,
    Grip.WHOLE: Qt.CursorShape.SizeAllCursor,
}


def grip_at(box: QRectF, place: QPointF, reach_px: float) -> Grip:
    """What a pointer that near to an edge has hold of; all in pixels of the screen."""
    if not box.adjusted(-reach_px, -reach_px, reach_px, reach_px).contains(place):
        return Grip.NONE
    # In a small box the middle still belongs to the box, not to its edges.
    across, down = min(reach_px, box.width() / 4), min(reach_px, box.height() / 4)
    grip = Grip.NONE
    if place.x() <= box.left() + across:
        grip |= Grip.LEFT
    elif place.x() >= box.right() - across:
        grip |= Grip.RIGHT
    if place.y() <= box.top() + down:
        grip |= Grip.TOP
    elif place.y() >= box.bottom() - down:
        grip |= Grip.BOTTOM
    return grip or Grip.WHOLE


def cursor_of(grip: Grip) -> Qt.CursorShape:
    return _CURSORS.get(grip, Qt.CursorShape.CrossCursor)


def dragged(box: QRectF, grip: Grip, by: QPointF, page: QRectF) -> QRectF:
    """The box with its edges moved; it stays on the page and never turns inside out."""
    left, top, right, bottom = box.left(), box.top(), box.right(), box.bottom()
    if grip is Grip.WHOLE:
        across = min(max(by.x(), page.left() - left), page.right() - right)
        down = min(max(by.y(), page.top() - top), page.bottom() - bottom)
        return box.translated(across, down)
    if Grip.LEFT in grip:
        left = min(max(left + by.x(), page.left()), right - _LEAST_PX)
    if Grip.RIGHT in grip:
        right = max(min(right + by.x(), page.right()), left + _LEAST_PX)
    if Grip.TOP in grip:
        top = min(max(top + by.y(), page.top()), bottom - _LEAST_PX)
    if Grip.BOTTOM in grip:
        bottom = max(min(bottom + by.y(), page.bottom()), top + _LEAST_PX)
    return QRectF(QPointF(left, top), QPointF(right, bottom))

"""What keys mean for the boxes on a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from qtdigits.core.ink import Bounds
from qtdigits.core.picture_boxes import Box

_LEAST_PX: Final = 3.0
_STEPS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_PICTURE_STEPS: Final = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_ALT: Final = Qt.KeyboardModifier.AltModifier
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier


@dataclass(frozen=True, slots=True)
class Nudge:
    """An edge moves by a step: the right or lower one, or else the left or upper one."""

    across: int
    down: int
    first_edge: bool


@dataclass(frozen=True, slots=True)
class BoxKey:
    """What a key means; at most one of all."""

    digit: int | None = None
    removes: bool = False
    joins: bool = False
    splits: bool = False
    adds: bool = False
    clears: bool = False
    step: tuple[int, int] | None = None
    extends: bool = False
    nudge: Nudge | None = None
    picture_step: int = 0


def box_key(event: QKeyEvent) -> BoxKey | None:
    """The meaning of a key, None if it has none here.

    Digits label, Delete removes, J joins, S splits, N adds, Escape selects nothing, arrows go to
    other boxes (with Shift they add them), Alt and arrows move the right and lower edge, with
    Shift the left and upper one; Page Up and Page Down go to other pictures.
    """
    key = Qt.Key(event.key())
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if key in _STEPS:
        across, down = _STEPS[key]
        if modifiers in (_ALT, _ALT | _SHIFT):
            return BoxKey(nudge=Nudge(across, down, first_edge=bool(modifiers & _SHIFT)))
        if modifiers in (Qt.KeyboardModifier.NoModifier, _SHIFT):
            return BoxKey(step=(across, down), extends=modifiers == _SHIFT)
        return None
    if modifiers != Qt.KeyboardModifier.NoModifier:
        return None
    if Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
        return BoxKey(digit=key - Qt.Key.Key_0)
    if key in _PICTURE_STEPS:
        return BoxKey(picture_step=_PICTURE_STEPS[key])
    match key:
        case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
            return BoxKey(removes=True)
        case Qt.Key.Key_J:
            return BoxKey(joins=True)
        case Qt.Key.Key_S:
            return BoxKey(splits=True)
        case Qt.Key.Key_N:
            return BoxKey(adds=True)
        case Qt.Key.Key_Escape:
            return BoxKey(clears=True)
    return None


def stepped(boxes: Sequence[Box], selected: Sequence[int], step: tuple[int, int]) -> int | None:
    """The box that an arrow key leads to: in reading order, or the nearest in another line."""
    if not boxes:
        return None
    at = [i for i, box in enumerate(boxes) if box.key in selected]
    across, down = step
    if not at:
        return boxes[0 if across + down > 0 else -1].key
    here = boxes[at[-1] if across + down > 0 else at[0]]
    if across:
        place = boxes.index(here) + across
        return boxes[place].key if 0 <= place < len(boxes) else here.key
    lines = sorted({box.line for box in boxes})
    place = lines.index(here.line) + down
    if not 0 <= place < len(lines):
        return here.key
    middle = here.bounds.left + here.bounds.right
    others = [box for box in boxes if box.line == lines[place]]
    return min(others, key=lambda box: abs(box.bounds.left + box.bounds.right - middle)).key


def nudged(bounds: Bounds, nudge: Nudge, page: Bounds) -> Bounds:
    """The box with an edge moved by a twentieth of its height; it stays on the page."""
    by = max(1.0, bounds.height / 20)
    left, top, right, bottom = bounds
    if nudge.first_edge:
        left = min(max(left + nudge.across * by, page.left), right - _LEAST_PX)
        top = min(max(top + nudge.down * by, page.top), bottom - _LEAST_PX)
    else:
        right = max(min(right + nudge.across * by, page.right), left + _LEAST_PX)
        bottom = max(min(bottom + nudge.down * by, page.bottom), top + _LEAST_PX)
    return Bounds(left, top, right, bottom)

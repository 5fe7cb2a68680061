"""The picture with its boxes: asks for what a person does to them by pointer and keys."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from qtdigits.core.picture_boxes import Box
from qtdigits.ui.theme_colors import Theme
from qtdigits.ui.views.picture.box_keys import BoxKey, box_key, nudged, stepped
from qtdigits.ui.views.picture.box_render import box_words
from qtdigits.ui.views.picture.box_view import BoxView, bounds_of, rect_of
from qtdigits.ui.views.picture.grips import Grip, cursor_of, dragged, grip_at
from qtdigits.ui.views.picture.roaming_page import POINTER_PX

_DRAG_FROM_PX: Final = 5.0
_SEVERAL: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
_NEW_SHARE: Final = 0.3
"""A box made by the keyboard is so high, as part of the view, where there is no other box."""


class PictureView(BoxView):
    """Turns what is done to boxes into requests; whoever listens changes them.

    Signals:
        label_requested(tuple[int, ...], int): these boxes hold this digit
        remove_requested(tuple[int, ...]): these boxes hold no digit
        join_requested(tuple[int, ...]): these boxes are one digit
        split_requested(int, float | None): this box is two digits, cut at this x, or where it
            is best
        box_drawn(Bounds): here is a digit, too
        box_moved(int, Bounds): the digit of this box lies here
        picture_step_requested(int): the picture before (-1) or after (1) this one is wanted
    """

    label_requested = Signal(object, int)
    remove_requested = Signal(object)
    join_requested = Signal(object)
    split_requested = Signal(int, object)
    box_drawn = Signal(object)
    box_moved = Signal(int, object)
    picture_step_requested = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setObjectName("pictureView")
        self.setAccessibleName("Picture")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setCursor(Qt.CursorShape.CrossCursor)
        self._pressed_on: QPointF | None = None
        self._reach_px = POINTER_PX

    def add_box(self) -> None:
        """Ask for a new box in the middle of the view, as large as the others are."""
        if self._picture is None or self.page.isEmpty():
            return
        view = QRectF(self.viewport().rect())
        heights = sorted(box.bounds.height for box in self._boxes())
        height = heights[len(heights) // 2] if heights else view.height() * _NEW_SHARE / self.zoom
        box = QRectF(0, 0, height * 0.7, height)
        box.moveCenter(self.to_page(view.center()))
        box = box.intersected(self.page)
        if not box.isEmpty():
            self.box_drawn.emit(bounds_of(box))

    def ask_to_join(self) -> None:
        """Ask to join the boxes that can be joined now."""
        keys = self.joinable()
        if keys:
            self.join_requested.emit(keys)

    def joinable(self) -> tuple[int, ...]:
        """The selected boxes; with one alone the next one of its number, too. () for no two.

        Where it is a number by itself, the next one of its line.
        """
        keys = self._selected
        if len(keys) == 1:
            boxes = self._boxes()
            (at,) = (i for i, box in enumerate(boxes) if box.key == keys[0])
            others = [box for box in boxes if box.line == boxes[at].line and box != boxes[at]]
            same = [box for box in others if box.number == boxes[at].number]
            after = [box for box in same or others if boxes.index(box) == at + 1]
            keys = (keys[0], *(box.key for box in after))
        return keys if len(keys) > 1 else ()

    def ask_to_split(self) -> None:
        """Ask to cut the selected box in two."""
        box = self._one_selected()
        if box is not None:
            self.split_requested.emit(box.key, None)

    # What points

    def press(self, place: QPointF, reach_px: float, modifiers: Qt.KeyboardModifier) -> None:
        if not self._can_change():
            return
        self._pressed_on = self.to_page(place)
        self._reach_px = reach_px
        self._grip = Grip.NONE if modifiers & _SEVERAL else self._grip_at(place, reach_px)
        if not self._grip:
            self._choose(self._box_at(place), bool(modifiers & _SEVERAL))

    def press_twice(self, place: QPointF) -> None:
        box = self._box_at(place)
        if box is not None and self._can_change():
            self.split_requested.emit(box.key, self.to_page(place).x())

    def drag_to(self, place: QPointF) -> None:
        if self._pressed_on is None:
            return
        moved = self.to_page(place) - self._pressed_on
        least = max(_DRAG_FROM_PX, self._reach_px) / self.zoom
        if self._changing is None and moved.manhattanLength() < least:
            return
        box = self._one_selected()
        if self._grip and box is not None:
            self._changing = dragged(rect_of(box.bounds), self._grip, moved, self.page)
        else:
            self._grip = Grip.NONE
            corners = QRectF(self._pressed_on, self.to_page(place)).normalized()
            self._changing = corners.intersected(self.page)
        self.viewport().update()

    def release(self, place: QPointF) -> None:
        changed, grip, box = self._changing, self._grip, self._one_selected()
        self.let_go()
        if changed is None:
            return
        if not grip:
            self.box_drawn.emit(bounds_of(changed))
        elif box is not None:
            self.box_moved.emit(box.key, bounds_of(changed))

    def let_go(self) -> None:
        self._pressed_on = self._changing = None
        self._grip = Grip.NONE
        self.viewport().update()

    def hover(self, place: QPointF) -> Qt.CursorShape:
        box = self._box_at(place)
        key = box.key if box is not None else None
        if key != self._hovered:
            self._hovered = key
            self.viewport().update()
        words = box_words(self._picture, box) if box is not None and self._picture else ""
        self.viewport().setToolTip(words)
        return cursor_of(self._grip_at(place, POINTER_PX))

    # Keys

    def event(self, event: QEvent) -> bool:
        # Digit keys and Delete are the boxes', whatever the window does at them.
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and box_key(event) is not None
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = box_key(event)
        if key is None or not self._can_change() or not self._act(key):
            super().keyPressEvent(event)

    def _act(self, key: BoxKey) -> bool:
        """Do what a key means; False if it means nothing now."""
        if key.picture_step:
            self.picture_step_requested.emit(key.picture_step)
        elif key.step is not None:
            at = stepped(self._boxes(), self._selected, key.step)
            if at is None:
                return False
            self.select((*self._selected, at) if key.extends else (at,))
        elif key.adds:
            self.add_box()
        elif key.clears:
            if self._changing is not None:
                self.let_go()
            elif self._selected:
                self._select(())
            else:
                return False
        elif not self._selected:
            return False
        elif key.digit is not None:
            self.label_requested.emit(self._selected, key.digit)
        elif key.removes:
            self.remove_requested.emit(self._selected)
        elif key.joins:
            self.ask_to_join()
        elif key.splits:
            self.ask_to_split()
        elif key.nudge is not None:
            box = self._one_selected()
            if box is None:
                return False
            self.box_moved.emit(box.key, nudged(box.bounds, key.nudge, bounds_of(self.page)))
        return True

    def _grip_at(self, place: QPointF, reach_px: float) -> Grip:
        box = self._one_selected()
        grip = Grip.NONE if box is None else grip_at(self._place(box), place, reach_px)
        if grip is Grip.WHOLE and self._box_at(place) != box:
            return Grip.NONE  # a smaller box lies there
        return grip

    def _choose(self, box: Box | None, several: bool) -> None:
        """Select what was pressed, or add it to what is selected, or take it away from that."""
        if box is None:
            if not several:
                self._select(())
        elif not several:
            self._select((box.key,))
        elif box.key in self._selected:
            self._select(tuple(key for key in self._selected if key != box.key))
        else:
            self._select((*self._selected, box.key))

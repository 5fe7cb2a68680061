"""The picture with its boxes: shows them, and asks for what the person says of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from qtdigits.core.ink import Bounds
from qtdigits.core.picture_boxes import Box
from qtdigits.core.picture_sheet import OpenPicture, PictureState
from qtdigits.ui.theme_colors import Theme
from qtdigits.ui.views.picture.box_keys import BoxKey, box_key, nudged, stepped
from qtdigits.ui.views.picture.box_render import (
    box_words,
    look_of,
    paint_box,
    paint_focus,
    paint_grips,
    paint_new_box,
)
from qtdigits.ui.views.picture.grips import Grip, cursor_of, dragged, grip_at
from qtdigits.ui.views.picture.picture_page import PicturePage

_DRAG_FROM_PX: Final = 5.0
_NEW_SHARE: Final = 0.3
"""A box made by the keyboard is so high, as part of the view, where there is no other box."""


class PictureView(PicturePage):
    """Owns what is selected. Boxes change only when it is shown a picture with others.

    Signals:
        selection_changed(): other boxes are selected
        label_requested(tuple[int, ...], int): these boxes hold this digit
        remove_requested(tuple[int, ...]): these boxes hold no digit
        join_requested(tuple[int, ...]): these boxes are one digit
        split_requested(int, float | None): this box is two digits, cut at this x, or where it
            is best
        box_drawn(Bounds): here is a digit, too
        box_moved(int, Bounds): the digit of this box lies here
        picture_step_requested(int): the picture before (-1) or after (1) this one is wanted
    """

    selection_changed = Signal()
    label_requested = Signal(object, int)
    remove_requested = Signal(object)
    join_requested = Signal(object)
    split_requested = Signal(int, object)
    box_drawn = Signal(object)
    box_moved = Signal(int, object)
    picture_step_requested = Signal(int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pictureView")
        self.setAccessibleName("Picture")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.CrossCursor)
        self._theme = theme
        self._picture: OpenPicture | None = None
        self._selected: tuple[int, ...] = ()
        self._hovered: int | None = None
        self._pressed_at: QPointF | None = None
        self._grip = Grip.NONE
        self._changing: QRectF | None = None
        self._panned_from: QPointF | None = None

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.viewport().update()

    def show_picture(
        self, picture: OpenPicture | None, selected: Iterable[int] | None = None
    ) -> None:
        """Show the boxes of a picture; `selected` are chosen, or those that were and still are."""
        same = picture is not None and self._picture is not None and picture.id == self._picture.id
        self._picture = picture
        if not same:
            self._let_go()
        wanted = selected if selected is not None else self._selected if same else ()
        known = {box.key for box in picture.boxes} if picture is not None else set()
        self._select(tuple(key for key in wanted if key in known))
        self._hovered = self._hovered if self._hovered in known else None
        self.viewport().update()

    def set_image(self, image: QImage) -> None:
        self._let_go()
        super().set_image(image)

    def selected(self) -> tuple[int, ...]:
        """The keys of the boxes that are selected, in reading order."""
        return self._selected

    def select(self, keys: Iterable[int]) -> None:
        """Select boxes, and bring them into view."""
        self._select(tuple(keys))
        for box in self._boxes():
            if box.key in self._selected[:1]:
                self.show_place(_rect(box.bounds))

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
            self.box_drawn.emit(_bounds(box))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self.viewport()) as painter:
            painter.setClipRect(event.rect())
            self.paint_picture(painter)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            picture = self._picture
            if picture is None or self.page.isEmpty():
                return
            chosen = [box for box in picture.boxes if box.key in self._selected]
            others = [box for box in picture.boxes if box.key not in self._selected]
            for box in (*others, *chosen):
                place = self._place(box)
                look = look_of(picture, box, self._theme)
                paint_box(
                    *(painter, place, look, self._theme),
                    *(box in chosen, box.key == self._hovered),
                )
            if len(chosen) == 1:
                paint_grips(painter, self._place(chosen[0]), self._theme)
            if self._changing is not None and not self._grip:
                paint_new_box(painter, self.rect_to_view(self._changing), self._theme)
            if self.hasFocus():
                paint_focus(painter, QRectF(self.viewport().rect()), self._theme)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        if event.button() == Qt.MouseButton.MiddleButton:
            self._panned_from = place
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        if event.button() != Qt.MouseButton.LeftButton or not self._can_change():
            return
        self._pressed_at = place
        self._grip = self._grip_at(place)
        if not self._grip:
            self._choose(self._box_at(place), event.modifiers())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        if self._panned_from is not None:
            moved = place - self._panned_from
            self._panned_from = place
            for bar, by in (
                (self.horizontalScrollBar(), moved.x()),
                (self.verticalScrollBar(), moved.y()),
            ):
                bar.setValue(round(bar.value() - by))
        elif self._pressed_at is not None:
            self._drag(self._pressed_at, place)
        else:
            self._hover(place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._panned_from = None
        changed, grip = self._changing, self._grip
        if event.button() == Qt.MouseButton.LeftButton and changed is not None:
            self._let_go()
            if grip:
                self.box_moved.emit(self._selected[0], _bounds(changed))
            else:
                self.box_drawn.emit(_bounds(changed))
        else:
            self._let_go()
        self._hover(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        box = self._box_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and box is not None and self._can_change():
            self.split_requested.emit(box.key, self.to_page(event.position()).x())

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = None
        self.viewport().update()
        super().leaveEvent(event)

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
            if not self._selected:
                return False
            self._select(())
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
            self.box_moved.emit(box.key, nudged(box.bounds, key.nudge, _bounds(self.page)))
        return True

    def ask_to_join(self) -> None:
        """Ask to join the selected boxes; one alone with the next one of its number or line."""
        keys = self._selected
        if len(keys) == 1:
            boxes = self._boxes()
            at = next((i for i, box in enumerate(boxes) if box.key == keys[0]), len(boxes))
            if at + 1 < len(boxes) and boxes[at + 1].line == boxes[at].line:
                keys = (keys[0], boxes[at + 1].key)
        if len(keys) > 1:
            self.join_requested.emit(keys)

    def ask_to_split(self) -> None:
        """Ask to cut the selected box in two."""
        box = self._one_selected()
        if box is not None:
            self.split_requested.emit(box.key, None)

    def _one_selected(self) -> Box | None:
        return next((b for b in self._boxes() if self._selected == (b.key,)), None)

    def _boxes(self) -> tuple[Box, ...]:
        return self._picture.boxes.boxes if self._picture is not None else ()

    def _can_change(self) -> bool:
        picture = self._picture
        return (
            picture is not None and picture.state is PictureState.READ and not self.page.isEmpty()
        )

    def _place(self, box: Box) -> QRectF:
        if self._changing is not None and self._grip and self._selected == (box.key,):
            return self.rect_to_view(self._changing)
        return self.rect_to_view(_rect(box.bounds))

    def _box_at(self, place: QPointF) -> Box | None:
        """The smallest box under the pointer."""
        on_page = self.to_page(place)
        under = [box for box in self._boxes() if _rect(box.bounds).contains(on_page)]
        return min(under, key=lambda box: box.bounds.width * box.bounds.height, default=None)

    def _grip_at(self, place: QPointF) -> Grip:
        box = self._one_selected()
        return Grip.NONE if box is None else grip_at(self._place(box), place)

    def _hover(self, place: QPointF) -> None:
        box = self._box_at(place)
        self._hovered = box.key if box is not None else None
        self.viewport().setCursor(cursor_of(self._grip_at(place)))
        if box is not None and self._picture is not None:
            self.viewport().setToolTip(box_words(self._picture, box))
        else:
            self.viewport().setToolTip("")
        self.viewport().update()

    def _drag(self, start: QPointF, place: QPointF) -> None:
        moved = place - start
        if self._changing is None and moved.manhattanLength() < _DRAG_FROM_PX:
            return
        box = self._one_selected()
        if self._grip and box is not None:
            self._changing = dragged(_rect(box.bounds), self._grip, moved / self.zoom, self.page)
        else:
            self._grip = Grip.NONE
            corners = QRectF(self.to_page(start), self.to_page(place)).normalized()
            self._changing = corners.intersected(self.page)
        self.viewport().update()

    def _let_go(self) -> None:
        self._pressed_at = self._changing = None
        self._grip = Grip.NONE
        self.viewport().update()

    def _choose(self, box: Box | None, modifiers: Qt.KeyboardModifier) -> None:
        """Select what was pressed, or add it to what is selected, or take it away from that."""
        several = modifiers & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        )
        if box is None:
            if not several:
                self._select(())
        elif not several:
            self._select((box.key,))
        elif box.key in self._selected:
            self._select(tuple(key for key in self._selected if key != box.key))
        else:
            self._select((*self._selected, box.key))

    def _select(self, keys: tuple[int, ...]) -> None:
        keys = tuple(box.key for box in self._boxes() if box.key in keys)
        if keys != self._selected:
            self._selected = keys
            self.selection_changed.emit()
        self.setAccessibleDescription(self.selection_words())
        self.viewport().update()

    def selection_words(self) -> str:
        """What is selected, in words; '' for nothing."""
        boxes = self._boxes()
        if self._picture is None or not self._selected:
            return ""
        if len(self._selected) > 1:
            return f"{len(self._selected)} boxes selected"
        at, box = next((i, b) for i, b in enumerate(boxes, 1) if b.key == self._selected[0])
        return f"Box {at} of {len(boxes)}: {box_words(self._picture, box)}"


def _rect(bounds: Bounds) -> QRectF:
    return QRectF(bounds.left, bounds.top, bounds.width, bounds.height)


def _bounds(rect: QRectF) -> Bounds:
    return Bounds(rect.left(), rect.top(), rect.right(), rect.bottom())

"""The picture with its boxes: shows them, and which of them are selected."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QPointF, QRectF, Signal
from PySide6.QtGui import QFocusEvent, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from qtdigits.core.ink import Bounds
from qtdigits.core.picture_boxes import Box
from qtdigits.core.picture_sheet import OpenPicture, PictureState
from qtdigits.ui.theme_colors import Theme
from qtdigits.ui.views.picture.box_layer import BoxLayer, LayerContext
from qtdigits.ui.views.picture.box_render import (
    box_words,
    look_of,
    paint_box,
    paint_focus,
    paint_grips,
    paint_ground,
    paint_new_box,
)
from qtdigits.ui.views.picture.box_tags import paint_tag, tag_places
from qtdigits.ui.views.picture.grips import Grip
from qtdigits.ui.views.picture.roaming_page import RoamingPage


class BoxView(RoamingPage):
    """Owns what is selected. Boxes change only when it is shown a picture with others.

    Signals:
        selection_changed(): other boxes are selected
    """

    selection_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._picture: OpenPicture | None = None
        self._selected: tuple[int, ...] = ()
        self._hovered: int | None = None
        self._grip = Grip.NONE
        self._layer = BoxLayer()
        self._changing: QRectF | None = None
        """The box being drawn, or the selected one while it is dragged by its grip."""

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
            self.let_go()
        wanted = selected if selected is not None else self._selected if same else ()
        known = {box.key for box in picture.boxes} if picture is not None else set()
        self._select(tuple(key for key in wanted if key in known))
        self._hovered = self._hovered if self._hovered in known else None
        self.viewport().update()

    def set_image(self, image: QImage) -> None:
        self.let_go()
        super().set_image(image)

    def selected(self) -> tuple[int, ...]:
        """The keys of the boxes that are selected, in reading order."""
        return self._selected

    def select(self, keys: Iterable[int]) -> None:
        """Select boxes, and bring them into view."""
        self._select(tuple(keys))
        for box in self._boxes():
            if box.key in self._selected[:1]:
                self.show_place(rect_of(box.bounds))

    def selection_words(self) -> str:
        """What is selected, in words; '' for nothing."""
        boxes = self._boxes()
        if self._picture is None or not self._selected:
            return ""
        if len(self._selected) > 1:
            return f"{len(self._selected)} boxes selected"
        at, box = next((i, b) for i, b in enumerate(boxes, 1) if b.key == self._selected[0])
        return f"Box {at} of {len(boxes)}: {box_words(self._picture, box)}"

    def paintEvent(self, event: QPaintEvent) -> None:
        shown = QRectF(self.viewport().rect())
        with QPainter(self.viewport()) as painter:
            painter.setClipRect(event.rect())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_ground(painter, shown, self.rect_to_view(self.page), self._theme)
            self.paint_picture(painter)
            picture, one = self._picture, self._one_selected()
            if picture is None or self.page.isEmpty():
                return
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.drawPixmap(0, 0, self._layer.image(self._layer_context(picture)))
            for box in picture.boxes:
                if box.key == self._hovered or box.key in self._selected:
                    self._paint_chosen(painter, picture, box)
            if one is not None:
                paint_grips(painter, self._place(one), self._theme)
            if self._changing is not None and not self._grip:
                paint_new_box(painter, self.rect_to_view(self._changing), self._theme)
            if self.hasFocus():
                paint_focus(painter, shown, self._theme)

    def _layer_context(self, picture: OpenPicture) -> LayerContext:
        return LayerContext(
            *(picture, self._selected, self.to_view(QPointF(0, 0)), self.zoom),
            *(self.viewport().size(), self.devicePixelRatioF(), self._theme, self.font()),
        )

    def _paint_chosen(self, painter: QPainter, picture: OpenPicture, box: Box) -> None:
        """A box that is selected, or under the mouse: its tag is seen however small it is."""
        place, look = self._place(box), look_of(picture, box, self._theme)
        selected = box.key in self._selected
        paint_box(painter, place, look, self._theme, selected, box.key == self._hovered)
        tag = self._layer.tag(box.key)
        if self._changing is not None:
            (tag,) = tag_places([place], [look], self.font())
        paint_tag(painter, tag, look, self._theme, selected)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = None
        self.viewport().update()
        super().leaveEvent(event)

    # For those who ask for changes

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
        return self.rect_to_view(rect_of(box.bounds))

    def _box_at(self, place: QPointF) -> Box | None:
        """The smallest box under the pointer."""
        on_page = self.to_page(place)
        under = [box for box in self._boxes() if rect_of(box.bounds).contains(on_page)]
        return min(under, key=lambda box: box.bounds.width * box.bounds.height, default=None)

    def _select(self, keys: tuple[int, ...]) -> None:
        keys = tuple(box.key for box in self._boxes() if box.key in keys)
        if keys != self._selected:
            self._selected = keys
            self.selection_changed.emit()
        self.setAccessibleDescription(self.selection_words())
        self.viewport().update()


def rect_of(bounds: Bounds) -> QRectF:
    return QRectF(bounds.left, bounds.top, bounds.width, bounds.height)


def bounds_of(rect: QRectF) -> Bounds:
    return Bounds(rect.left(), rect.top(), rect.right(), rect.bottom())

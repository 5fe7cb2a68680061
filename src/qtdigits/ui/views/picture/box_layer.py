"""The boxes of a picture, painted once and copied until something about them changes."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QFont, QPainter, QPixmap

from qtdigits.core.ink import Bounds
from qtdigits.core.picture_sheet import OpenPicture
from qtdigits.ui.theme_colors import Theme
from qtdigits.ui.views.picture.box_render import look_of, paint_box
from qtdigits.ui.views.picture.box_tags import is_tag_of_use, paint_tag, tag_places


@dataclass(frozen=True, slots=True)
class LayerContext:
    """All that a layer shows. left_out: boxes that are painted elsewhere, by key.

    origin, zoom: where the picture's corner lies in the view, and screen pixels for one of its
    pixels. size: of the view.
    """

    picture: OpenPicture
    left_out: tuple[int, ...]
    origin: QPointF
    zoom: float
    size: QSize
    device_pixel_ratio: float
    theme: Theme
    font: QFont

    def place(self, bounds: Bounds) -> QRectF:
        """Where a part of the picture lies in the view."""
        corner = QPointF(bounds.left, bounds.top) * self.zoom + self.origin
        return QRectF(corner, QSizeF(bounds.width, bounds.height) * self.zoom)


class BoxLayer:
    """Owns the image; three hundred boxes take a moment, and a hovering mouse must not wait."""

    def __init__(self) -> None:
        self._context: LayerContext | None = None
        self._image = QPixmap()
        self._tags: dict[int, QRectF] = {}

    def image(self, context: LayerContext) -> QPixmap:
        """The boxes and their tags, transparent where there are none."""
        if context != self._context:
            self._context = context
            self._paint(context)
        return self._image

    def tag(self, key: int) -> QRectF:
        """Where the tag of a box stands in the image made last."""
        return self._tags.get(key, QRectF())

    def _paint(self, context: LayerContext) -> None:
        ratio = context.device_pixel_ratio
        self._image = QPixmap(context.size * ratio)
        self._image.setDevicePixelRatio(ratio)
        self._image.fill(Qt.GlobalColor.transparent)
        shown = QRectF(QPointF(0, 0), QSizeF(context.size))
        boxes = context.picture.boxes.boxes
        looks = [look_of(context.picture, box, context.theme) for box in boxes]
        places = [context.place(box.bounds) for box in boxes]
        tags = tag_places(places, looks, context.font)
        self._tags = {box.key: tag for box, tag in zip(boxes, tags, strict=True)}
        with QPainter(self._image) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(context.font)
            for box, look, place, tag in zip(boxes, looks, places, tags, strict=True):
                if box.key in context.left_out or not shown.intersects(place.united(tag)):
                    continue
                paint_box(painter, place, look, context.theme)
                if is_tag_of_use(place):
                    paint_tag(painter, tag, look, context.theme)

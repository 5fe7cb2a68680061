"""A picture that can be looked at from near and far."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

_MARGIN_PX: Final = 26.0
"""Room around a picture that fits, for what stands above its topmost boxes."""
_LARGEST_FIT: Final = 8.0
_ZOOMS: Final = (
    0.05,
    0.1,
    0.15,
    0.25,
    0.35,
    0.5,
    0.7,
    1.0,
    1.4,
    2.0,
    3.0,
    4.0,
    6.0,
    8.0,
    12.0,
    16.0,
)
_REST_MS: Final = 120
_PIXELS_FROM: Final = 3.0
"""From this scale on one sees the picture's pixels as they are."""


class PicturePage(QAbstractScrollArea):
    """Shows an image at a scale, with scroll bars where it is larger than the view.

    Signals:
        zoom_changed(float, bool): screen pixels for a pixel of the picture, and whether it fits
    """

    zoom_changed = Signal(float, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._image = QImage()
        self._small = QPixmap()
        self._zoom = 1.0
        self._fits = True
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._make_small)
        for bar in (self.horizontalScrollBar(), self.verticalScrollBar()):
            bar.valueChanged.connect(self.viewport().update)
            bar.setSingleStep(24)

    @property
    def zoom(self) -> float:
        """Screen pixels for one pixel of the picture."""
        return self._zoom

    @property
    def page(self) -> QRectF:
        """All of the picture, in its own pixels."""
        return QRectF(QPointF(0, 0), QSizeF(self._image.size()))

    def set_image(self, image: QImage) -> None:
        """Show another picture, all of it; a null image for none."""
        self._image = image
        self.fit()
        self._make_small()

    def fit(self) -> None:
        """Show all of the picture, as large as it can be."""
        self._fits = True
        self._set_zoom(self._fitting_zoom())

    def zoom_in(self) -> None:
        self.zoom_to(next((zoom for zoom in _ZOOMS if zoom > self._zoom * 1.01), _ZOOMS[-1]))

    def zoom_out(self) -> None:
        self.zoom_to(next((zoom for zoom in _ZOOMS[::-1] if zoom < self._zoom * 0.99), _ZOOMS[0]))

    def zoom_to(self, zoom: float, around: QPointF | None = None) -> None:
        """Show the picture at a scale; the place of the view that is named stays where it is."""
        if self._image.isNull():
            return
        place = around if around is not None else QRectF(self.viewport().rect()).center()
        self.hold(self.to_page(place), place, zoom)

    def hold(self, on_page: QPointF, place: QPointF, zoom: float) -> None:
        """Show the picture at a scale, with this point of it at this place of the view."""
        if self._image.isNull():
            return
        self._fits = False
        self._set_zoom(min(max(zoom, _ZOOMS[0]), _ZOOMS[-1]))
        self.move_page(place - self.to_view(on_page))

    def move_page(self, by: QPointF) -> None:
        """Move the picture to the right and down, as far as there is more of it."""
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setValue(round(across.value() - by.x()))
        down.setValue(round(down.value() - by.y()))

    def to_page(self, place: QPointF) -> QPointF:
        """From the view to the picture's own pixels."""
        return (place - self._origin()) / self._zoom

    def to_view(self, place: QPointF) -> QPointF:
        """From the picture's own pixels to the view."""
        return place * self._zoom + self._origin()

    def rect_to_view(self, rect: QRectF) -> QRectF:
        return QRectF(self.to_view(rect.topLeft()), self.to_view(rect.bottomRight()))

    def show_place(self, rect: QRectF) -> None:
        """Scroll as little as needed to bring a part of the picture into view."""
        place = self.rect_to_view(rect).adjusted(-_MARGIN_PX, -_MARGIN_PX, _MARGIN_PX, _MARGIN_PX)
        size = self.viewport().size()
        for bar, low, high, length in (
            (self.horizontalScrollBar(), place.left(), place.right(), size.width()),
            (self.verticalScrollBar(), place.top(), place.bottom(), size.height()),
        ):
            if low < 0 or high - low > length:
                bar.setValue(round(bar.value() + low))
            elif high > length:
                bar.setValue(round(bar.value() + high - length))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fits:
            self._set_zoom(self._fitting_zoom())
        else:
            self._set_ranges()

    def paint_picture(self, painter: QPainter) -> None:
        """Draw the picture in its place."""
        if self._image.isNull():
            return
        place = self.rect_to_view(self.page)
        if not self._small.isNull():
            painter.drawPixmap(place.topLeft().toPoint(), self._small)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._zoom < _PIXELS_FROM)
        painter.drawImage(place, self._image)

    def _origin(self) -> QPointF:
        """Where the picture's corner lies in the view."""
        size, view = self.page.size() * self._zoom, self.viewport().size()
        scrolled = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        room = (view.width() - size.width()) / 2, (view.height() - size.height()) / 2
        return QPointF(
            *(
                round(free) if free >= _MARGIN_PX else round(_MARGIN_PX) - bar
                for free, bar in zip(room, scrolled, strict=True)
            )
        )

    def _fitting_zoom(self) -> float:
        view = self.viewport().size()
        if self._image.isNull():
            return 1.0
        room = max(view.width() - 2 * _MARGIN_PX, 8), max(view.height() - 2 * _MARGIN_PX, 8)
        wanted = min(room[0] / self._image.width(), room[1] / self._image.height())
        return min(wanted, _LARGEST_FIT)

    def _set_zoom(self, zoom: float) -> None:
        self._zoom = zoom
        self._small = QPixmap()
        self._rest.start()
        self._set_ranges()
        self.zoom_changed.emit(zoom, self._fits)
        self.viewport().update()

    @Slot()
    def _make_small(self) -> None:
        """Once the scale rests, the picture is made smaller for good: that is slow, and sharper."""
        ratio = self.devicePixelRatioF()
        if self._image.isNull() or self._zoom * ratio >= 1:
            return
        self._small = QPixmap.fromImage(
            self._image.scaled(
                (QSizeF(self._image.size()) * self._zoom * ratio).toSize(),
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        )
        self._small.setDevicePixelRatio(ratio)
        self.viewport().update()

    def _set_ranges(self) -> None:
        view = self.viewport().size()
        size = self.page.size() * self._zoom
        for bar, length, room in (
            (self.horizontalScrollBar(), size.width(), view.width()),
            (self.verticalScrollBar(), size.height(), view.height()),
        ):
            free = (room - length) / 2
            bar.setPageStep(room)
            bar.setRange(0, 0 if free >= _MARGIN_PX else round(length + 2 * _MARGIN_PX - room))

"""What is seen of a sheet: cached layers on the screen, and the view that keeps all ink visible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QFontInfo, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from qtdigits.core.ink import PenSample, Stroke
from qtdigits.ui.canvas.ink_layers import InkLayers, LayerContext
from qtdigits.ui.canvas.ink_render import CanvasColors
from qtdigits.ui.canvas.page_view import PageView, page_with
from qtdigits.ui.canvas.undo_commands import Sheet

MIN_PEN_WIDTH_PX: Final = 2.0
MAX_PEN_WIDTH_PX: Final = 40.0
_HINT_SCALE: Final = 1.7


class SheetView(QWidget):
    """Owns the sheet that is shown and its cached images.

    Painting only copies the images; each change paints its own small part of them. The view from
    page units to pixels is made anew when the widget's size or the sheet's page changes, but never
    while a pen is down.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet = Sheet()
        self._written: Sequence[PenSample] = ()
        self._view_is_held = False
        self._was_resized = False
        self._page_has_changed = False
        self._ring: QPointF | None = None
        self._ring_radius_px = 0.0
        self._layers = InkLayers(LayerContext(self.size(), self.devicePixelRatioF()))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(720, 512)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 160)

    @property
    def pen_width_px(self) -> float:
        return self._layers.context.pen_width_px

    def set_pen_width(self, px: float) -> None:
        """How wide ink is shown, in logical pixels; what lies outside 2 to 40 is brought inside."""
        px = min(max(px, MIN_PEN_WIDTH_PX), MAX_PEN_WIDTH_PX)
        if px != self.pen_width_px:
            self._rebuild(replace(self._layers.context, pen_width_px=px))

    @property
    def colors(self) -> CanvasColors:
        return self._layers.context.colors

    def set_colors(self, colors: CanvasColors) -> None:
        if colors != self._layers.context.colors:
            self._rebuild(replace(self._layers.context, colors=colors))

    def hint(self) -> str:
        """What stands on empty paper."""
        return self.tr("Write a digit here")

    # For the canvas

    @property
    def view(self) -> PageView:
        """From page units to the widget's logical pixels."""
        return self._layers.context.view

    def hold_view(self) -> None:
        """A pen is down: whatever happens to the widget, the page stays under it."""
        self._view_is_held = True

    def release_view(self) -> None:
        """The pen is up: what was put off while it was down is done now."""
        self._view_is_held = False
        if self._was_resized or self._page_has_changed:
            self._fit()

    def show_sheet(self, sheet: Sheet) -> None:
        """Show another sheet; only where its ink differs is painted."""
        self._page_has_changed |= sheet.page != self._sheet.page
        hint_changed = sheet.ink.is_empty != self._sheet.ink.is_empty
        self._sheet = sheet
        self.update(self._layers.show_strokes(sheet.ink.strokes))
        if hint_changed:
            self.update()
        if self._page_has_changed:
            self._fit()

    def show_finished(self, stroke: Stroke, sheet: Sheet) -> None:
        """The stroke being written is done, and is the last one of this sheet."""
        self._sheet = sheet
        self.show_written(())
        self.update(self._layers.add_stroke(stroke))

    def show_written(self, samples: Sequence[PenSample]) -> None:
        """Show the stroke being written, given all its samples; none takes it off the screen."""
        hint_changed = self._sheet.ink.is_empty and bool(samples) != bool(self._written)
        self._written = samples
        if samples:
            self.update(self._layers.extend_written(samples))
        else:
            self.update(self._layers.clear_written())
        if hint_changed:
            self.update()

    def show_ring(self, centre: QPointF | None, radius_px: float = 0.0) -> None:
        """Show the eraser's rim, or take it away."""
        if centre is None and self._ring is None:
            return
        self.update(self._ring_rect())
        self._ring, self._ring_radius_px = centre, radius_px
        self.update(self._ring_rect())

    # Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            self._layers.paint(painter, event.rect())
            if self._sheet.ink.is_empty and not self._written:
                self._paint_hint(painter)
            if self._ring is not None:
                self._paint_ring(painter, self._ring)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._was_resized = True
        self._fit()
        super().resizeEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        """Bring the images to the widget's size and screen, and all ink into view."""
        size = self.size()
        view = self.view
        if not self._view_is_held:
            if self._was_resized:
                self._was_resized = False
                margin = self.pen_width_px / view.scale
                page = page_with(self._sheet.page, self._sheet.ink, margin)
                self._sheet = replace(self._sheet, page=page)
            self._page_has_changed = False
            page = self._sheet.page
            view = PageView() if page is None else PageView.fitting(page, QSizeF(size))
        context = replace(
            self._layers.context,
            size=size,
            device_pixel_ratio=self.devicePixelRatioF(),
            view=view,
        )
        if context != self._layers.context:
            self._rebuild(context)

    def _rebuild(self, context: LayerContext) -> None:
        self._layers.rebuild(context, self._sheet.ink.strokes, self._written)
        self.update()

    def _paint_hint(self, painter: QPainter) -> None:
        font = self.font()
        # A font may be given in points or in pixels; QFontInfo knows what it comes to.
        font.setPixelSize(round(QFontInfo(font).pixelSize() * _HINT_SCALE))
        painter.setFont(font)
        painter.setPen(self._layers.context.colors.hint)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.hint())

    def _paint_ring(self, painter: QPainter, centre: QPointF) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = self._layers.context.colors
        # Light around dark: it shows on paper and on ink.
        for color, width in ((colors.paper, 3.0), (colors.ink, 1.2)):
            painter.setPen(QPen(color, width))
            painter.drawEllipse(centre, self._ring_radius_px, self._ring_radius_px)

    def _ring_rect(self) -> QRect:
        if self._ring is None:
            return QRect()
        reach = self._ring_radius_px + 3
        x, y = self._ring.x(), self._ring.y()
        return QRectF(x - reach, y - reach, 2 * reach, 2 * reach).toAlignedRect()

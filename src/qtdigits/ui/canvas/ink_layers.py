"""The canvas's cached images: paper with finished ink, and the stroke that is being written."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QPointF, QRect, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter

from qtdigits.core.ink import PenSample, Stroke
from qtdigits.ui.canvas.ink_render import (
    CanvasColors,
    Curve,
    InkPen,
    draw_curve,
    draw_paper,
    make_curve,
    paper_clip,
)
from qtdigits.ui.canvas.page_view import PageView

_PART_LENGTH_PX: Final = 24.0
"""The written stroke joins its image in parts of about this length: more joints, rougher edges."""

_LOOSE_KNOTS: Final = 2
"""Knots at its end that the next sample still changes: the newest has no direction yet, and the
one before it is not smoothed yet."""

_CORNER_PX: Final = 5
"""So far from the edges no ink can touch the outline or a round corner."""


@dataclass(frozen=True, slots=True)
class LayerContext:
    """All that painting depends on but the ink."""

    size: QSize
    device_pixel_ratio: float = 1.0
    view: PageView = field(default_factory=PageView)
    colors: CanvasColors = field(default_factory=CanvasColors)
    pen_width_px: float = 14.0


class InkLayers:
    """Owns the cached images; what changes them returns the rectangle to update, logical pixels.

    Three layers, from below: the page (paper and finished strokes), the part of the stroke being
    written that no later sample can change, and its short loose end, kept as a curve.
    """

    def __init__(self, context: LayerContext) -> None:
        self._shown: dict[int, tuple[Stroke, Curve]] = {}
        self._settled = 0
        self._loose: Curve | None = None
        self._loose_rect = QRect()
        self._written_rect = QRect()
        self._enter(context)

    @property
    def context(self) -> LayerContext:
        return self._context

    def rebuild(
        self,
        context: LayerContext,
        strokes: Sequence[Stroke],
        written: Sequence[PenSample] = (),
    ) -> None:
        """Paint everything anew in another context: size, scale, view, colours or pen."""
        self._enter(context)
        self.show_strokes(strokes)
        self._paint_page(QRect(0, 0, context.size.width(), context.size.height()))
        if written:
            self.extend_written(written)

    def show_strokes(self, strokes: Sequence[Stroke]) -> QRect:
        """Show these finished strokes; only where they differ from those shown is painted."""
        before = self._shown
        self._shown = {
            id(stroke): before.get(id(stroke)) or (stroke, make_curve(stroke.samples))
            for stroke in strokes
        }
        dirty = QRect()
        for key in before.keys() ^ self._shown.keys():
            _, curve = before.get(key) or self._shown[key]
            dirty = dirty.united(self._on_screen(curve))
        self._paint_page(dirty)
        return dirty

    def add_stroke(self, stroke: Stroke) -> QRect:
        """Paint one more finished stroke on top."""
        curve = make_curve(stroke.samples)
        self._shown[id(stroke)] = (stroke, curve)
        with QPainter(self._page) as painter:
            self._draw(painter, curve)
        return self._on_screen(curve)

    def extend_written(self, samples: Sequence[PenSample]) -> QRect:
        """Show the stroke being written, given all its samples; only what is new is painted."""
        dirty = self._loose_rect
        settled = len(samples) - 1 - _LOOSE_KNOTS
        if settled > self._settled:
            steps = pairwise(samples[self._settled : settled + 1])
            length = sum(math.hypot(q.x - p.x, q.y - p.y) for p, q in steps)
            if length * self._context.view.scale >= _PART_LENGTH_PX:
                dirty = dirty.united(
                    self._paint_written(make_curve(samples, self._settled, settled))
                )
                self._settled = settled
        self._loose = make_curve(samples, self._settled)
        self._loose_rect = self._on_screen(self._loose)
        return dirty.united(self._loose_rect)

    def clear_written(self) -> QRect:
        """Take the stroke being written off the screen."""
        dirty = self._written_rect.united(self._loose_rect)
        if not self._written_rect.isEmpty():
            with QPainter(self._written) as painter:
                _wipe(painter, self._written_rect)
        self._forget_written()
        return dirty

    def paint(self, painter: QPainter, rect: QRect) -> None:
        """Put the layers on a painter that is clipped to `rect`, logical pixels."""
        painter.drawImage(QPointF(), self._page)
        if rect.intersects(self._written_rect):
            painter.drawImage(QPointF(), self._written)
        if self._loose is not None and rect.intersects(self._loose_rect):
            self._draw(painter, self._loose)

    def _enter(self, context: LayerContext) -> None:
        self._context = context
        self._pen = InkPen(context.colors.ink, context.pen_width_px / context.view.scale)
        self._transform = context.view.transform()
        self._clip = paper_clip(QSizeF(context.size))
        self._free = QRect(0, 0, context.size.width(), context.size.height()).adjusted(
            _CORNER_PX, _CORNER_PX, -_CORNER_PX, -_CORNER_PX
        )
        self._page = _image(context)
        self._written = _image(context)
        self._forget_written()

    def _forget_written(self) -> None:
        self._settled = 0
        self._loose = None
        self._loose_rect = QRect()
        self._written_rect = QRect()

    def _paint_page(self, rect: QRect) -> None:
        if rect.isEmpty():
            return
        with QPainter(self._page) as painter:
            painter.setClipRect(rect)
            _wipe(painter, rect)
            draw_paper(painter, QSizeF(self._context.size), self._context.colors)
            for _, curve in self._shown.values():
                if rect.intersects(self._on_screen(curve)):
                    self._draw(painter, curve)

    def _paint_written(self, part: Curve) -> QRect:
        with QPainter(self._written) as painter:
            self._draw(painter, part)
        rect = self._on_screen(part)
        self._written_rect = self._written_rect.united(rect)
        return rect

    def _draw(self, painter: QPainter, curve: Curve) -> None:
        painter.save()
        if not self._free.contains(self._on_screen(curve)):
            painter.setClipPath(self._clip, Qt.ClipOperation.IntersectClip)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setTransform(self._transform, True)
        draw_curve(painter, curve, self._pen)
        painter.restore()

    def _on_screen(self, curve: Curve) -> QRect:
        """Where a curve shows: its bounds padded by half the pen, and a pixel for antialiasing."""
        pad = self._context.pen_width_px / 2 + 1
        bounds = self._transform.mapRect(curve.bounds)
        return bounds.adjusted(-pad, -pad, pad, pad).toAlignedRect()


def _image(context: LayerContext) -> QImage:
    ratio = context.device_pixel_ratio
    width = max(1, math.ceil(context.size.width() * ratio))
    height = max(1, math.ceil(context.size.height() * ratio))
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    return image


def _wipe(painter: QPainter, rect: QRect) -> None:
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
    painter.fillRect(rect, Qt.GlobalColor.transparent)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)

"""Painting ink and paper: functions of a painter, data and a frozen context, without a widget."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPolygonF

from qtdigits.core.ink import Ink, PenSample, Stroke
from qtdigits.ui.canvas.page_view import PageView

PAPER_RADIUS: Final = 14.0
_DOT_SPACING: Final = 26.0
_DOT_SIZE: Final = 1.7

_LIGHTEST_TOUCH: Final = 0.4
"""How wide the pen is at no pressure, as a share of its width at full pressure."""

_HINT_STRENGTH: Final = 0.62

_CORNER_COSINE: Final = 0.35
"""A turn by more than 70 degrees from one sample to the next is a corner."""

_PRESSURE_LEVELS: Final = 16
_THUMBNAIL_PEN: Final = 0.058
_THUMBNAIL_MARGIN: Final = 0.09


@dataclass(frozen=True, slots=True)
class CanvasColors:
    """The colours of the writing surface; as they stand, those of the light theme."""

    paper: QColor = field(default_factory=lambda: QColor("#fffefa"))
    dots: QColor = field(default_factory=lambda: QColor("#e3e5e8"))
    ink: QColor = field(default_factory=lambda: QColor("#18212f"))
    outline: QColor = field(default_factory=lambda: QColor("#e2e5ea"))
    accent: QColor = field(default_factory=lambda: QColor("#2563eb"))
    doubt: QColor = field(default_factory=lambda: QColor("#94590a"))
    said: QColor = field(default_factory=lambda: QColor("#15803d"))

    @property
    def hint(self) -> QColor:
        """For words on the paper: as faint as can be read well (contrast above 4.5 to 1)."""
        ink, paper, share = self.ink, self.paper, _HINT_STRENGTH
        return QColor(
            round(share * ink.red() + (1 - share) * paper.red()),
            round(share * ink.green() + (1 - share) * paper.green()),
            round(share * ink.blue() + (1 - share) * paper.blue()),
        )


@dataclass(frozen=True, slots=True)
class InkPen:
    """What ink is drawn with: its colour, and its width at full pressure in painter units."""

    color: QColor
    width: float

    def at(self, pressure: float) -> QPen:
        """Qt's pen for a pressure of 0..1."""
        level = round(pressure * _PRESSURE_LEVELS) / _PRESSURE_LEVELS
        width = self.width * (_LIGHTEST_TOUCH + (1 - _LIGHTEST_TOUCH) * level)
        round_cap, round_join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        return QPen(self.color, width, Qt.PenStyle.SolidLine, round_cap, round_join)


class Knot(NamedTuple):
    """A place that a curve passes through, its direction there (0, 0 at a corner), its pressure."""

    x: float
    y: float
    direction_x: float
    direction_y: float
    pressure: float


@dataclass(frozen=True, slots=True)
class Curve:
    """A stroke, or a part of one, ready to be painted."""

    knots: tuple[Knot, ...]
    path: QPainterPath
    bounds: QRectF
    """Without the pen's width."""
    has_even_pressure: bool


def make_curve(samples: Sequence[PenSample], first: int = 0, last: int | None = None) -> Curve:
    """The smooth curve through samples[first] to samples[last], in the samples' units.

    It passes through every sample, so it shrinks nothing; the samples beside the part asked for
    only give its direction, so parts of one stroke meet without a kink.
    """
    last = len(samples) - 1 if last is None else last
    knots = tuple(_knot(samples, i) for i in range(first, last + 1))
    path = QPainterPath(QPointF(knots[0].x, knots[0].y))
    for a, b in pairwise(knots):
        _add_piece(path, a, b)
    levels = {round(knot.pressure * _PRESSURE_LEVELS) for knot in knots}
    return Curve(knots, path, path.controlPointRect(), len(levels) == 1)


def draw_curve(painter: QPainter, curve: Curve, pen: InkPen) -> None:
    """Draw a curve; one knot is a round dot."""
    if len(curve.knots) == 1:
        knot = curve.knots[0]
        painter.setPen(pen.at(knot.pressure))
        painter.drawPoint(QPointF(knot.x, knot.y))
    elif curve.has_even_pressure:
        # In one go, so that edges are not antialiased twice where pieces meet.
        painter.strokePath(curve.path, pen.at(curve.knots[0].pressure))
    else:
        for a, b in pairwise(curve.knots):
            draw_segment(painter, a, b, pen)


def draw_segment(painter: QPainter, a: Knot, b: Knot, pen: InkPen) -> None:
    """Draw the piece of a curve from one knot to the next, as wide as their mean pressure says."""
    path = QPainterPath(QPointF(a.x, a.y))
    _add_piece(path, a, b)
    painter.strokePath(path, pen.at((a.pressure + b.pressure) / 2))


def draw_paper(painter: QPainter, size: QSizeF, colors: CanvasColors) -> None:
    """Draw an empty sheet: a card with round corners, a thin outline and faint dots."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colors.outline, 1.0))
    painter.setBrush(colors.paper)
    sheet = QRectF(0.5, 0.5, size.width() - 1, size.height() - 1)
    painter.drawRoundedRect(sheet, PAPER_RADIUS, PAPER_RADIUS)
    painter.setPen(QPen(colors.dots, _DOT_SIZE, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    columns, rows = int(size.width() // _DOT_SPACING), int(size.height() // _DOT_SPACING)
    left = (size.width() - (columns - 1) * _DOT_SPACING) / 2
    top = (size.height() - (rows - 1) * _DOT_SPACING) / 2
    dots = QPolygonF(
        [
            QPointF(round(left + column * _DOT_SPACING), round(top + row * _DOT_SPACING))
            for row in range(rows)
            for column in range(columns)
        ]
    )
    painter.drawPoints(dots)


def paper_clip(size: QSizeF) -> QPainterPath:
    """Where ink may be: the sheet without its outline and what lies outside its round corners."""
    path = QPainterPath()
    inside = QRectF(1, 1, size.width() - 2, size.height() - 2)
    path.addRoundedRect(inside, PAPER_RADIUS - 1, PAPER_RADIUS - 1)
    return path


def thumbnail(
    ink: Ink, size_px: int, device_pixel_ratio: float = 1.0, ink_color: QColor | None = None
) -> QImage:
    """Ink on a transparent square of `size_px` logical pixels, as large as it fits with a margin.

    A dot, or nothing, gives a dot in the middle, or an empty image.
    """
    side = max(1, round(size_px * device_pixel_ratio))
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(device_pixel_ratio)
    image.fill(Qt.GlobalColor.transparent)
    bounds = ink.bounds()
    if bounds is None:
        return image
    width = max(1.5, size_px * _THUMBNAIL_PEN)
    room = max(1.0, size_px * (1 - 2 * _THUMBNAIL_MARGIN) - width)
    longest = max(bounds.width, bounds.height)
    scale = room / longest if longest > 0 else 1.0
    view = PageView(
        scale,
        size_px / 2 - (bounds.left + bounds.right) / 2 * scale,
        size_px / 2 - (bounds.top + bounds.bottom) / 2 * scale,
    )
    pen = InkPen(CanvasColors().ink if ink_color is None else ink_color, width / scale)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setTransform(view.transform(), True)
        for stroke in ink.strokes:
            draw_curve(painter, make_curve(_at_full_pressure(stroke)), pen)
    return image


def _at_full_pressure(stroke: Stroke) -> list[PenSample]:
    return [PenSample(s.x, s.y) for s in stroke.samples]


def _knot(samples: Sequence[PenSample], index: int) -> Knot:
    """The curve at a sample: its direction is that of the circle through it and its neighbours.

    The steps to both neighbours are weighted by the other's length (Bessel's tangent), which is
    exact for a circle's arc up to third order. A sharp turn is a corner: a bend there would bulge.
    """
    here = samples[index]
    if 0 < index < len(samples) - 1:
        before, after = samples[index - 1], samples[index + 1]
        in_x, in_y = here.x - before.x, here.y - before.y
        out_x, out_y = after.x - here.x, after.y - here.y
        in_length, out_length = math.hypot(in_x, in_y), math.hypot(out_x, out_y)
        along = in_x * out_x + in_y * out_y
        if in_length > 0 and out_length > 0 and along > _CORNER_COSINE * in_length * out_length:
            in_weight, out_weight = out_length / in_length, in_length / out_length
            x = in_x * in_weight + out_x * out_weight
            y = in_y * in_weight + out_y * out_weight
            length = math.hypot(x, y)
            return Knot(here.x, here.y, x / length, y / length, here.pressure)
    return Knot(here.x, here.y, 0.0, 0.0, here.pressure)


def _add_piece(path: QPainterPath, a: Knot, b: Knot) -> None:
    """Continue a path from a to b: a cubic curve with both directions, a line where there is none.

    Arms of a third of the distance cannot make loops.
    """
    if not (a.direction_x or a.direction_y or b.direction_x or b.direction_y):
        path.lineTo(b.x, b.y)
        return
    arm = math.hypot(b.x - a.x, b.y - a.y) / 3
    ax, ay = a.x + a.direction_x * arm, a.y + a.direction_y * arm
    bx, by = b.x - b.direction_x * arm, b.y - b.direction_y * arm
    # An end without a direction of its own points at the other end's arm: a smooth run-out.
    if not (a.direction_x or a.direction_y):
        ax, ay = (a.x + bx) / 2, (a.y + by) / 2
    elif not (b.direction_x or b.direction_y):
        bx, by = (b.x + ax) / 2, (b.y + ay) / 2
    path.cubicTo(ax, ay, bx, by, b.x, b.y)

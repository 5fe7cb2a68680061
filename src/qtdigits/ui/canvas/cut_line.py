"""The cut between two neighbouring digits: a line with two grips to move it by."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from qtdigits.core.reading import Reading
from qtdigits.core.regroup import Point, are_neighbours, cut_place
from qtdigits.ui.canvas.ink_render import CanvasColors
from qtdigits.ui.canvas.page_view import PageView

_RADIUS_PX: Final = 8.0
_BEYOND_PX: Final = 20.0
"""So far above and below the digits the grips lie, beside what is written."""

_NEAR_PX: Final = 14.0
"""So near to a line a hovering pen brings its grips up."""

FINGER_PX: Final = 22.0
POINTER_PX: Final = 12.0
"""How far from its middle a grip is taken, by a finger and by anything finer."""


class Grip(Enum):
    """The ends of a cut."""

    TOP = auto()
    """Moves the whole line."""
    BOTTOM = auto()
    """Leans it."""


@dataclass(frozen=True, slots=True)
class CutLine:
    """The cut between the digits `at` and `at + 1`, from its upper end to its lower one.

    In logical pixels of the widget; the grips sit on the ends.
    """

    at: int
    top: QPointF
    bottom: QPointF

    def rect(self) -> QRectF:
        """All that is painted."""
        reach = _RADIUS_PX + 2
        return QRectF(self.top, self.bottom).normalized().adjusted(-reach, -reach, reach, reach)

    def is_near(self, place: QPointF) -> bool:
        """Whether a hovering pen means this cut."""
        height = self.bottom.y() - self.top.y()
        share = (place.y() - self.top.y()) / height if height > 0 else 0.0
        slack = POINTER_PX / max(height, 1.0)
        x = self.top.x() + (self.bottom.x() - self.top.x()) * min(max(share, 0.0), 1.0)
        return -slack <= share <= 1 + slack and abs(place.x() - x) <= _NEAR_PX

    def grip_at(self, place: QPointF, reach_px: float) -> Grip | None:
        """The grip that is taken at this place."""
        for grip, end in ((Grip.TOP, self.top), (Grip.BOTTOM, self.bottom)):
            if (place - end).manhattanLength() <= reach_px:
                return grip
        return None

    def moved(self, grip: Grip, by_px: float) -> CutLine:
        """The line after one of its grips was moved to the right."""
        way = QPointF(by_px, 0)
        if grip is Grip.TOP:
            return replace(self, top=self.top + way, bottom=self.bottom + way)
        return replace(self, bottom=self.bottom + way)

    def on_page(self, view: PageView) -> tuple[Point, Point]:
        """Its ends, upper and lower, in page units."""
        (left, top), (right, bottom) = (
            ((end.x() - view.left) / view.scale, (end.y() - view.top) / view.scale)
            for end in (self.top, self.bottom)
        )
        return (left, top), (right, bottom)


def cut_line(reading: Reading, at: int, view: PageView, size: QSizeF) -> CutLine | None:
    """The upright line about where two digits are parted; None where they are no neighbours."""
    if not are_neighbours(reading, at):
        return None
    left, right = reading.digits[at].bounds, reading.digits[at + 1].bounds
    x = cut_place(reading, at) * view.scale + view.left
    top = min(left.top, right.top) * view.scale + view.top - _BEYOND_PX
    bottom = max(left.bottom, right.bottom) * view.scale + view.top + _BEYOND_PX
    edge = _RADIUS_PX + 2
    return CutLine(at, QPointF(x, max(top, edge)), QPointF(x, min(bottom, size.height() - edge)))


def draw_cut(painter: QPainter, line: CutLine, colors: CanvasColors) -> None:
    """Paint the line and its grips."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colors.accent, 1.4, Qt.PenStyle.DashLine))
    painter.drawLine(line.top, line.bottom)
    painter.setPen(QPen(colors.accent, 1.6))
    painter.setBrush(colors.paper)
    painter.drawEllipse(line.top, _RADIUS_PX, _RADIUS_PX)
    small = _RADIUS_PX * 0.62
    painter.drawEllipse(line.bottom, small, small)
    # Two arrow heads say which way it can be moved.
    pen = QPen(QColor(colors.accent), 1.4)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    for way in (-1, 1):
        tip = line.top + QPointF(way * _RADIUS_PX * 0.55, 0)
        for turn in (-1, 1):
            painter.drawLine(tip, tip + QPointF(-way * 2.4, turn * 2.6))

"""Dragging a cut: where it goes with the pen, and how the number is divided there."""

from __future__ import annotations

from dataclasses import dataclass

from qtdigits.core.arrangement import ArrangedInk
from qtdigits.core.reading import Reading
from qtdigits.core.regroup import cut_between
from qtdigits.ui.canvas.cut_line import CutLine, Grip
from qtdigits.ui.canvas.page_view import PageView
from qtdigits.ui.canvas.pen_events import PenSource


@dataclass(frozen=True, slots=True)
class CutDrag:
    """A cut that a pen has hold of: by which grip, from where, and what there was before.

    from_x: logical pixels of the widget. drawing, reading: as they were when the grip was taken;
    every place of the cut divides them anew, so that the way of the pen leaves no trace.
    """

    line: CutLine
    grip: Grip
    from_x: float
    source: PenSource
    drawing: ArrangedInk
    reading: Reading

    def line_at(self, x: float) -> CutLine:
        """The cut while the pen is at this x, logical pixels of the widget."""
        return self.line.moved(self.grip, x - self.from_x)

    def divided(self, line: CutLine, view: PageView) -> ArrangedInk | None:
        """The drawing parted there; past one of its digits the two are one."""
        return cut_between(self.drawing, self.reading, line.at, *line.on_page(view))

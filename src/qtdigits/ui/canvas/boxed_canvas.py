"""The writing surface with boxes over what was read on it, and the cuts between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSizeF, Qt, Signal, Slot
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QResizeEvent, QUndoStack
from PySide6.QtWidgets import QToolTip, QWidget

from qtdigits.core.arrangement import ArrangedInk
from qtdigits.core.ink import Stroke
from qtdigits.core.reading import Reading
from qtdigits.core.regroup import are_neighbours
from qtdigits.core.request import Result
from qtdigits.ui.canvas.box_words import box_tip, described
from qtdigits.ui.canvas.cut_line import POINTER_PX, CutLine, Grip, cut_line, draw_cut
from qtdigits.ui.canvas.digit_boxes import DigitBox, boxes_of, draw_boxes, erased_digits
from qtdigits.ui.canvas.ink_canvas import InkCanvas, Tool
from qtdigits.ui.canvas.undo_commands import Sheet

_GRIP_TIPS: Final = {
    Grip.TOP: "Drag to move the cut; past a digit joins the two",
    Grip.BOTTOM: "Drag to lean the cut",
}


class BoxedCanvas(InkCanvas):
    """Owns the answer that is shown over the ink, and which digit and which cut a person means.

    Signals:
        digit_chosen(int): the person wants to look at this digit, from 0 at the left
        place_chosen(Bounds): they want to look at the digit that will lie there on the page
        division_changed(): what can be joined or split is something else now
    """

    digit_chosen = Signal(int)
    place_chosen = Signal(object)
    division_changed = Signal()

    def __init__(self, undo_stack: QUndoStack, parent: QWidget | None = None) -> None:
        super().__init__(undo_stack, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._result: Result | None = None
        self._waiting: Result | None = None
        self._boxes: tuple[DigitBox, ...] = ()
        self._boxes_made_of: object = None
        self._line: CutLine | None = None
        self._line_is_held = False
        self._chosen = False
        self._labels: tuple[int | None, ...] = ()
        self._gone: frozenset[int] = frozenset()

    def hint(self) -> str:
        return self.tr("Write a digit or a number here")

    def show_result(self, result: Result) -> None:
        """Show the digits of an answer; one for ink that is another by now changes nothing.

        While the pen writes, an answer waits: it is shown if it is that for the finished stroke.
        """
        if self._builder.is_writing:
            self._waiting = result
            return
        if result.ink != self._sheet.ink:
            return
        before = self._painted_rect()
        self._result = result
        self._gone = frozenset()
        if not self._line_is_held and not self._is_cut(self._line):
            self._line = None
        self.update(before.united(self._painted_rect()))
        self.setAccessibleDescription(described(result))
        self.division_changed.emit()

    def show_labels(self, labels: Sequence[int | None]) -> None:
        """Show what the person says that the digits are, in reading order."""
        before = self._painted_rect()
        self._labels = tuple(labels)
        self.update(before.united(self._painted_rect()))

    def show_sheet(self, sheet: Sheet) -> None:
        before = self._painted_rect()
        super().show_sheet(sheet)
        # Until there is a new answer, what has been erased must not stay as an empty box.
        if self._result is not None:
            self._gone = erased_digits(self._result.reading, self._result.ink, sheet.ink)
        self.update(before)

    def show_nothing(self) -> None:
        """Nothing is read any more."""
        self.update(self._painted_rect())
        self._result = self._waiting = None
        self._line = None
        self._chosen = False
        self.setAccessibleDescription(
            self.tr("Write a digit or a number with the mouse, a stylus or a finger")
        )
        self.division_changed.emit()

    def boxes(self) -> tuple[DigitBox, ...]:
        """The boxes over the digits, in reading order, where they are now."""
        if self._result is None or self._result.ink.strokes[:1] != self._sheet.ink.strokes[:1]:
            return ()  # another drawing has come, and its answer has not yet
        what, where = self._result.reading, (self.view, self.pen_width_px, self.size(), self.font())
        if (what, self._labels, where) != self._boxes_made_of:
            # Asked for several times for each answer and each paint, and the same most times.
            self._boxes_made_of = (what, self._labels, where)
            view, width, size, font = where
            self._boxes = boxes_of(what, self._labels, view, width, QSizeF(size), font)
        return self._boxes

    def cuts(self) -> tuple[CutLine, ...]:
        """The cuts whose grips can be taken now."""
        if self._line_is_held:
            return (self._line,) if self._line is not None else ()
        if self._reading() is None or self._tool is Tool.ERASER:
            return ()
        wanted = [] if self._line is None else [self._line.at]
        if self._chosen and self._result is not None:
            wanted += [self._result.looked_at - 1, self._result.looked_at]
        lines = (self._cut(at) for at in sorted(set(wanted)))
        return tuple(line for line in lines if line is not None)

    def choose_at(self, place: QPointF) -> None:
        """Look at the digit there, if there is one; logical pixels."""
        at = self._box_at(place)
        if at is not None:
            self.choose(at)

    @Slot()
    def look_left(self) -> None:
        """Look at the digit before."""
        self.choose(self._looked_at() - 1)

    @Slot()
    def look_right(self) -> None:
        """Look at the digit after."""
        self.choose(self._looked_at() + 1)

    def choose(self, at: int) -> None:
        """Look at a digit, and bring up what its cuts are moved by."""
        reading = self._reading()
        if reading is None or not 0 <= at < len(reading):
            return
        self.update(self._painted_rect())
        self._chosen = True
        self._line = None
        self.digit_chosen.emit(at)
        self.update(self._painted_rect())

    # For those who change what is shown

    def _reading(self) -> Reading | None:
        """What was read of the ink on the sheet, where that is known."""
        if self._result is None or self._builder.is_writing:
            return None
        return self._result.reading if self._result.ink == self._sheet.ink else None

    def _drawing(self) -> ArrangedInk:
        return ArrangedInk(self._sheet.ink, self._sheet.arrangements)

    def _looked_at(self) -> int:
        return 0 if self._result is None else self._result.looked_at

    def _cut(self, at: int) -> CutLine | None:
        if self._line is not None and self._line.at == at:
            return self._line
        reading = self._reading()
        return None if reading is None else cut_line(reading, at, self.view, QSizeF(self.size()))

    def _is_cut(self, line: CutLine | None) -> bool:
        reading = self._reading()
        return line is not None and reading is not None and are_neighbours(reading, line.at)

    def _box_at(self, place: QPointF) -> int | None:
        """The digit whose box holds a place; of several the one whose middle is nearest."""
        found = [
            (abs(box.frame.center().x() - place.x()), at)
            for at, box in enumerate(self.boxes())
            if at not in self._gone and box.holds(place)
        ]
        return min(found)[1] if found else None

    def _hover(self, place: QPointF) -> None:
        reading = self._reading()
        if reading is None:
            return
        if self._line is not None and self._line.is_near(place):
            return
        lines = (self._cut(at) for at in range(len(reading) - 1))
        self._show_line(next((line for line in lines if line and line.is_near(place)), None))

    def _show_line(self, line: CutLine | None) -> None:
        if line == self._line:
            return
        before = self._painted_rect()
        self._line = line
        self.update(before.united(self._painted_rect()))

    def _stop_choosing(self) -> None:
        if self._chosen or self._line is not None:
            self.update(self._painted_rect())
            self._chosen = False
            self._line = None

    def _painted_rect(self) -> QRect:
        whole = QRectF()
        for rect in _rects(self.boxes(), self.cuts()):
            whole = whole.united(rect)
        return whole.toAlignedRect()

    # The canvas below, and Qt

    def _change_sheet(self, sheet: Sheet) -> None:
        if sheet is not self._sheet:
            self._show_line(None)  # a cut that undo took back is elsewhere
        super()._change_sheet(sheet)

    def _finish_stroke(self, stroke: Stroke) -> None:
        super()._finish_stroke(stroke)
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            # A pen that rested before it was lifted asked nothing new.
            self.show_result(waiting)

    def on_leave(self) -> None:
        if not self._line_is_held:
            self._show_line(None)
        super().on_leave()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        boxes, cuts = self.boxes(), self.cuts()
        shown = event.rect().toRectF()
        if not any(rect.intersects(shown) for rect in _rects(boxes, cuts)):
            return
        colors = self.colors
        with QPainter(self) as painter:
            draw_boxes(painter, boxes, self._looked_at(), self._gone, colors, self.font())
            for line in cuts:
                draw_cut(painter, line, colors)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._line = None
        super().resizeEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._tip_at(QPointF(event.pos())), self)
            return True
        return super().event(event)

    def _tip_at(self, place: QPointF) -> str:
        for line in self.cuts():
            grip = line.grip_at(place, POINTER_PX)
            if grip is not None:
                return self.tr(_GRIP_TIPS[grip])
        at = self._box_at(place)
        if at is None or self._result is None:
            return ""
        return box_tip(self._result, at, self._labels[at] if at < len(self._labels) else None)


def _rects(boxes: Sequence[DigitBox], cuts: Sequence[CutLine]) -> list[QRectF]:
    """Where boxes and cuts are painted."""
    return [*(box.rect() for box in boxes), *(line.rect() for line in cuts)]

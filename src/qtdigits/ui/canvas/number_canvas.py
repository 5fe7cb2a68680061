"""The writing surface that shows what was read on it, and lets a person put it right."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSizeF, Qt, Signal, Slot
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QResizeEvent, QUndoStack
from PySide6.QtWidgets import QToolTip, QWidget

from qtdigits.core.arrangement import ArrangedInk
from qtdigits.core.ink import Stroke
from qtdigits.core.reading import Reading
from qtdigits.core.regroup import Point, are_neighbours, cut_between, joined, split
from qtdigits.core.request import Result
from qtdigits.core.wording import verdict_words
from qtdigits.ui.canvas.cut_line import FINGER_PX, POINTER_PX, CutLine, Grip, cut_line, draw_cut
from qtdigits.ui.canvas.digit_boxes import DigitBox, boxes_of, draw_boxes
from qtdigits.ui.canvas.ink_canvas import InkCanvas, Tool
from qtdigits.ui.canvas.pen_events import PenAction, PenEvent, PenSource
from qtdigits.ui.canvas.undo_commands import ChangeSheet

_TAP_PX: Final = 5.0
"""A pen that moves less than this in a box points at the digit, and writes nothing."""

_CUT_STEP: Final = 0.04
"""How far a key moves a cut, as a share of the digits' height."""

_GRIP_TIPS: Final = {
    Grip.TOP: "Drag to move the cut; past a digit joins the two",
    Grip.BOTTOM: "Drag to lean the cut",
}


@dataclass(frozen=True, slots=True)
class _Drag:
    """A cut that is being dragged: by which grip, from where, and what there was before."""

    line: CutLine
    grip: Grip
    from_x: float
    source: PenSource
    drawing: ArrangedInk
    reading: Reading


class NumberCanvas(InkCanvas):
    """Owns the boxes over the digits, and turns what is done to them into changes of the sheet.

    Signals:
        digit_chosen(int): the person wants to look at this digit, from 0 at the left
        division_changed(): what can be joined or split is something else now
    """

    digit_chosen = Signal(int)
    division_changed = Signal()

    def __init__(self, undo_stack: QUndoStack, parent: QWidget | None = None) -> None:
        super().__init__(undo_stack, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._result: Result | None = None
        self._waiting: Result | None = None
        self._line: CutLine | None = None
        self._chosen = False
        self._tap: PenEvent | None = None
        self._drag: _Drag | None = None

    # What is shown

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
        if self._drag is None and not self._is_cut(self._line):
            self._line = None
        self.update(before.united(self._painted_rect()))
        self.setAccessibleDescription(_described(result))
        self.division_changed.emit()

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
        size = QSizeF(self.size())
        return boxes_of(self._result.reading, self.view, self.pen_width_px, size, self.font())

    def cuts(self) -> tuple[CutLine, ...]:
        """The cuts whose grips can be taken now."""
        if self._drag is not None:
            return (self._line,) if self._line is not None else ()
        if self._reading() is None or self._tool is Tool.ERASER:
            return ()
        wanted = [] if self._line is None else [self._line.at]
        if self._chosen and self._result is not None:
            wanted += [self._result.looked_at - 1, self._result.looked_at]
        lines = (self._cut(at) for at in sorted(set(wanted)))
        return tuple(line for line in lines if line is not None)

    # What can be done to the number, by its name

    @property
    def can_split(self) -> bool:
        reading = self._reading()
        return reading is not None and len(reading) > 0

    @property
    def can_join(self) -> bool:
        return self._pair() is not None

    @property
    def is_arranged(self) -> bool:
        """Whether the person has divided anything."""
        return bool(self._sheet.arrangements)

    @Slot()
    def split_digit(self) -> None:
        """Part the digit looked at in two."""
        reading = self._reading()
        if reading is not None and self._result is not None:
            self._divide(self.tr("Split Digit"), split(self._drawing(), reading, self._looked_at()))

    @Slot()
    def join_digits(self) -> None:
        """Make the digit looked at and its neighbour one."""
        reading, at = self._reading(), self._pair()
        if reading is not None and at is not None:
            self._divide(self.tr("Join Digits"), joined(self._drawing(), reading, at))

    @Slot()
    def move_cut_left(self) -> None:
        """Move the cut beside the digit looked at to the left."""
        self._move_cut(-1)

    @Slot()
    def move_cut_right(self) -> None:
        """Move the cut beside the digit looked at to the right."""
        self._move_cut(1)

    @Slot()
    def divide_anew(self) -> None:
        """Forget what the person joined and cut."""
        self._divide(self.tr("Divide Anew"), ArrangedInk(self._sheet.ink))

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
        self.digit_chosen.emit(at)
        self.update(self._painted_rect())

    # Pens

    def on_pen(self, event: PenEvent) -> None:
        if self._drag is not None:
            self._continue_drag(self._drag, event)
            return
        place = QPointF(event.sample.x, event.sample.y)
        if event.action is PenAction.DOWN and not self._erasing(event) and self._source is None:
            reach = FINGER_PX if event.source is PenSource.TOUCH else POINTER_PX
            for line in self.cuts():
                grip = line.grip_at(place, reach)
                if grip is not None:
                    self._begin_drag(line, grip, event)
                    return
            if self._box_at(place) is not None:
                self._tap = event
                return
        if self._tap is not None and self._is_still_a_tap(self._tap, event, place):
            return
        if event.action is PenAction.HOVER and self._source is None:
            self._hover(place)
        elif event.action is PenAction.DOWN:
            self._stop_choosing()
        super().on_pen(event)

    def finish_gesture(self) -> None:
        self._tap = None
        self._end_drag()
        super().finish_gesture()

    def on_interrupted(self) -> None:
        self._tap = None
        self._end_drag()
        super().on_interrupted()

    def on_leave(self) -> None:
        if self._drag is None:
            self._show_line(None)
        super().on_leave()

    def _is_still_a_tap(self, tap: PenEvent, event: PenEvent, place: QPointF) -> bool:
        """Whether an event belongs to a pen that touched a box and has written nothing yet."""
        if event.source is not tap.source:
            if event.action is PenAction.DOWN and event.source is not PenSource.TOUCH:
                self._tap = None  # a stylus takes over from the palm beside it
                return False
            return True
        start = QPointF(tap.sample.x, tap.sample.y)
        near = math.hypot(place.x() - start.x(), place.y() - start.y()) < _TAP_PX
        match event.action:
            case PenAction.MOVE if near:
                return True
            case PenAction.MOVE | PenAction.DOWN:
                self._tap = None
                self._stop_choosing()
                super().on_pen(tap)
                return False
            case PenAction.UP if near:
                self._tap = None
                self.choose_at(start)
            case PenAction.UP:
                self._tap = None
                self._stop_choosing()
                super().on_pen(tap)
                return False
            case _:
                self._tap = None
        return True

    def _finish_stroke(self, stroke: Stroke) -> None:
        super()._finish_stroke(stroke)
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            # A pen that rested before it was lifted asked nothing new.
            self.show_result(waiting)

    # Dragging a cut

    def _begin_drag(self, line: CutLine, grip: Grip, event: PenEvent) -> None:
        reading = self._reading()
        if reading is None:
            return
        self._drag = _Drag(line, grip, event.sample.x, event.source, self._drawing(), reading)
        self._show_line(line)
        self.hold_view()

    def _continue_drag(self, drag: _Drag, event: PenEvent) -> None:
        if event.source is not drag.source:
            return
        if event.action is PenAction.CANCEL:
            self._divide_while_dragging(drag.drawing)
        elif event.action in (PenAction.MOVE, PenAction.UP):
            line = drag.line.moved(drag.grip, event.sample.x - drag.from_x)
            if line != self._line:
                self._show_line(line)
                top, bottom = self._on_page(line)
                found = cut_between(drag.drawing, drag.reading, line.at, top, bottom)
                if found is not None:
                    self._divide_while_dragging(found)
        if event.action is not PenAction.MOVE:
            self._end_drag()

    def _divide_while_dragging(self, drawing: ArrangedInk) -> None:
        if drawing.arrangements == self._sheet.arrangements:
            return
        if self._gesture is None:
            self._open_gesture(self.tr("Move Cut"))
        self.show_sheet(replace(self._sheet, arrangements=drawing.arrangements))
        self._announce()

    def _end_drag(self) -> None:
        if self._drag is None:
            return
        self._drag = None
        if self._gesture is not None:
            self._close_gesture()
        else:
            self.release_view()
        if not self._is_cut(self._line):
            self._show_line(None)

    # Helpers

    def _divide(self, words: str, drawing: ArrangedInk | None) -> None:
        """Divide the number in another way, in one step that can be undone."""
        self.finish_gesture()
        if drawing is None or drawing.arrangements == self._sheet.arrangements:
            return
        after = replace(self._sheet, arrangements=drawing.arrangements)
        self._undo_stack.push(ChangeSheet(words, self._sheet, after, self._change_sheet))

    def _move_cut(self, way: int) -> None:
        reading, at = self._reading(), self._pair()
        if reading is None or at is None:
            return
        line = self._cut(at)
        if line is None:
            return
        height = line.bottom.y() - line.top.y()
        line = line.moved(Grip.TOP, way * max(height * _CUT_STEP, 2.0))
        top, bottom = self._on_page(line)
        found = cut_between(self._drawing(), reading, at, top, bottom, may_join=False)
        if found is not None:
            self._show_line(line)
            self._divide(self.tr("Move Cut"), found)

    def _reading(self) -> Reading | None:
        """What was read of the ink on the sheet, where that is known."""
        if self._result is None or self._builder.is_writing:
            return None
        return self._result.reading if self._result.ink == self._sheet.ink else None

    def _drawing(self) -> ArrangedInk:
        return ArrangedInk(self._sheet.ink, self._sheet.arrangements)

    def _looked_at(self) -> int:
        return 0 if self._result is None else self._result.looked_at

    def _pair(self) -> int | None:
        """The left one of the digit looked at and its neighbour: the next, or the one before."""
        reading, at = self._reading(), self._looked_at()
        if reading is None:
            return None
        return next((one for one in (at, at - 1) if are_neighbours(reading, one)), None)

    def _cut(self, at: int) -> CutLine | None:
        if self._line is not None and self._line.at == at:
            return self._line
        reading = self._reading()
        return None if reading is None else cut_line(reading, at, self.view, QSizeF(self.size()))

    def _is_cut(self, line: CutLine | None) -> bool:
        reading = self._reading()
        return line is not None and reading is not None and are_neighbours(reading, line.at)

    def _on_page(self, line: CutLine) -> tuple[Point, Point]:
        view = self.view
        (left, top), (right, bottom) = (
            ((end.x() - view.left) / view.scale, (end.y() - view.top) / view.scale)
            for end in (line.top, line.bottom)
        )
        return (left, top), (right, bottom)

    def _erasing(self, event: PenEvent) -> bool:
        return event.erases or self._tool is Tool.ERASER

    def _box_at(self, place: QPointF) -> int | None:
        """The digit whose box holds a place; of several the one whose middle is nearest."""
        found = [
            (abs(box.frame.center().x() - place.x()), at)
            for at, box in enumerate(self.boxes())
            if box.holds(place)
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

    # Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        boxes, cuts = self.boxes(), self.cuts()
        shown = event.rect().toRectF()
        if not any(rect.intersects(shown) for rect in _rects(boxes, cuts)):
            return
        colors = self.colors
        with QPainter(self) as painter:
            draw_boxes(painter, boxes, self._looked_at(), colors, self.font())
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
        prediction = self._result.reading.digits[at].prediction
        return f"{prediction.text or '–'}: {verdict_words(prediction)}\nClick to look at it"


def _rects(boxes: Sequence[DigitBox], cuts: Sequence[CutLine]) -> list[QRectF]:
    """Where boxes and cuts are painted."""
    return [*(box.rect() for box in boxes), *(line.rect() for line in cuts)]


def _described(result: Result) -> str:
    """The answer, for those who do not see it."""
    if len(result.reading) < 2:
        return f"Read: {result.reading.text or 'no digit'}"
    place = f"digit {result.looked_at + 1} of {len(result.reading)}"
    prediction = result.prediction
    return (
        f"Read: {result.reading.text}. Looking at {place}: "
        f"{prediction.text or 'no digit'}, {verdict_words(prediction)}"
    )

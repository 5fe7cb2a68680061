"""The writing surface on which a person puts right what was read: by pens, and by name."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QPointF, Slot
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QWidget

from qtdigits.core.arrangement import ArrangedInk
from qtdigits.core.regroup import are_neighbours, cut_between, joined, split
from qtdigits.ui.canvas.boxed_canvas import BoxedCanvas
from qtdigits.ui.canvas.cut_drag import CutDrag
from qtdigits.ui.canvas.cut_line import FINGER_PX, POINTER_PX, CutLine, Grip
from qtdigits.ui.canvas.ink_canvas import Tool
from qtdigits.ui.canvas.pen_events import PenAction, PenEvent, PenSource
from qtdigits.ui.canvas.undo_commands import ChangeSheet

_TAP_PX: Final = 5.0
"""A pen that moves less than this in a box points at the digit, and writes nothing."""

_CUT_STEP: Final = 0.04
"""How far a key moves a cut, as a share of the digits' height."""


class NumberCanvas(BoxedCanvas):
    """Turns what is done to boxes and cuts into changes of the sheet, one undo step each."""

    def __init__(self, undo_stack: QUndoStack, parent: QWidget | None = None) -> None:
        super().__init__(undo_stack, parent)
        self._tap: PenEvent | None = None
        self._drag: CutDrag | None = None

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
        if reading is None:
            return
        drawing = split(self._drawing(), reading, self._looked_at())
        if drawing is not None:
            # Joining is the way back: it takes the digit looked at and the next one.
            known = {digit.ink for digit in reading}
            parts = [ink for ink in drawing.arrangements[-1].digits if ink not in known]
            bounds = parts[0].bounds() if parts else None
            if bounds is not None:
                self.place_chosen.emit(bounds)
            self._divide(self.tr("Split Digit"), drawing)

    @Slot()
    def join_digits(self) -> None:
        """Make the digit looked at and its neighbour one."""
        reading, at = self._reading(), self._pair()
        if reading is not None and at is not None:
            self._stay()
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

    # Dragging a cut

    def _begin_drag(self, line: CutLine, grip: Grip, event: PenEvent) -> None:
        reading = self._reading()
        if reading is None:
            return
        self._drag = CutDrag(line, grip, event.sample.x, event.source, self._drawing(), reading)
        self._line_is_held = True
        self._stay()
        self._show_line(line)
        self.hold_view()

    def _continue_drag(self, drag: CutDrag, event: PenEvent) -> None:
        if event.source is not drag.source:
            return
        if event.action is PenAction.CANCEL:
            self._divide_while_dragging(drag.drawing)
        elif event.action in (PenAction.MOVE, PenAction.UP):
            line = drag.line_at(event.sample.x)
            if line != self._line:
                self._show_line(line)
                found = drag.divided(line, self.view)
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
        self._line_is_held = False
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
        ends = line.on_page(self.view)
        found = cut_between(self._drawing(), reading, at, *ends, may_join=False)
        if found is not None:
            self._stay()
            self._divide(self.tr("Move Cut"), found)
            self._show_line(line)

    def _stay(self) -> None:
        """Who changes the number goes on looking at the same digit, whatever is least sure then."""
        reading = self._reading()
        if reading is not None and self._looked_at() < len(reading):
            self.place_chosen.emit(reading.digits[self._looked_at()].bounds)

    def _pair(self) -> int | None:
        """The left one of the digit looked at and its neighbour: the next, or the one before."""
        reading, at = self._reading(), self._looked_at()
        if reading is None:
            return None
        return next((one for one in (at, at - 1) if are_neighbours(reading, one)), None)

    def _erasing(self, event: PenEvent) -> bool:
        return event.erases or self._tool is Tool.ERASER

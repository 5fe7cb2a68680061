"""The writing surface: a sheet of paper for mouse, stylus and finger."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum, auto
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from qtdigits.core.arrangement import ArrangedInk
from qtdigits.core.eraser import erased
from qtdigits.core.ink import Ink, PenSample, Stroke
from qtdigits.core.scratch import scratched_out
from qtdigits.core.stroke_builder import StrokeBuilder
from qtdigits.ui.canvas.page_view import page_for
from qtdigits.ui.canvas.pen_events import PenAction, PenEvent, PenSource
from qtdigits.ui.canvas.pen_widget import PenWidget
from qtdigits.ui.canvas.undo_commands import ChangeSheet, PenGesture, Sheet

_LEAST_ERASER_RADIUS_PX: Final = 12.0


class Tool(Enum):
    """What the pen does where it touches."""

    PEN = auto()
    ERASER = auto()


class InkCanvas(PenWidget):
    """Owns the drawing, and turns what mouse, stylus and finger do into changes of it.

    Every change is a command on the undo stack that it is given. Ink is kept in page units; the
    pen's width and pressure are only shown and never change it.

    Signals:
        ink_changed(Ink): after every change, the ink with the stroke in progress.
        drawing_changed(ArrangedInk): the same, with what a person said of how it is divided.
        stroke_finished(Stroke): the pen was lifted, and the stroke is part of the ink.
        scratched_out(): the pen was lifted, and took away the ink that it went over to and fro.
    """

    ink_changed = Signal(object)
    drawing_changed = Signal(object)
    stroke_finished = Signal(object)
    scratched_out = Signal()

    def __init__(self, undo_stack: QUndoStack, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._undo_stack = undo_stack
        self._builder = StrokeBuilder()
        self._tool = Tool.PEN
        self._gesture: PenGesture | None = None
        self._source: PenSource | None = None
        self._erases = False
        self._last = PenSample(0.0, 0.0)
        self._last_on_widget = PenSample(0.0, 0.0)
        self._interrupted: PenEvent | None = None

        self.setObjectName("inkCanvas")
        self.setAccessibleName(self.tr("Writing surface"))
        self.setAccessibleDescription(self.tr("Write a digit with the mouse, a stylus or a finger"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)

    def ink(self) -> Ink:
        """The drawing, with the stroke in progress."""
        if self._builder.is_writing:
            return self._sheet.ink.with_stroke(self._builder.snapshot())
        return self._sheet.ink

    def set_ink(self, ink: Ink, text: str = "Open drawing") -> None:
        """Show other ink, in one step that can be undone; ink that would be cut off is fitted."""
        self.finish_gesture()
        if ink != self._sheet.ink:
            self._show_other(ArrangedInk(ink), text)

    def set_drawing(self, drawing: ArrangedInk) -> None:
        """Show other ink, divided as a person said, in one step that can be undone."""
        self.finish_gesture()
        self._show_other(drawing, self.tr("Open drawing"))

    def clear(self) -> None:
        """Take an empty sheet, in one step that can be undone."""
        self.set_ink(Ink(), self.tr("Clear"))

    @property
    def tool(self) -> Tool:
        return self._tool

    def set_tool(self, tool: Tool) -> None:
        self.finish_gesture()
        self._tool = tool
        # The eraser shows its rim instead of a cursor.
        erases = tool is Tool.ERASER
        self.setCursor(Qt.CursorShape.BlankCursor if erases else Qt.CursorShape.CrossCursor)
        self.show_ring(None)

    def finish_gesture(self) -> None:
        """End the stroke or the eraser's way, as if the pen were lifted where it is."""
        self._end_gesture(None)

    # What the pens do

    def on_pen(self, event: PenEvent) -> None:
        if self._source is not None and event.source is not self._source:
            if event.action is not PenAction.DOWN or event.source is PenSource.TOUCH:
                return  # a palm beside the stylus, for one
            self._cancel_gesture()
        match event.action:
            case PenAction.DOWN:
                self._end_gesture(None)
                self._begin_gesture(event)
            case PenAction.MOVE if self._source is not None:
                self._continue_gesture(event.sample)
            case PenAction.MOVE if self._interrupted is not None:
                self._begin_gesture(self._interrupted)
                self._continue_gesture(event.sample)
            case PenAction.UP if self._source is not None:
                self._end_gesture(event.sample)
            case PenAction.CANCEL:
                self._cancel_gesture()
            case PenAction.HOVER:
                # The release went elsewhere: the pen is up, and has been since its last sample.
                self._end_gesture(None)
        if event.action in (PenAction.UP, PenAction.HOVER, PenAction.CANCEL):
            self._interrupted = None
        self._move_ring(event)

    def on_interrupted(self) -> None:
        """Keep what is written; if the pen still touches when it moves again, writing goes on."""
        if self._source is None:
            return
        resume = PenEvent(PenAction.DOWN, self._source, self._last_on_widget, self._erases)
        self.finish_gesture()
        self._interrupted = resume

    def on_leave(self) -> None:
        if self._source is None:
            self.show_ring(None)

    def _begin_gesture(self, event: PenEvent) -> None:
        self._interrupted = None
        self._source = event.source
        self._erases = event.erases or self._tool is Tool.ERASER
        self.hold_view()
        sample = self._page_sample(event.sample)
        self._last = sample
        self._last_on_widget = event.sample
        if event.source is PenSource.TABLET:
            self.watch_proximity(True)
        if self._erases:
            self._erase_to(sample)
            return
        self._open_gesture(self.tr("Stroke"))
        if self._sheet.page is None:
            self._sheet = replace(self._sheet, page=QRectF(self.rect()))
        self._builder.begin(sample, unit=1 / self.view.scale)
        self.show_written(self._builder.samples)
        self._announce()

    def _continue_gesture(self, widget_sample: PenSample) -> None:
        sample = self._page_sample(widget_sample)
        if self._erases:
            self._erase_to(sample)
        elif self._builder.add(sample):
            self.show_written(self._builder.samples)
            self._announce()
        self._last, self._last_on_widget = sample, widget_sample

    def _end_gesture(self, widget_sample: PenSample | None) -> None:
        """Lift the pen: at a place, or where it was last."""
        if self._source is None:
            return
        end = self._last if widget_sample is None else self._page_sample(widget_sample)
        self._source = None
        if self._builder.is_writing:
            self._finish_stroke(self._builder.finish(end))
        else:
            self._erase_to(end)
            self._close_gesture()

    def _finish_stroke(self, stroke: Stroke) -> None:
        """The stroke is part of the ink now, or takes away what it scratched out."""
        ink = self._sheet.ink
        left = scratched_out(ink, stroke)
        if left is None:
            self.show_finished(stroke, self._sheet.with_ink(ink.with_stroke(stroke)))
        else:
            self.show_written(())
            self.show_sheet(self._sheet.with_ink(left))
            if self._gesture is not None:
                self._gesture.setText(self.tr("Scratch Out"))
        self._close_gesture()
        self._announce()
        if left is None:
            self.stroke_finished.emit(stroke)
        else:
            self.scratched_out.emit()

    def _cancel_gesture(self) -> None:
        """Second thoughts: a mere touch is taken back, what was really written stays."""
        if self._builder.is_writing and len(self._builder.samples) == 1 and self._gesture:
            self._source = None
            self._builder.cancel()
            self.show_written(())
            gesture = self._gesture
            self._close_gesture()
            if isValid(gesture):  # the stack may have been cleared
                gesture.setObsolete(True)
                self._undo_stack.undo()
        else:
            self._end_gesture(None)

    def _erase_to(self, sample: PenSample) -> None:
        radius = self._eraser_radius_px / self.view.scale
        before = self._sheet
        ink = erased(before.ink, (self._last.x, self._last.y), (sample.x, sample.y), radius)
        if ink is before.ink:
            return
        if self._gesture is None:
            self._open_gesture(self.tr("Erase"))
        self.show_sheet(before.with_ink(ink))
        self._announce()

    def _open_gesture(self, text: str) -> None:
        self._gesture = PenGesture(text, self._sheet, self._change_sheet, self.finish_gesture)
        self._undo_stack.push(self._gesture)

    def _close_gesture(self) -> None:
        if self._gesture is not None:
            self._gesture.close(self._sheet)
            self._gesture = None
        self.watch_proximity(False)
        self.release_view()

    def _show_other(self, drawing: ArrangedInk, text: str) -> None:
        page = page_for(drawing.ink, QSizeF(self.size()), self.pen_width_px / 2)
        after = Sheet(drawing.ink, page, drawing.arrangements)
        self._undo_stack.push(ChangeSheet(text, self._sheet, after, self._change_sheet))

    def _change_sheet(self, sheet: Sheet) -> None:
        """What the commands do."""
        if sheet is not self._sheet:
            self.show_sheet(sheet)
            self._announce()

    def _announce(self) -> None:
        ink = self.ink()
        self.ink_changed.emit(ink)
        self.drawing_changed.emit(ArrangedInk(ink, self._sheet.arrangements))

    def _page_sample(self, sample: PenSample) -> PenSample:
        return self.view.to_page(sample, QSizeF(self.size()))

    @property
    def _eraser_radius_px(self) -> float:
        return max(_LEAST_ERASER_RADIUS_PX, self.pen_width_px * 0.75)

    def _move_ring(self, event: PenEvent) -> None:
        lifted = event.source is PenSource.TOUCH and self._source is None
        if (event.erases or self._tool is Tool.ERASER) and not lifted:
            self.show_ring(QPointF(event.sample.x, event.sample.y), self._eraser_radius_px)
        else:
            self.show_ring(None)

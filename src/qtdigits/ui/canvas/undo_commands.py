"""What can be undone on the canvas: every change is one step from a sheet to another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QRectF
from PySide6.QtGui import QUndoCommand

from qtdigits.core.arrangement import Arrangement, still_valid
from qtdigits.core.ink import Ink


@dataclass(frozen=True, slots=True)
class Sheet:
    """Ink, the part of the page that should be in view (page units), and how ink is divided.

    `page` is None while nothing is written: then a page unit is a logical pixel.
    """

    ink: Ink = field(default_factory=Ink)
    page: QRectF | None = None
    arrangements: tuple[Arrangement, ...] = ()

    def with_ink(self, ink: Ink) -> Sheet:
        """The same sheet with more or less on it; what was said of strokes goes with them."""
        page = None if ink.is_empty else self.page
        return Sheet(ink, page, still_valid(self.arrangements, ink))


class ChangeSheet(QUndoCommand):
    """Shows one sheet instead of another."""

    def __init__(
        self, text: str, before: Sheet, after: Sheet, show: Callable[[Sheet], None]
    ) -> None:
        super().__init__(text)
        self._before = before
        self._after = after
        self._show = show

    def redo(self) -> None:
        self._show(self._after)

    def undo(self) -> None:
        self._show(self._before)


class PenGesture(ChangeSheet):
    """A stroke, or one way of the eraser: on the stack from its first touch.

    That it is there before it is done makes undo in the middle of a stroke safe: the gesture is
    ended first, then taken back, and redo brings back what was written of it.
    """

    def __init__(
        self,
        text: str,
        before: Sheet,
        show: Callable[[Sheet], None],
        end_gesture: Callable[[], None],
    ) -> None:
        super().__init__(text, before, before, show)
        self._end_gesture = end_gesture
        self._is_open = True

    def close(self, after: Sheet) -> None:
        """The gesture is over and led to this sheet."""
        self._after = after
        self._is_open = False

    def undo(self) -> None:
        if self._is_open:
            self._end_gesture()
        super().undo()

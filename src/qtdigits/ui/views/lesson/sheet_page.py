"""The guided sheet: each digit twice, one after the other, on a canvas of its own."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QFont, QKeyEvent, QUndoStack
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from qtdigits.core.ink import Ink
from qtdigits.core.lesson import LessonDrawing
from qtdigits.ui.canvas.ink_canvas import InkCanvas
from qtdigits.ui.canvas.ink_render import CanvasColors
from qtdigits.ui.theme_colors import Theme
from qtdigits.ui.views.lesson.sheet_progress import SheetProgress
from qtdigits.ui.views.tick_box import TickBox

TIMES: Final = 2
ORDER: Final = (*range(10), *range(10))
"""Twice through all digits, rather than each twice at once: so a hand writes as it does."""

_PAUSE_MS: Final = 1000
"""So long after the pen was lifted the next digit comes: longer than between two strokes."""


class SheetPage(QWidget):
    """Asks for the digits of ORDER, and remembers what was written or skipped.

    Keys: Enter goes on, Backspace back, Delete wipes, S skips.

    Signals:
        completed(): the last digit was written or skipped
        moved(): another digit is asked for
    """

    completed = Signal()
    moved = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inks: list[Ink] = [Ink()] * len(ORDER)
        self._at = 0
        self._undo_stack = QUndoStack(self)
        self.canvas = InkCanvas(self._undo_stack)
        self.canvas.setObjectName("lessonCanvas")
        self.canvas.setMinimumSize(240, 220)
        self.canvas.ink_changed.connect(self._on_ink_changed)
        self.canvas.installEventFilter(self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self._on_pause)
        self._digit = QLabel()
        self._digit.setObjectName("lessonDigit")
        self._digit.setAlignment(Qt.AlignmentFlag.AlignCenter)
        font = QFont(self._digit.font())
        font.setPixelSize(120)
        font.setWeight(QFont.Weight.Bold)
        self._digit.setFont(font)
        self._words = QLabel()
        self._words.setObjectName("lessonWords")
        self._words.setProperty("role", "heading")
        self._hint = QLabel("Write it the way you always do, in one go or several.")
        self._hint.setProperty("role", "muted")
        self._hint.setWordWrap(True)
        self._progress = SheetProgress(theme)
        self._progress.place_chosen.connect(self.go_to)
        self._goes_on = TickBox(theme)
        self._goes_on.setObjectName("lessonGoesOn")
        self._goes_on.setAccessibleName("Go on by itself")
        self._goes_on.setToolTip("The next digit comes a second after you lift the pen")
        self._goes_on.setChecked(True)
        self._back = self._button("lessonBackButton", "Back", "The digit before (Backspace)")
        self._wipe = self._button("lessonWipeButton", "Wipe", "Write this one again (Delete)")
        self._skip = self._button("lessonSkipButton", "Skip", "Leave this one out (S)")
        self._next = self._button("lessonNextButton", "Next", "Go on (Enter)")
        self._back.clicked.connect(self.back)
        self._wipe.clicked.connect(self.wipe)
        self._skip.clicked.connect(self.skip)
        self._next.clicked.connect(self.next)
        self._lay_out()
        self.set_theme(theme)
        self._show()

    def restart(self) -> None:
        """Empty paper, and the first digit."""
        self._inks = [Ink()] * len(ORDER)
        self._move_to(0)

    def drawings(self) -> tuple[LessonDrawing, ...]:
        """What was written, in the order it was asked for; what was skipped is left out."""
        return tuple(
            LessonDrawing(ink, digit)
            for ink, digit in zip(self._inks, ORDER, strict=True)
            if not ink.is_empty
        )

    def set_theme(self, theme: Theme) -> None:
        self.canvas.set_colors(
            CanvasColors(
                paper=QColor(theme.paper),
                dots=QColor(theme.dots),
                ink=QColor(theme.ink),
                outline=QColor(theme.line),
            )
        )
        self._digit.setStyleSheet(f"color: {theme.accent};")
        self._progress.set_theme(theme)
        self._goes_on.set_theme(theme)

    def stop(self) -> None:
        """Go on no more by itself: the page is left."""
        self._timer.stop()
        self.canvas.finish_gesture()

    @Slot()
    def next(self) -> None:
        """The next digit; after the last one, the sheet is complete."""
        if self._inks[self._at].is_empty:
            return
        self._go_on()

    @Slot()
    def skip(self) -> None:
        """Leave this digit out."""
        self.wipe()
        self._go_on()

    @Slot()
    def back(self) -> None:
        """The digit before, as it was written."""
        if self._at > 0:
            self._move_to(self._at - 1)

    @Slot()
    def wipe(self) -> None:
        """Empty paper for the same digit."""
        self._timer.stop()
        self.canvas.clear()

    @Slot(int)
    def go_to(self, place: int) -> None:
        """Any digit of the sheet."""
        self._move_to(place)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A pen on the paper again: whatever was about to come waits."""
        if event.type() in (
            QEvent.Type.MouseButtonPress,
            QEvent.Type.TabletPress,
            QEvent.Type.TouchBegin,
        ):
            self._timer.stop()
        elif event.type() in (
            QEvent.Type.MouseButtonRelease,
            QEvent.Type.TabletRelease,
            QEvent.Type.TouchEnd,
        ):
            QTimer.singleShot(0, self, self._on_pen_lifted)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.next()
            case Qt.Key.Key_Backspace:
                self.back()
            case Qt.Key.Key_Delete:
                self.wipe()
            case Qt.Key.Key_S:
                self.skip()
            case _:
                super().keyPressEvent(event)
                return
        event.accept()

    @Slot(object)
    def _on_ink_changed(self, ink: Ink) -> None:
        self._inks[self._at] = ink
        self._show_state()

    @Slot()
    def _on_pen_lifted(self) -> None:
        if self._goes_on.isChecked() and not self._inks[self._at].is_empty:
            self._timer.start()

    @Slot()
    def _on_pause(self) -> None:
        self.next()

    def _go_on(self) -> None:
        if self._at + 1 < len(ORDER):
            self._move_to(self._at + 1)
        else:
            self.stop()
            self.completed.emit()

    def _move_to(self, place: int) -> None:
        self.stop()
        self._at = place
        ink = self._inks[place]
        # The canvas tells of every change, which is then one of the digit that is asked for now.
        self.canvas.set_ink(ink)
        self._undo_stack.clear()
        self._show()
        self.moved.emit()

    def _show(self) -> None:
        digit = ORDER[self._at]
        self._digit.setText(str(digit))
        again = " again" if self._at >= len(ORDER) // TIMES else ""
        article = "an" if digit == 8 else "a"
        self._words.setText(f"Write {article} {digit}{again}")
        self.canvas.setAccessibleName(f"Write {article} {digit} here")
        self._show_state()

    def _show_state(self) -> None:
        written = [not ink.is_empty for ink in self._inks]
        self._progress.show_progress(self._at, written)
        self._back.setEnabled(self._at > 0)
        self._wipe.setEnabled(written[self._at])
        self._next.setEnabled(written[self._at])

    def _button(self, name: str, text: str, tip: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setToolTip(tip)
        button.setAutoDefault(False)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _lay_out(self) -> None:
        goes_on = QHBoxLayout()
        goes_on.setSpacing(8)
        name = QLabel("Go on by itself")
        name.setProperty("role", "muted")
        goes_on.addWidget(self._goes_on)
        goes_on.addWidget(name, 1)
        side = QVBoxLayout()
        side.setSpacing(10)
        side.addWidget(self._words)
        side.addWidget(self._digit, 1)
        side.addWidget(self._hint)
        side.addLayout(goes_on)
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addWidget(self._back)
        buttons.addWidget(self._wipe)
        buttons.addWidget(self._skip)
        buttons.addStretch(1)
        buttons.addWidget(self._next)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self.canvas, 1)
        right.addLayout(buttons)
        both = QHBoxLayout()
        both.setSpacing(20)
        both.addLayout(side, 2)
        both.addLayout(right, 5)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(self._progress)
        column.addLayout(both, 1)

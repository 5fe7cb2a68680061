"""What came of a lesson: the verdict, the drawings whose answer changed, and the guard."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QVBoxLayout, QWidget

from qtdigits.core.lesson import LessonDrawing, LessonOutcome
from qtdigits.core.wording import percentage
from qtdigits.ui.canvas.ink_render import thumbnail
from qtdigits.ui.items.taught_delegate import SIDE_PX, TaughtDelegate
from qtdigits.ui.items.taught_model import TaughtModel, TaughtTile
from qtdigits.ui.theme_colors import Theme
from qtdigits.ui.views.card import Card, set_look
from qtdigits.ui.views.parts import label

_NOTHING_CHANGED: Final = "No answer changes: the digits that were right are only more probable."


class OutcomePage(QWidget):
    """Shows a LessonOutcome beside the drawings that it is about."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = TaughtModel(self)
        self._delegate = TaughtDelegate(thumbnail, theme, self)
        self._heading = label(role="heading")
        self._heading.setObjectName("lessonVerdict")
        self._reason = label()
        self._reason.setObjectName("lessonReason")
        self._title = label(role="title")
        self._nothing = label(role="muted")
        self._view = self._make_view()
        self._figures = label(role="muted")
        self._changed = Card()
        inside = QVBoxLayout(self._changed)
        inside.setContentsMargins(16, 12, 16, 12)
        inside.setSpacing(10)
        inside.addWidget(self._title)
        inside.addWidget(self._nothing)
        inside.addWidget(self._view, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        facts = Card()
        told = QVBoxLayout(facts)
        told.setContentsMargins(16, 14, 16, 14)
        told.setSpacing(8)
        told.addWidget(self._reason)
        told.addWidget(self._figures)
        column.addWidget(self._heading)
        column.addWidget(facts)
        column.addWidget(self._changed)
        column.addStretch(1)

    def show_outcome(self, outcome: LessonOutcome, drawings: Sequence[LessonDrawing]) -> None:
        """drawings: those that the lesson was given, in the same order."""
        self._heading.setText("Your hand is learnt" if outcome.used else "Nothing was changed")
        self._reason.setText(outcome.reason)
        set_look(self._reason, "tone", "" if outcome.used else "warn")
        pairs = zip(drawings, outcome.drawings, strict=True)
        self._model.set_tiles([TaughtTile(one.ink, taught) for one, taught in pairs])
        right = sum(one.turns_right for one in outcome.drawings)
        wrong = sum(one.turns_wrong for one in outcome.drawings)
        words = [f"{right} turn right"] if right else []
        words += [f"{wrong} turn wrong"] if wrong else []
        self._title.setText("What changes: " + " and ".join(words) if words else "What changes")
        self._nothing.setText("" if words else _NOTHING_CHANGED)
        self._nothing.setVisible(not words)
        self._view.setVisible(bool(words))
        self._changed.setVisible(outcome.used)
        self._figures.setText(_figures(outcome))

    def set_theme(self, theme: Theme) -> None:
        self._delegate.set_theme(theme)
        self._view.viewport().update()

    def _make_view(self) -> QListView:
        view = QListView()
        view.setObjectName("taughtView")
        view.setAccessibleName("Drawings whose answer changed")
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setViewMode(QListView.ViewMode.IconMode)
        view.setMovement(QListView.Movement.Static)
        view.setResizeMode(QListView.ResizeMode.Adjust)
        view.setUniformItemSizes(True)
        view.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setMinimumHeight(2 * (SIDE_PX + 40))
        view.setItemDelegate(self._delegate)
        view.setModel(self._model)
        return view


def _figures(outcome: LessonOutcome) -> str:
    """'Of your 30 drawings 27 were read right, now 30. Digits by …'"""
    n = len(outcome.drawings)
    before, after = outcome.right_before, outcome.right_after
    words = f"Of your {n:,} drawings {before:,} were read right"
    words += f", and {after:,} are now." if outcome.used else "; the network in use stays as it is."
    guard = outcome.guard
    if guard is not None and outcome.used:
        words += (
            f" Of {guard.n:,} digits by other hands {percentage(guard.accuracy_before)} were read "
            f"right, and {percentage(guard.accuracy_after)} are now."
        )
    return f"{words} It took {outcome.seconds:.1f} s."

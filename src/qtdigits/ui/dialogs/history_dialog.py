"""The history window: all drawings of a person, sorted, filtered, labelled; and the score."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QHideEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from qtdigits.core.history import HistoryEntry
from qtdigits.core.store.drawings import DELETED_KEPT_DAYS
from qtdigits.core.store.people import Person
from qtdigits.core.store.query import HistoryQuery, Show
from qtdigits.core.store.score import Score
from qtdigits.core.wording import counted_drawings
from qtdigits.ui.canvas.ink_render import thumbnail
from qtdigits.ui.dialogs.question import Answer, Question
from qtdigits.ui.items.history_delegate import HistoryDelegate
from qtdigits.ui.items.history_model import HistoryModel
from qtdigits.ui.theme import ThemeKeeper
from qtdigits.ui.theme_colors import Theme
from qtdigits.ui.views.card import Card, set_look
from qtdigits.ui.views.history.filter_bar import FilterBar
from qtdigits.ui.views.history.grid_view import GridView
from qtdigits.ui.views.history.label_bar import LabelBar
from qtdigits.ui.views.history.score_card import ScoreCard
from qtdigits.ui.views.text_scale import first_size, text_scale

_FIRST: Final = QSize(1060, 700)
_SMALLEST: Final = QSize(720, 470)
_SCORE_PX: Final = 264
_SETTLING_MS: Final = 60
_EMPTY: Final = "Your drawings will appear here, with what was read."
_NONE: Final = "No drawing is like that. Choose something else above."
_NONE_DELETED: Final = f"Deleted drawings lie here for {DELETED_KEPT_DAYS} days, and can come back."
_YES: Final = Answer("forgetYes", "Delete for good")
_NO: Final = Answer("forgetNo", "Keep")


class HistoryDialog(QDialog):
    """Shows the drawings of its model, and asks for changes; whoever listens makes them.

    Signals:
        query_changed(): the person wants to see others, or in another order; see query()
        person_chosen(int): this person is to draw from now on
        entry_chosen(HistoryEntry): the person wants this drawing on the paper
        label_requested(tuple[int, ...], int | None): these drawings show this digit
        agree_requested(tuple[int, ...]): the answers to these drawings are right
        delete_requested(tuple[int, ...]): these drawings are to go
        restore_requested(tuple[int, ...]): these drawings are to come back
        forget_requested(tuple[int, ...]): these drawings are to go for good; the person said yes
        undo_requested(): the last change of the history is to be taken back
    """

    query_changed = Signal()
    person_chosen = Signal(int)
    entry_chosen = Signal(object)
    label_requested = Signal(object, object)
    agree_requested = Signal(object)
    delete_requested = Signal(object)
    restore_requested = Signal(object)
    forget_requested = Signal(object)
    undo_requested = Signal()

    def __init__(
        self, model: HistoryModel, themes: ThemeKeeper, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("historyDialog")
        self.setWindowTitle("History")
        theme = themes.theme
        self._model = model
        self._asked_about: tuple[int, ...] = ()
        title = QLabel("History", self)
        title.setProperty("role", "heading")
        self._count = QLabel(self)
        self._count.setObjectName("historyCount")
        self._count.setProperty("role", "muted")
        self._filters = FilterBar(theme, self)
        self._grid = GridView(model, HistoryDelegate(theme, thumbnail, self), self)
        self._empty = QLabel(_EMPTY, self)
        self._empty.setObjectName("historyEmpty")
        self._empty.setProperty("role", "muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._score = ScoreCard(theme, self)
        self._score.setFixedWidth(round(_SCORE_PX * text_scale(self)))
        self._labels = LabelBar(self)
        self._note = QLabel(self)
        self._note.setObjectName("historyNote")
        self._undo = QPushButton("Undo", self)
        self._undo.setObjectName("historyUndoButton")
        self._undo.setToolTip("Take the last change back (Ctrl+Z)")
        self._undo.setAutoDefault(False)
        set_look(self._undo, "look", "link")
        self._arrange(title)
        self._counting = QTimer(self)
        self._counting.setSingleShot(True)
        self._counting.setInterval(_SETTLING_MS)
        self._counting.timeout.connect(self._refresh)
        self._connect(themes)
        self.setMinimumSize(_SMALLEST)
        self.resize(first_size(_FIRST, self))
        self.tell("", can_undo=False)
        self._refresh()

    def query(self, person: int) -> HistoryQuery:
        """What is to be seen of a person's drawings."""
        return self._filters.query(person, datetime.now().astimezone())

    def show_people(self, people: Sequence[Person], current: Person) -> None:
        """Offer these people; whose drawings are shown is the current one."""
        self._filters.show_people(people, current)

    def show_score(self, score: Score) -> None:
        """Show how often the program was right."""
        self._score.show_score(score)

    def tell(self, words: str, can_undo: bool) -> None:
        """Say what was done, and offer to take it back."""
        self._note.setText(words)
        self._note.setVisible(bool(words))
        self._undo.setVisible(can_undo)

    def _arrange(self, title: QLabel) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self._note)
        head.addWidget(self._undo)
        head.addSpacing(8)
        head.addWidget(self._count)
        card = Card(self)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(8, 8, 4, 8)
        self._stack = QStackedWidget(card)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._grid)
        inside.addWidget(self._stack)
        middle = QHBoxLayout()
        middle.setSpacing(16)
        middle.addWidget(card, 1)
        middle.addWidget(self._score)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self._filters)
        column.addLayout(middle, 1)
        column.addWidget(self._labels)

    def _connect(self, themes: ThemeKeeper) -> None:
        grid, labels, model = self._grid, self._labels, self._model
        self._filters.changed.connect(self.query_changed)
        self._filters.person_chosen.connect(self.person_chosen)
        grid.entry_chosen.connect(self.entry_chosen)
        grid.label_requested.connect(self.label_requested)
        grid.agree_requested.connect(self.agree_requested)
        grid.delete_requested.connect(self._on_delete_requested)
        labels.labelled.connect(self._on_labelled)
        labels.agreed.connect(self._on_agreed)
        labels.deleted.connect(self._on_deleted)
        labels.restored.connect(self._on_restored)
        labels.forgotten.connect(self._ask_before_forgetting)
        labels.opened.connect(self._on_opened)
        self._undo.clicked.connect(self.undo_requested)
        undo = QAction(self)
        undo.setShortcuts(QKeySequence.keyBindings(QKeySequence.StandardKey.Undo))
        undo.triggered.connect(self.undo_requested)
        self.addAction(undo)
        grid.selectionModel().selectionChanged.connect(self._on_list_changed)
        for signal in (model.rowsInserted, model.rowsRemoved, model.modelReset):
            signal.connect(self._on_list_changed)
        themes.changed.connect(self._on_theme_changed)

    def hideEvent(self, event: QHideEvent) -> None:
        self._counting.stop()
        super().hideEvent(event)

    @Slot()
    def _on_list_changed(self) -> None:
        """Count again, once for many changes."""
        self._counting.start()

    def _shows_deleted(self) -> bool:
        return self.query(0).show is Show.DELETED

    def _refresh(self) -> None:
        count, selected = self._model.rowCount(), self._grid.selected_count()
        words = counted_drawings(count)
        self._count.setText(f"{selected:,} of {words} selected" if selected else words)
        texts = {HistoryQuery(0): _EMPTY, HistoryQuery(0, Show.DELETED): _NONE_DELETED}
        self._empty.setText(texts.get(self.query(0), _NONE))
        if count and self._stack.currentWidget() is self._empty:
            self._stack.setCurrentWidget(self._grid)
            self._grid.setFocus()
        elif not count:
            self._stack.setCurrentWidget(self._empty)
        self._labels.show_selection(selected, self._shows_deleted())

    def _on_theme_changed(self, theme: Theme) -> None:
        self._filters.set_theme(theme)
        self._grid.set_theme(theme)
        self._score.set_theme(theme)

    def _on_opened(self) -> None:
        entry: HistoryEntry | None = self._model.entry(self._grid.currentIndex())
        if entry is not None:
            self.entry_chosen.emit(entry)

    def _on_labelled(self, label: int | None) -> None:
        self.label_requested.emit(self._grid.selected_ids(), label)

    def _on_agreed(self) -> None:
        self.agree_requested.emit(self._grid.selected_ids())

    def _on_deleted(self) -> None:
        self._on_delete_requested(self._grid.selected_ids())

    def _on_delete_requested(self, ids: tuple[int, ...]) -> None:
        """Delete, or, among the deleted ones, ask whether for good."""
        if self._shows_deleted():
            self._ask_before_forgetting()
        else:
            self.delete_requested.emit(ids)

    def _on_restored(self) -> None:
        self.restore_requested.emit(self._grid.selected_ids())

    def _ask_before_forgetting(self) -> None:
        self._asked_about = self._grid.selected_ids()
        count = len(self._asked_about)
        if not count:
            return
        question = Question(
            "Delete for good",
            "Delete this drawing for good?"
            if count == 1
            else f"Delete {count:,} drawings for good?",
            "This cannot be undone: they go from the backups, too.",
            (_YES,),
            _NO,
            self,
        )
        question.setObjectName("forgetQuestion")
        question.answered.connect(self._on_forgetting_answered)
        question.open()

    def _on_forgetting_answered(self, answer: str) -> None:
        if answer == _YES.name:
            self.forget_requested.emit(self._asked_about)

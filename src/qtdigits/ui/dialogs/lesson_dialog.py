"""Learning a hand: what there is to learn from, or a guided sheet, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from qtdigits.core.lesson import LessonDrawing
from qtdigits.core.lesson_book import LessonEntry
from qtdigits.core.lesson_events import LessonFinished
from qtdigits.core.lesson_stock import LessonStock
from qtdigits.core.library import LibraryEntry
from qtdigits.ui.theme import ThemeKeeper
from qtdigits.ui.theme_colors import Theme
from qtdigits.ui.views.card import Card, set_look
from qtdigits.ui.views.lesson.outcome_page import OutcomePage
from qtdigits.ui.views.lesson.sheet_page import SheetPage
from qtdigits.ui.views.lesson.stock_page import StockPage
from qtdigits.ui.views.parts import label, push_button
from qtdigits.ui.views.scrolled import scrolled
from qtdigits.ui.views.text_scale import first_size

_FIRST: Final = QSize(780, 600)
_SMALLEST: Final = QSize(600, 460)


class _Mode(Enum):
    STOCK = auto()
    SHEET = auto()
    WORKING = auto()
    OUTCOME = auto()


class LessonDialog(QDialog):
    """Shows a lesson and asks for what the person wants; it knows no process.

    Signals:
        learn_requested(): learn from the drawings that there are
        written(tuple[LessonDrawing, ...]): the sheet is written; learn from these, too
        use_requested(), discard_requested(): what becomes of the taught network
        left(): the dialog is closed, whatever went on
        read_requested(str), take_back_requested(str): as of LessonsCard
    """

    learn_requested = Signal()
    written = Signal(object)
    use_requested = Signal()
    discard_requested = Signal()
    left = Signal()
    read_requested = Signal(str)
    take_back_requested = Signal(str)

    def __init__(self, themes: ThemeKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lessonDialog")
        self.setWindowTitle("Learn my handwriting")
        self._mode = _Mode.STOCK
        self._stock_page = StockPage(themes.theme)
        self._sheet = SheetPage(themes.theme)
        self._outcome = OutcomePage(themes.theme)
        self._pages = QStackedWidget(self)
        self._working = _working_page()
        self._stock_view = scrolled(self._stock_page, "What there is to learn from")
        for page in (self._stock_view, self._sheet, self._working, self._outcome):
            self._pages.addWidget(page)
        self._note = label()
        self._note.setObjectName("lessonNote")
        self._learn = push_button(
            "lessonLearnButton",
            "Learn from these",
            "Takes a few seconds; nothing is used before you say so",
            self,
            "primary",
        )
        self._finish = push_button(
            "lessonFinishButton",
            "Learn from what is written",
            "Leave out the digits that are not written yet",
            self,
        )
        self._use = push_button(
            "lessonUseButton",
            "Use it",
            "Read your drawings with what was learnt; it can be taken back",
            self,
            "primary",
        )
        self._discard = push_button(
            "lessonDiscardButton",
            "Discard",
            "Throw away what was learnt; your drawings stay",
            self,
        )
        self._close = push_button(
            *("lessonCloseButton", "Close", "Close; the network in use stays as it is (Escape)"),
            self,
        )
        footer = QHBoxLayout()
        footer.setSpacing(10)
        footer.addWidget(self._note, 1)
        for button in (self._close, self._discard, self._finish, self._learn, self._use):
            footer.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(14)
        column.addWidget(self._pages, 1)
        column.addLayout(footer)
        self._connect(themes)
        self.setMinimumSize(_SMALLEST)
        self.resize(first_size(_FIRST, self))
        self._learn.setEnabled(False)  # until it is known what there is
        self._set_mode(_Mode.STOCK)
        self._close.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_stock(self) -> None:
        """Show what there is to learn from."""
        self._set_mode(_Mode.STOCK)

    def open_sheet(self) -> None:
        """Ask for each digit twice."""
        self._sheet.restart()
        self._set_mode(_Mode.SHEET)
        self._sheet.canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_stock(self, stock: LessonStock, name: str) -> None:
        """name: whose drawings they are, '' where there is only one person."""
        self._stock_page.show_stock(stock, name)
        self._learn.setEnabled(not stock.problem)
        if self._mode is _Mode.STOCK:
            self._learn.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_lessons(self, lessons: Sequence[LessonEntry], shipped: LibraryEntry) -> None:
        """The lessons so far, and the network that ships."""
        self._stock_page.lessons.setVisible(bool(lessons))
        self._stock_page.lessons.set_lessons(lessons, shipped)

    def show_learning(self) -> None:
        """The lesson is being held."""
        self._set_mode(_Mode.WORKING)

    def show_finished(self, result: LessonFinished, drawings: Sequence[LessonDrawing]) -> None:
        """The lesson is over; drawings: those that it was given."""
        self._outcome.show_outcome(result.outcome, drawings)
        self._set_mode(_Mode.OUTCOME)
        self._use.setVisible(result.saved)
        self._discard.setVisible(result.saved)
        self._close.setVisible(not result.saved)
        if result.saved:
            self._use.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def show_failed(self, sentence: str) -> None:
        """There was no lesson, for this reason; a sheet that is being written stays."""
        if self._mode is not _Mode.SHEET:
            self._set_mode(_Mode.STOCK)
        self._say(sentence, "bad")

    @Slot(str)
    def show_refused(self, sentence: str) -> None:
        """What was asked for could not be done."""
        self._say(sentence, "bad")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Enter belongs to the sheet while digits are written.
        if self._mode is _Mode.SHEET and event.key() != Qt.Key.Key_Escape:
            self._sheet.keyPressEvent(event)
            return
        super().keyPressEvent(event)

    def done(self, result: int) -> None:
        self._sheet.stop()
        self.left.emit()
        super().done(result)

    def _connect(self, themes: ThemeKeeper) -> None:
        self._stock_page.sheet_requested.connect(self.open_sheet)
        self._stock_page.lessons.read_requested.connect(self.read_requested)
        self._stock_page.lessons.take_back_requested.connect(self.take_back_requested)
        self._sheet.completed.connect(self._on_written)
        self._sheet.moved.connect(self._show_finish)
        self._sheet.canvas.ink_changed.connect(self._show_finish)
        self._learn.clicked.connect(self.learn_requested)
        self._finish.clicked.connect(self._on_written)
        self._use.clicked.connect(self.use_requested)
        self._discard.clicked.connect(self.discard_requested)
        self._close.clicked.connect(self.reject)
        themes.changed.connect(self._on_theme_changed)

    @Slot()
    def _on_written(self) -> None:
        drawings = self._sheet.drawings()
        if drawings:
            self._sheet.stop()
            self.written.emit(drawings)
        else:
            self.open_stock()

    @Slot()
    def _show_finish(self) -> None:
        self._finish.setEnabled(bool(self._sheet.drawings()))

    @Slot(object)
    def _on_theme_changed(self, theme: Theme) -> None:
        for page in (self._stock_page, self._sheet, self._outcome):
            page.set_theme(theme)

    def _set_mode(self, mode: _Mode) -> None:
        self._mode = mode
        pages: dict[_Mode, QWidget] = {
            _Mode.STOCK: self._stock_view,
            _Mode.SHEET: self._sheet,
            _Mode.WORKING: self._working,
            _Mode.OUTCOME: self._outcome,
        }
        self._pages.setCurrentWidget(pages[mode])
        self._learn.setVisible(mode is _Mode.STOCK)
        self._finish.setVisible(mode is _Mode.SHEET)
        self._use.setVisible(mode is _Mode.OUTCOME)
        self._discard.setVisible(mode is _Mode.OUTCOME)
        self._close.setVisible(True)
        self._close.setText("Close" if mode in (_Mode.STOCK, _Mode.OUTCOME) else "Cancel")
        self._show_finish()
        self._say("")

    def _say(self, sentence: str, tone: str = "") -> None:
        self._note.setText(sentence)
        set_look(self._note, "tone", tone)


def _working_page() -> QWidget:
    heading = label("Learning your hand…", "heading")
    words = label(
        "Each of your drawings is held back once, to see whether what was learnt carries over to "
        "it; then digits by other hands are read. The first lesson takes some seconds longer.",
        "muted",
    )
    bar = QProgressBar()
    bar.setObjectName("lessonProgressBar")
    bar.setRange(0, 0)
    card = Card()
    inside = QVBoxLayout(card)
    inside.setContentsMargins(24, 24, 24, 24)
    inside.setSpacing(14)
    inside.addWidget(heading)
    inside.addWidget(words)
    inside.addWidget(bar)
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(40, 0, 40, 0)
    column.addStretch(1)
    column.addWidget(card)
    column.addStretch(2)
    return page

"""What there is to learn from, and the lessons so far."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from qtdigits.core.lesson_stock import LessonStock
from qtdigits.core.wording import as_sentence
from qtdigits.ui.theme_colors import Theme
from qtdigits.ui.views.card import Card, set_look
from qtdigits.ui.views.lesson.digit_counts import DigitCounts
from qtdigits.ui.views.lesson.lessons_card import LessonsCard
from qtdigits.ui.views.parts import label, push_button


class StockPage(QWidget):
    """Shows a LessonStock; `lessons` is the card of the lessons so far.

    Signals:
        sheet_requested(): the person would rather write each digit twice now
    """

    sheet_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lessons = LessonsCard()
        self._heading = label("Learn from your drawings", "heading")
        self._words = label()
        self._words.setObjectName("lessonStockWords")
        self._counts = DigitCounts(theme)
        how = label(
            "qtdigits learns how you write from the drawings whose digit you said: with a digit "
            "key, or with Enter when the answer was right. It keeps what it learnt only if that "
            "helps you and harms nobody else’s digits.",
            "muted",
        )
        self._sheet = push_button(
            "lessonSheetLink",
            "Write each digit twice instead",
            "Takes about half a minute",
            self,
            "link",
        )
        self._sheet.clicked.connect(self.sheet_requested)
        card = Card()
        inside = QVBoxLayout(card)
        inside.setContentsMargins(16, 14, 16, 14)
        inside.setSpacing(10)
        inside.addWidget(self._words)
        inside.addWidget(self._counts)
        inside.addWidget(self._sheet, 0, Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addWidget(self._heading)
        column.addWidget(how)
        column.addWidget(card)
        column.addWidget(self.lessons)
        column.addStretch(1)

    def show_stock(self, stock: LessonStock, name: str) -> None:
        """name: whose drawings they are, '' where there is only one person."""
        self._heading.setText(
            f"Learn from {name}’s drawings" if name else "Learn from your drawings"
        )
        self._counts.set_counts(stock.per_digit)
        n = len(stock.drawings)
        if stock.problem:
            self._words.setText(as_sentence(stock.problem))
        elif stock.wrong:
            were = "was" if stock.wrong == 1 else "were"
            self._words.setText(f"{n:,} drawings to learn from; {stock.wrong:,} {were} read wrong.")
        else:
            self._words.setText(f"{n:,} drawings to learn from; none of them was read wrong.")
        set_look(self._words, "tone", "warn" if stock.problem else "")

    def set_theme(self, theme: Theme) -> None:
        self._counts.set_theme(theme)

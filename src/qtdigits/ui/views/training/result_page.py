"""What came of a training run."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QGridLayout,
    QListView,
    QVBoxLayout,
    QWidget,
)

from qtdigits.core.result_words import evidence_sentence, verdict_sentence
from qtdigits.core.training_figures import ResultFigures
from qtdigits.ui.items.confusion_model import ConfusionModel, cell_words
from qtdigits.ui.items.examples_delegate import SIDE_PX, ExamplesDelegate
from qtdigits.ui.items.examples_model import ExamplesModel
from qtdigits.ui.theme_colors import Theme
from qtdigits.ui.views.card import Card
from qtdigits.ui.views.parts import label
from qtdigits.ui.views.training.accuracy_bars import AccuracyBar, AccuracyBars
from qtdigits.ui.views.training.confusion_view import ConfusionView
from qtdigits.ui.views.training.reliability_view import FEWEST, ReliabilityView

_NEW: Final = "The new network"
_MISTAKES: Final = "Its most confident mistakes"
_NO_MISTAKES: Final = "No mistakes at all: the images may have been too easy to tell."


class ResultPage(QWidget):
    """Shows ResultFigures; a cell of the matrix shows its digits below."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figures: ResultFigures | None = None
        self._confusion = ConfusionModel(self)
        self._examples = ExamplesModel(self)
        self._verdict = label("", "heading")
        self._verdict.setObjectName("verdictSentence")
        self._evidence = label("", "muted")
        self._bars = AccuracyBars(theme)
        self._reliability = ReliabilityView(theme)
        self._calibration = label("", "small")
        self._matrix = ConfusionView(self._confusion, theme)
        self._matrix.cell_chosen.connect(self._show_cell)
        self._shown = label(_MISTAKES, "title", wraps=False)
        self._nothing = label("", "small")
        self._delegate = ExamplesDelegate(theme, self)
        self._pictures = self._make_pictures()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(16)
        grid.setColumnStretch(0, 4)
        grid.setColumnStretch(1, 5)
        grid.setRowStretch(2, 1)
        head = QVBoxLayout()
        head.setSpacing(4)
        head.addWidget(self._verdict)
        head.addWidget(self._evidence)
        grid.addLayout(head, 0, 0, 1, 2)
        grid.addWidget(_card("Read right", self._bars), 1, 0)
        grid.addWidget(
            _card("How sure it is, and how often right", self._reliability, self._calibration), 2, 0
        )
        grid.addWidget(
            _card("Confusion: written in rows, read in columns", self._matrix), 1, 1, 2, 1
        )
        grid.addWidget(self._make_examples_card(), 3, 0, 1, 2)

    def show_figures(self, figures: ResultFigures) -> None:
        self._figures = figures
        self._verdict.setText(verdict_sentence(figures))
        self._evidence.setText(evidence_sentence(figures))
        bars = [AccuracyBar(_NEW, figures.accuracy, figures.interval)]
        if figures.compared is not None:
            other = figures.compared
            bars.append(AccuracyBar(f"“{other.name}”, in use now", other.accuracy, other.interval))
        self._bars.set_bars(tuple(bars))
        self._reliability.set_bins(figures.reliability)
        self._calibration.setText(
            f"Confidence and accuracy differ by {figures.ece * 100:.1f} points on average. "
            f"Grey: fewer than {FEWEST} digits."
        )
        self._matrix.selectionModel().clear()
        self._confusion.set_counts(figures.confusion)
        self._show_mistakes()

    def set_theme(self, theme: Theme) -> None:
        self._bars.set_theme(theme)
        self._reliability.set_theme(theme)
        self._matrix.set_theme(theme)
        self._delegate.set_theme(theme)
        self._pictures.viewport().update()

    def _show_mistakes(self) -> None:
        if self._figures is not None:
            self._shown.setText(_MISTAKES)
            self._examples.set_examples(self._figures.mistakes)
            self._say_nothing(_NO_MISTAKES)

    def _show_cell(self, label: int, answer: int) -> None:
        if self._figures is None:
            return
        examples = self._figures.cell(label, answer)
        count = self._figures.confusion[label][answer]
        said = cell_words(label, answer, count)
        if examples and len(examples) < count:
            kind = "least" if label == answer else "most"
            said += f" · the {kind} confident {len(examples)}"
        self._shown.setText(said)
        self._examples.set_examples(examples)
        self._say_nothing("There is nothing to show for it.")

    def _say_nothing(self, sentence: str) -> None:
        has_any = self._examples.rowCount() > 0
        self._nothing.setText("" if has_any else sentence)
        self._nothing.setVisible(not has_any)
        self._pictures.setVisible(has_any)

    def _make_pictures(self) -> QListView:
        view = QListView()
        view.setObjectName("examplesView")
        view.setAccessibleName("Digits")
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setFlow(QListView.Flow.LeftToRight)
        view.setWrapping(False)
        view.setUniformItemSizes(True)
        view.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setItemDelegate(self._delegate)
        view.setModel(self._examples)
        bar = view.horizontalScrollBar().sizeHint().height()
        view.setFixedHeight(SIDE_PX + 2 * view.fontMetrics().height() + 8 + bar)
        return view

    def _make_examples_card(self) -> Card:
        card = Card()
        column = QVBoxLayout(card)
        column.setContentsMargins(16, 12, 16, 8)
        column.setSpacing(8)
        column.addWidget(self._shown)
        column.addWidget(self._nothing)
        column.addWidget(self._pictures)
        return card


def _card(title: str, *parts: QWidget) -> Card:
    card = Card()
    column = QVBoxLayout(card)
    column.setContentsMargins(16, 12, 16, 14)
    column.setSpacing(8)
    column.addWidget(label(title, "title", wraps=False))
    for number, part in enumerate(parts):
        column.addWidget(part, 1 if number == 0 else 0)
    return card

"""What to learn from: MNIST, the synthetic pen, scribbles, and the person's own files."""

from __future__ import annotations

import base64
from html import escape
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Signal
from PySide6.QtGui import QImageWriter
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from qtdigits.core.card_plan import CardPlan
from qtdigits.core.data_summary import DRAWINGS, DataSummary
from qtdigits.core.mnist_file import FetchState
from qtdigits.core.training_plan import DataSource
from qtdigits.ui.items.digit_pictures import strip
from qtdigits.ui.plain_text import plain_tip
from qtdigits.ui.theme_colors import Theme
from qtdigits.ui.views.card import Card, set_look
from qtdigits.ui.views.training.data_row import DataRow
from qtdigits.ui.views.training.mnist_row import MnistRow

_FEWEST: Final = 20
_MOST: Final = 1_000_000
_SYNTHETIC: Final = 20_000
_SCRIBBLES: Final = 5_000


class DataCard(Card):
    """Rows to tick; files are read by whoever listens, and come back by show_summary.

    Signals:
        changed(): what is ticked, or how many of it, is something else now
        mnist_wanted(): the person ticked MNIST, which is not here yet
        mnist_fetch_wanted(): MNIST is to be fetched
        mnist_cancel_wanted(): MNIST is to be fetched no longer
        mnist_choice_wanted(): the person wants to choose the file with MNIST
        file_wanted(): the person wants to choose a data file
        folder_wanted(): the person wants to choose a folder of pictures
        check_requested(Path): this file is to be read and judged
    """

    changed = Signal()
    mnist_wanted = Signal()
    mnist_fetch_wanted = Signal()
    mnist_cancel_wanted = Signal()
    mnist_choice_wanted = Signal()
    file_wanted = Signal()
    folder_wanted = Signal()
    check_requested = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        title = QLabel("What to learn from", self)
        title.setProperty("role", "title")
        self._mnist = MnistRow(theme, self)
        self._mnist.file_wanted.connect(self._on_mnist_wanted)
        self._mnist.fetch_wanted.connect(self.mnist_fetch_wanted)
        self._mnist.cancel_wanted.connect(self.mnist_cancel_wanted)
        self._mnist.choice_wanted.connect(self.mnist_choice_wanted)
        self._synthetic = DataRow("Synthetic pen", theme, self)
        self._synthetic.setObjectName("syntheticRow")
        self._synthetic.show_note("built in, no download")
        self._synthetic.let_count_be_chosen("synthetic", _FEWEST, _MOST, _SYNTHETIC)
        self._synthetic.set_ticked(True)
        self._scribbles = DataRow("Letters and scribbles", theme, self)
        self._scribbles.setObjectName("scribblesRow")
        self._scribbles.show_note("built in, to learn what is no digit")
        self._scribbles.let_count_be_chosen("non-digits", _FEWEST, _MOST, _SCRIBBLES)
        self._scribbles.set_ticked(True)
        self._drawings = DataRow("My drawings", theme, self)
        self._drawings.setObjectName("drawingsRow")
        self._drawings.show_note("those of the history that have a label")
        self._files: list[DataRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 14, 16, 10)
        self._column.setSpacing(2)
        self._column.addWidget(title)
        self._column.addSpacing(4)
        for row in (self._mnist, self._synthetic, self._scribbles, self._drawings):
            row.changed.connect(self.changed)
            self._column.addWidget(row)
        self._more = self._make_more()
        self._column.addWidget(self._more)

    def sources(self) -> tuple[DataSource, ...]:
        """What is ticked and usable."""
        found = (row.source() for row in self._rows())
        return tuple(source for source in found if source is not None)

    def is_checking(self) -> bool:
        """Whether a ticked file is still being read."""
        return any(row.is_being_checked() for row in self._rows())

    def check_drawings(self) -> None:
        """Ask how many drawings of the person there are to learn from."""
        self._drawings.expect(str(DRAWINGS))
        self.check_requested.emit(DRAWINGS)

    def show_like(self, plan: CardPlan) -> None:
        """Tick what another training learnt from, as far as it is here."""
        for row, count in ((self._synthetic, plan.synthetic), (self._scribbles, plan.scribbles)):
            if count:
                row.set_count(count)
            row.set_ticked(count > 0)
        if self.has_mnist():
            self._mnist.set_ticked(plan.mnist)
        for row in self._files:
            row.set_ticked(False)

    def has_mnist(self) -> bool:
        """Whether there is a file with MNIST."""
        return not self._mnist.needs_file()

    def show_mnist_fetching(self, state: FetchState) -> None:
        """How far the fetching of MNIST has come."""
        self._mnist.show_fetching(state)

    def choose_mnist(self, path: Path) -> None:
        """Use this file for MNIST."""
        self._mnist.show_checking(str(path))
        self.check_requested.emit(path)

    def add_file(self, path: Path) -> None:
        """Learn from this file or folder too; one that is there already is ticked."""
        row = self._row_of(str(path))
        if row is None:
            row = DataRow(path.name or str(path), self._theme, self)
            row.setToolTip(plain_tip(str(path)))
            row.changed.connect(self.changed)
            row.file_wanted.connect(self.file_wanted)
            self._files.append(row)
            self._column.insertWidget(self._column.count() - 1, row)
        row.show_checking(str(path))
        self.check_requested.emit(path)

    def show_summary(self, summary: DataSummary) -> None:
        """What a file was found to hold."""
        row = self._row_of(str(summary.path))
        if row is None:
            return
        if summary.problem:
            row.show_unusable(summary.problem)
            if row is self._drawings:
                row.show_note(summary.problem)  # which is no fault
            return
        note = summary.path.name if row is self._mnist else _note(summary)
        row.show_usable(summary.count, note)
        row.setToolTip(_tool_tip(summary))

    def set_editable(self, editable: bool) -> None:
        """While a run goes on, what it learns from can be read and not changed."""
        for row in self._rows():
            row.set_editable(editable)
        self._more.setEnabled(editable)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for row in self._rows():
            row.set_theme(theme)

    def _on_mnist_wanted(self) -> None:
        if not self._mnist.is_fetching():
            self.mnist_wanted.emit()

    def _rows(self) -> tuple[DataRow, ...]:
        return (self._mnist, self._synthetic, self._scribbles, self._drawings, *self._files)

    def _row_of(self, argument: str) -> DataRow | None:
        return next((row for row in self._rows() if row.argument == argument), None)

    def _make_more(self) -> QWidget:
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(2, 4, 2, 2)
        row.setSpacing(6)
        for name, text, tip, signal in (
            ("fileButton", "Add a file…", "npz, IDX or a strokes file (.jsonl)", self.file_wanted),
            ("folderButton", "Add a folder…", "pictures by label", self.folder_wanted),
        ):
            button = QPushButton(text, line)
            button.setObjectName(name)
            button.setToolTip(tip)
            button.setAutoDefault(False)
            set_look(button, "look", "link")
            button.clicked.connect(signal)
            row.addWidget(button)
        row.addStretch(1)
        return line


def _note(summary: DataSummary) -> str:
    digits = sum(1 for count in summary.per_digit if count)
    said = f"{digits} different digits" if digits else "letters and scribbles"
    return f"{said}, {summary.skipped:,} unreadable left out" if summary.skipped else said


def _tool_tip(summary: DataSummary) -> str:
    """The path, a picture of each digit, and how many there are of each."""
    counts = ", ".join(f"{digit}: {count:,}" for digit, count in enumerate(summary.per_digit))
    picture = ""
    if summary.samples is not None and len(summary.samples):
        content = QByteArray()
        buffer = QBuffer(content)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"png")).write(strip(summary.samples))
        encoded = base64.b64encode(content.data()).decode("ascii")
        picture = f'<p><img src="data:image/png;base64,{encoded}"></p>'
    title = "Drawings with a label" if summary.path == DRAWINGS else str(summary.path)
    return f"<p>{escape(title)}</p>{picture}<p>{counts}</p>"

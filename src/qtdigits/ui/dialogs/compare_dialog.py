"""Two networks beside each other on the same digits."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from qtdigits.core.library import LibraryEntry
from qtdigits.core.network_comparison import (
    NetworkComparison,
    comparison_evidence,
    comparison_sentence,
)
from qtdigits.core.settings import Choice
from qtdigits.core.wording import as_sentence
from qtdigits.ui.dialogs.data_chooser import DataChooser
from qtdigits.ui.theme import ThemeKeeper
from qtdigits.ui.theme_colors import Theme
from qtdigits.ui.views.card import Card, set_look
from qtdigits.ui.views.choice_field import ChoiceField
from qtdigits.ui.views.parts import label
from qtdigits.ui.views.text_scale import first_size
from qtdigits.ui.views.training.accuracy_bars import AccuracyBar, AccuracyBars

_SYNTHETIC: Final = "synthetic:3000"
_FILE: Final = "file"
_FOLDER: Final = "folder"
_CHOICES: Final = (
    Choice(_SYNTHETIC, "New digits of the synthetic pen"),
    Choice(_FILE, "A file of mine…"),
    Choice(_FOLDER, "A folder of mine…"),
)
_FIRST: Final = QSize(560, 380)
_SMALLEST: Final = QSize(480, 340)
_BEFORE: Final = "Both read the same digits. A fair test has digits that neither learnt from."


class CompareDialog(QDialog):
    """Asks on what to compare, and shows what came of it; it knows no process.

    Signals:
        compare_requested(str, str, str): measure the networks of these ids on these data, as the
            command line names them
        stop_requested(): nobody waits for the result any more
    """

    compare_requested = Signal(str, str, str)
    stop_requested = Signal()

    def __init__(
        self,
        first: LibraryEntry,
        second: LibraryEntry,
        mnist: Path | None,
        themes: ThemeKeeper,
        parent: QWidget | None = None,
    ) -> None:
        """mnist: where MNIST lies, if it is here."""
        super().__init__(parent)
        self.setObjectName("compareDialog")
        self.setWindowTitle("Compare two networks")
        self._first, self._second = first.id, second.id
        self._words = ""
        self._chooser = DataChooser(self)
        self._chooser.data_chosen.connect(self._on_data_chosen)
        title = label(f"“{first.name}” and “{second.name}”", "heading")
        choices = list(_CHOICES)
        if mnist is not None:
            choices.insert(1, Choice(str(mnist), "MNIST’s test digits"))
        self._data = ChoiceField(choices, themes.theme, self)
        self._data.setObjectName("compareDataField")
        self._data.setAccessibleName("Measured on")
        self._data.setToolTip("What both networks are to read")
        self._data.activated.connect(self._on_activated)
        self._chosen = 0
        on = label("Measured on", "muted", wraps=False)
        on.setBuddy(self._data)
        self._start = QPushButton("Compare", self)
        self._start.setObjectName("compareStartButton")
        self._start.setToolTip("Let both networks read these digits; it takes some seconds")
        set_look(self._start, "look", "primary")
        self._start.clicked.connect(self._on_start)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(on)
        row.addWidget(self._data, 1)
        row.addWidget(self._start)
        self._verdict = label("", "title")
        self._verdict.setObjectName("compareVerdict")
        self._bars = AccuracyBars(themes.theme, self)
        self._evidence = label(_BEFORE, "muted")
        self._evidence.setObjectName("compareEvidence")
        card = Card(self)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(16, 14, 16, 14)
        inside.setSpacing(10)
        for widget in (self._verdict, self._bars, self._evidence):
            inside.addWidget(widget)
        inside.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(14)
        column.addWidget(title)
        column.addLayout(row)
        column.addWidget(card, 1)
        self._verdict.hide()
        self._bars.hide()
        self.setMinimumSize(_SMALLEST)
        self.resize(first_size(_FIRST, self))
        themes.changed.connect(self._on_theme_changed)
        self.finished.connect(self.stop_requested)
        self._start.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def show_result(self, printed: str) -> None:
        """What the comparison printed."""
        self._set_running(False)
        try:
            found = NetworkComparison.from_json(printed)
        except ValueError as error:
            self.show_failed(str(error))
            return
        self._verdict.setText(comparison_sentence(found))
        self._bars.set_bars(
            (
                AccuracyBar(found.first, found.first_accuracy, found.first_interval),
                AccuracyBar(found.second, found.second_accuracy, found.second_interval),
            )
        )
        self._verdict.show()
        self._bars.show()
        self._say(comparison_evidence(found, self._words))

    @Slot(str)
    def show_failed(self, sentence: str) -> None:
        """Nothing was compared, for this reason."""
        self._set_running(False)
        self._say(as_sentence(sentence), "bad")

    def _on_activated(self, index: int) -> None:
        value = self._data.value()
        if value in (_FILE, _FOLDER):
            self._data.setCurrentIndex(self._chosen)
            if value == _FILE:
                self._chooser.choose_file()
            else:
                self._chooser.choose_folder()
        else:
            self._chosen = index

    def _on_data_chosen(self, path: Path) -> None:
        """Put a file or folder of the person's among the choices, and choose it."""
        at = self._data.findData(str(path))
        if at < 0:
            at = self._data.count() - 2
            self._data.insertItem(at, path.name or str(path), str(path))
        self._data.setCurrentIndex(at)
        self._chosen = at

    def _on_start(self) -> None:
        data = self._data.value()
        self._words = "new digits of the synthetic pen" if data == _SYNTHETIC else "digits"
        if data != _SYNTHETIC:
            self._words += f" of {Path(data).name}"
        self._verdict.hide()
        self._bars.hide()
        self._set_running(True)
        self._say("Both networks are reading…")
        self.compare_requested.emit(self._first, self._second, data)

    def _set_running(self, running: bool) -> None:
        self._start.setEnabled(not running)
        self._data.setEnabled(not running)

    def _say(self, sentence: str, tone: str = "") -> None:
        self._evidence.setText(sentence)
        set_look(self._evidence, "tone", tone)

    def _on_theme_changed(self, theme: Theme) -> None:
        self._data.set_theme(theme)
        self._bars.set_theme(theme)

"""The library: all networks, and what can be done with them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from qtdigits.core.library import LibraryEntry
from qtdigits.core.wording import as_sentence
from qtdigits.ui.dialogs.export_chooser import ExportChooser
from qtdigits.ui.dialogs.question import Answer, Question
from qtdigits.ui.items.library_model import LibraryColumn, LibraryModel
from qtdigits.ui.theme import ThemeKeeper
from qtdigits.ui.views.card import Card, set_look
from qtdigits.ui.views.network_table import NetworkTable
from qtdigits.ui.views.text_scale import first_size

_FIRST: Final = QSize(860, 460)
_SMALLEST: Final = QSize(680, 440)
_IMPORTS: Final = "Keras networks (*.keras *.h5 *.hdf5)"
_YES: Final = Answer("deleteYes", "Delete")
_NO: Final = Answer("deleteNo", "Keep it")
_KEY: Final = "⌘" if sys.platform == "darwin" else "Ctrl"
_HINT: Final = (
    f"Double-click a network to use it. Hold {_KEY} and click a second one to compare two."
)
_TWO: Final = "Two networks are selected: Compare… has both read the same digits."


@dataclass(frozen=True, slots=True)
class _Action:
    """A button: its object's name, its words and what they mean."""

    name: str
    words: str
    help: str


_ACTIONS: Final = (
    _Action("Use", "Use it", "Read your drawings with this network from now on"),
    _Action("Compare", "Compare…", "Select two networks, and both read the same digits"),
    _Action("Again", "Train like it…", "Open a new training with the settings of this network"),
    _Action("Rename", "Rename", "Call it otherwise (F2); the one that ships keeps its name"),
    _Action("Export", "Export…", "Save it for other programs"),
    _Action("Import", "Import…", "Take a network of another program into the library"),
    _Action("Delete", "Delete", "Delete it for good; the one that ships always stays"),
)


class LibraryDialog(QDialog):
    """Shows LibraryEntry values and asks for changes; whoever listens sets the entries anew.

    Signals:
        use_requested(str): read with the network of this id
        compare_requested(str, str): measure the networks of these ids on the same digits
        training_requested(str): train another one with the settings of this one
        rename_requested(str, str): call the network of this id so
        delete_requested(str): delete the network of this id; the person has said yes
        export_requested(str, Path, ExportForm): save the network of this id for other programs
        import_requested(Path): take the network in this file into the library
    """

    use_requested = Signal(str)
    compare_requested = Signal(str, str)
    training_requested = Signal(str)
    rename_requested = Signal(str, str)
    delete_requested = Signal(str)
    export_requested = Signal(str, object, object)
    import_requested = Signal(object)

    def __init__(self, themes: ThemeKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("libraryDialog")
        self.setWindowTitle("Library")
        self._question: Question | None = None
        self._asked_about = ""
        self._is_working = False
        self._model = LibraryModel(self)
        self._model.rename_requested.connect(self.rename_requested)
        self._view = NetworkTable(self._model, self)
        self._view.selectionModel().selectionChanged.connect(self._refresh)
        self._view.doubleClicked.connect(self._on_double_clicked)
        self._exports = ExportChooser(self)
        self._exports.chosen.connect(self.export_requested)
        title = QLabel("Networks", self)
        title.setProperty("role", "heading")
        self._note = QLabel(_HINT, self)
        self._note.setObjectName("libraryNote")
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self._note.setWordWrap(True)
        self._note.setProperty("role", "muted")
        card = Card(self)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(10, 8, 10, 8)
        inside.addWidget(self._view)
        buttons = QVBoxLayout()
        buttons.setSpacing(8)
        self._buttons = {action.name: self._button(action) for action in _ACTIONS}
        for name, button in self._buttons.items():
            if name == "Delete":
                buttons.addStretch(1)
            buttons.addWidget(button)
        set_look(self._buttons["Use"], "look", "primary")
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(card, 1)
        row.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(14)
        column.addWidget(title)
        column.addLayout(row, 1)
        column.addWidget(self._note)
        self.setMinimumSize(_SMALLEST)
        self.resize(first_size(_FIRST, self))
        self._refresh()

    def set_entries(self, entries: Sequence[LibraryEntry]) -> None:
        """Show these networks; those that were selected stay so."""
        chosen = [entry.id for entry in self._chosen()]
        self._model.set_entries(entries)
        rows = [row for row in map(self._model.row_of, chosen) if row >= 0]
        if not rows:
            rows = [next((i for i, entry in enumerate(entries) if entry.is_current), 0)]
        self._select(rows)
        self._say(_HINT)
        self._refresh()

    def select(self, entry_id: str) -> None:
        """Select this network alone."""
        row = self._model.row_of(entry_id)
        if row >= 0:
            self._select([row])

    def show_refused(self, sentence: str) -> None:
        """What was asked for could not be done."""
        self._say(as_sentence(sentence), "bad")

    def show_working(self, sentence: str) -> None:
        """An export or import goes on; another one can only begin when it has ended."""
        self._is_working = True
        self._refresh()
        self._say(sentence)

    def show_done(self, sentence: str) -> None:
        """What went on has ended well."""
        self._is_working = False
        self._refresh()
        self._say(sentence, "good")

    @Slot(str)
    def show_failed(self, sentence: str) -> None:
        """What went on has come to nothing, for this reason."""
        self._is_working = False
        self._refresh()
        self.show_refused(sentence)

    def _button(self, action: _Action) -> QPushButton:
        button = QPushButton(action.words, self)
        button.setObjectName(f"library{action.name}Button")
        button.setToolTip(action.help)
        button.setAutoDefault(False)
        button.clicked.connect(getattr(self, f"_on_{action.name.lower()}"))
        return button

    def _chosen(self) -> list[LibraryEntry]:
        """The selected networks, as they stand."""
        rows = sorted(self._view.selectionModel().selectedRows(), key=QModelIndex.row)
        entries = (self._model.entry(index) for index in rows)
        return [entry for entry in entries if entry is not None]

    def _selected(self) -> LibraryEntry | None:
        """The selected network, if it is one alone."""
        chosen = self._chosen()
        return chosen[0] if len(chosen) == 1 else None

    def _select(self, rows: Sequence[int]) -> None:
        selection = self._view.selectionModel()
        whole = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        selection.clearSelection()
        for row in rows:
            selection.select(self._model.index(row, LibraryColumn.NAME), whole)
        selection.setCurrentIndex(
            self._model.index(rows[0], LibraryColumn.NAME),
            QItemSelectionModel.SelectionFlag.NoUpdate,
        )

    @Slot()
    def _refresh(self) -> None:
        chosen, entry = self._chosen(), self._selected()
        usable = entry is not None and not entry.problem
        own = entry is not None and not entry.is_shipped
        two = len(chosen) == 2 and not any(one.problem for one in chosen)
        can = {
            "Use": entry is not None and usable and not entry.is_current,
            "Compare": two,
            "Again": usable,
            "Rename": usable and own,
            "Export": usable and not self._is_working,
            "Import": not self._is_working,
            "Delete": own,
        }
        for name, button in self._buttons.items():
            button.setEnabled(can[name])
        if entry is not None and entry.problem:
            self.show_refused(entry.problem)
        elif not self._is_working:
            self._say(_TWO if two else _HINT)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self._on_use()

    def _on_use(self) -> None:
        entry = self._selected()
        if entry is not None and not entry.problem and not entry.is_current:
            self.use_requested.emit(entry.id)

    def _on_compare(self) -> None:
        chosen = self._chosen()
        if len(chosen) == 2:
            self.compare_requested.emit(chosen[0].id, chosen[1].id)

    def _on_again(self) -> None:
        entry = self._selected()
        if entry is not None:
            self.training_requested.emit(entry.id)

    def _on_rename(self) -> None:
        entry = self._selected()
        if entry is not None:
            row = self._model.row_of(entry.id)
            self._view.edit(self._model.index(row, LibraryColumn.NAME))

    def _on_export(self) -> None:
        entry = self._selected()
        if entry is not None and not entry.problem:
            button = self._buttons["Export"]
            place = button.mapToGlobal(QPoint(0, button.height()))
            self._exports.ask(entry.id, entry.name, place)

    def _on_import(self) -> None:
        dialog = QFileDialog(self, "Import a network")
        dialog.setObjectName("importFileDialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(_IMPORTS)
        dialog.fileSelected.connect(self._on_import_file)
        dialog.open()

    def _on_import_file(self, path: str) -> None:
        self.import_requested.emit(Path(path))

    def _on_delete(self) -> None:
        entry = self._selected()
        if entry is None or entry.is_shipped or self._question is not None:
            return
        after = " The network that ships then reads your drawings." if entry.is_current else ""
        self._asked_about = entry.id
        self._question = Question(
            "Delete a network",
            f"Delete “{entry.name}”?",
            f"This cannot be undone.{after}",
            (_YES,),
            _NO,
            self,
        )
        self._question.answered.connect(self._on_delete_answered)
        self._question.open()

    def _on_delete_answered(self, answer: str) -> None:
        self._question = None
        if answer == _YES.name:
            self.delete_requested.emit(self._asked_about)

    def _say(self, sentence: str, tone: str = "") -> None:
        self._note.setText(sentence)
        set_look(self._note, "tone", tone)

"""The library: all networks, and what can be done with them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from qtdigits.core.library import LibraryEntry
from qtdigits.ui.dialogs.question import Answer, Question
from qtdigits.ui.items.library_model import LibraryColumn, LibraryModel
from qtdigits.ui.theme import ThemeKeeper
from qtdigits.ui.views.card import Card, set_look

_FIRST: Final = QSize(820, 460)
_SMALLEST: Final = QSize(680, 320)
_EXPORTS: Final = ("Keras (*.keras)", "HDF5, for older Keras (*.h5)")
_YES: Final = Answer("deleteYes", "Delete")
_NO: Final = Answer("deleteNo", "Keep it")
_HINT: Final = "Double-click a network to use it. F2 renames it."


class LibraryDialog(QDialog):
    """Shows LibraryEntry values and asks for changes; whoever listens sets the entries anew.

    Signals:
        use_requested(str): read with the network of this id
        rename_requested(str, str): call the network of this id so
        delete_requested(str): delete the network of this id; the person has said yes
        export_requested(str, Path): save the network of this id for other programs
    """

    use_requested = Signal(str)
    rename_requested = Signal(str, str)
    delete_requested = Signal(str)
    export_requested = Signal(str, object)

    def __init__(self, themes: ThemeKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("libraryDialog")
        self.setWindowTitle("Library")
        self._question: Question | None = None
        self._asked_about = ""
        self._is_exporting = False
        self._exported_id = ""
        self._model = LibraryModel(self)
        self._model.rename_requested.connect(self.rename_requested)
        self._view = self._make_view()
        title = QLabel("Networks", self)
        title.setProperty("role", "heading")
        self._note = QLabel(_HINT, self)
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self._note.setWordWrap(True)
        self._note.setProperty("role", "muted")
        card = Card(self)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(10, 8, 10, 8)
        inside.addWidget(self._view)
        self._use = self._button("libraryUseButton", "Use it")
        set_look(self._use, "look", "primary")
        self._rename = self._button("libraryRenameButton", "Rename")
        self._delete = self._button("libraryDeleteButton", "Delete")
        self._export = self._button("libraryExportButton", "Export…")
        self._use.clicked.connect(self._on_use)
        self._rename.clicked.connect(self._on_rename)
        self._delete.clicked.connect(self._on_delete)
        self._export.clicked.connect(self._on_export)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self._note, 1)
        for button in (self._delete, self._export, self._rename, self._use):
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(14)
        column.addWidget(title)
        column.addWidget(card, 1)
        column.addLayout(row)
        self.setMinimumSize(_SMALLEST)
        self.resize(_FIRST)
        self._refresh()

    def set_entries(self, entries: Sequence[LibraryEntry]) -> None:
        """Show these networks; the one that was selected stays so."""
        selected = self._selected()
        self._model.set_entries(entries)
        row = self._model.row_of(selected.id) if selected is not None else -1
        if row < 0:
            row = next((i for i, entry in enumerate(entries) if entry.is_current), 0)
        self._view.selectRow(row)
        self._say(_HINT)
        self._refresh()

    def show_refused(self, sentence: str) -> None:
        """What was asked for could not be done."""
        self._say(sentence[:1].upper() + sentence[1:].rstrip(".") + ".", "bad")

    def show_exporting(self) -> None:
        """An export goes on; another one can only begin when it has ended."""
        self._is_exporting = True
        self._refresh()
        self._say("Saving it, and reading 100 digits with the saved file…")

    def show_exported(self, path: Path) -> None:
        """The file is there."""
        self._is_exporting = False
        self._refresh()
        self._say(f"{path.name} is saved, and answers 100 digits as the network does.", "good")

    def show_export_failed(self, sentence: str) -> None:
        """There is no file, for this reason."""
        self._is_exporting = False
        self._refresh()
        self.show_refused(sentence)

    def _make_view(self) -> QTableView:
        view = QTableView(self)
        view.setObjectName("libraryView")
        view.setAccessibleName("Networks")
        view.setModel(self._model)
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setTabKeyNavigation(False)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(view.fontMetrics().height() + 20)
        header = view.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(LibraryColumn.DATA, QHeaderView.ResizeMode.Stretch)
        view.selectionModel().currentChanged.connect(self._refresh)
        view.doubleClicked.connect(self._on_double_clicked)
        return view

    def _button(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAutoDefault(False)
        return button

    def _selected(self) -> LibraryEntry | None:
        return self._model.entry(self._view.currentIndex())

    def _refresh(self) -> None:
        entry = self._selected()
        usable = entry is not None and not entry.problem
        own = entry is not None and not entry.is_shipped
        self._use.setEnabled(entry is not None and usable and not entry.is_current)
        self._rename.setEnabled(usable and own)
        self._delete.setEnabled(own)
        self._export.setEnabled(usable and not self._is_exporting)
        if entry is not None and entry.problem:
            self.show_refused(entry.problem)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self._on_use()

    def _on_use(self) -> None:
        entry = self._selected()
        if entry is not None and not entry.problem and not entry.is_current:
            self.use_requested.emit(entry.id)

    def _on_rename(self) -> None:
        index = self._view.currentIndex()
        if index.isValid():
            self._view.edit(index.siblingAtColumn(LibraryColumn.NAME))

    def _on_export(self) -> None:
        entry = self._selected()
        if entry is None or entry.problem:
            return
        dialog = QFileDialog(self, f"Export “{entry.name}”")
        dialog.setObjectName("exportFileDialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(_EXPORTS)
        dialog.setDefaultSuffix("keras")
        dialog.selectFile(_file_name(entry.name))
        dialog.filterSelected.connect(self._on_export_filter)
        dialog.fileSelected.connect(self._on_export_file)
        self._exported_id = entry.id
        dialog.open()

    def _on_export_filter(self, chosen: str) -> None:
        dialog = self.findChild(QFileDialog, "exportFileDialog")
        if isinstance(dialog, QFileDialog):
            dialog.setDefaultSuffix("h5" if chosen == _EXPORTS[1] else "keras")

    def _on_export_file(self, path: str) -> None:
        self.export_requested.emit(self._exported_id, Path(path))

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


def _file_name(name: str) -> str:
    """A network's name as every system takes it for a file's."""
    kept = "".join(c if c.isalnum() or c in "-_" else " " for c in name)
    return "-".join(kept.split()) or "network"

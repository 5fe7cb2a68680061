"""Joins the menu's import and export of drawings with the command line that does both."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from qtdigits.core.store.people import Person
from qtdigits.ui.views.main_window import MainWindow
from qtdigits.ui.workers.command_process import CommandProcess

_KINDS: Final = {
    "Strokes (*.jsonl.gz)": ".jsonl.gz",
    "Arrays like MNIST's, labelled drawings (*.npz)": ".npz",
    "A folder of pictures, labelled drawings (*)": "",
}
_IMPORTED: Final = "Drawings (*.jsonl *.gz *.npz *.png);;All files (*)"


class TransferDesk(QObject):
    """Asks for the files, runs the commands, and says what came of it.

    Signals:
        imported(): there are more drawings than before
    """

    imported = Signal()

    def __init__(self, window: MainWindow, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._person: Person | None = None
        self._out = ""
        self._importing = CommandProcess("The import", self)
        self._importing.finished.connect(self._on_imported)
        self._importing.failed.connect(window.tell)
        self._exporting = CommandProcess("The export", self)
        self._exporting.finished.connect(self._on_exported)
        self._exporting.failed.connect(window.tell)
        window.action("Import").triggered.connect(self._ask_for_file)
        window.action("Export").triggered.connect(self._ask_for_place)

    @Slot(object)
    def set_person(self, person: Person) -> None:
        """Whose drawings come in and go out."""
        self._person = person

    def import_file(self, path: Path) -> None:
        """Add the drawings of a file, or of a folder that was exported."""
        if self._person is not None and not self._importing.is_running:
            self._window.tell(f"Reading {path.name}…")
            self._importing.start(
                ["history", "import", "--json", "--person", self._person.name, "--", str(path)]
            )

    def export_to(self, out: Path) -> None:
        """Save the drawings; the name says as what."""
        if self._person is not None and not self._exporting.is_running:
            self._out = out.name
            self._window.tell(f"Saving {out.name}…")
            self._exporting.start(
                ["history", "export", "--json", "--person", self._person.name, "--", str(out)]
            )

    def shutdown(self) -> None:
        """End what goes on: an import is all or nothing, and so is a file."""
        self._importing.shutdown()
        self._exporting.shutdown()

    @Slot()
    def _ask_for_file(self) -> None:
        dialog = self._dialog("importDrawingsDialog", "Import drawings")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(_IMPORTED)
        dialog.fileSelected.connect(self._on_file_chosen)
        dialog.open()

    @Slot()
    def _ask_for_place(self) -> None:
        dialog = self._dialog("exportDrawingsDialog", "Export drawings")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(list(_KINDS))
        dialog.selectFile("drawings.jsonl.gz")
        dialog.filterSelected.connect(self._on_kind_chosen)
        dialog.fileSelected.connect(self._on_place_chosen)
        dialog.open()

    def _dialog(self, name: str, title: str) -> QFileDialog:
        dialog = QFileDialog(self._window, title)
        dialog.setObjectName(name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog

    @Slot(str)
    def _on_kind_chosen(self, chosen: str) -> None:
        """Give the name the ending of its kind."""
        dialog: QFileDialog | None = self._window.findChild(QFileDialog, "exportDrawingsDialog")
        if dialog is None or not dialog.selectedFiles():
            return
        name = Path(dialog.selectedFiles()[0]).name
        for ending in (".jsonl.gz", ".jsonl", ".npz"):
            name = name.removesuffix(ending)
        dialog.selectFile(name + _KINDS[chosen])

    @Slot(str)
    def _on_file_chosen(self, path: str) -> None:
        # One of an exported folder's pictures stands for the folder: <folder>/7/000001.png.
        chosen = Path(path)
        self.import_file(chosen.parent.parent if chosen.suffix.lower() == ".png" else chosen)

    @Slot(str)
    def _on_place_chosen(self, path: str) -> None:
        self.export_to(Path(path))

    @Slot(str)
    def _on_imported(self, printed: str) -> None:
        answer = json.loads(printed)
        added, known, left_out = answer["added"], answer["duplicates"], answer["left_out"]
        words = [f"{_drawings(added)} came in." if added else "No new drawing came in."]
        if known:
            words.append(f"{_drawings(known)} of the file {_were(known)} there already.")
        if left_out:
            words.append(f"{_drawings(left_out)} without a digit {_were(left_out)} left out.")
        self._window.tell(" ".join(words))
        self.imported.emit()

    @Slot(str)
    def _on_exported(self, printed: str) -> None:
        answer = json.loads(printed)
        words = f"{self._out} is saved, with {_drawings(answer['drawings'])}."
        if answer["left_out"]:
            left_out = answer["left_out"]
            words += f" {_drawings(left_out)} without a label {_were(left_out)} left out."
        self._window.tell(words)


def _drawings(count: int) -> str:
    return "1 drawing" if count == 1 else f"{count:,} drawings"


def _were(count: int) -> str:
    return "was" if count == 1 else "were"

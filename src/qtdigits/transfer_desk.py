"""Joins the menu's import and export of drawings with the command line that does both."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog

from qtdigits.core.store.people import Person
from qtdigits.core.wording import counted_drawings
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
        self._name = ""
        self._importing = CommandProcess("The import", self)
        self._importing.told.connect(self._on_reading)
        self._importing.finished.connect(self._on_imported)
        self._exporting = CommandProcess("The export", self)
        self._exporting.told.connect(self._on_saving)
        self._exporting.finished.connect(self._on_exported)
        for process in (self._importing, self._exporting):
            process.failed.connect(self._on_ended)
            process.cancelled.connect(self._on_cancelled)
            window.notice.cancelled.connect(process.cancel)
        window.action("Import").triggered.connect(self._ask_for_file)
        window.action("Export").triggered.connect(self._ask_for_place)

    @Slot(object)
    def set_person(self, person: Person) -> None:
        """Whose drawings come in and go out."""
        self._person = person

    def import_file(self, path: Path) -> None:
        """Add the drawings of a file, or of a folder that was exported."""
        self._start(self._importing, "import", path)

    def export_to(self, out: Path) -> None:
        """Save the drawings; the name says as what."""
        self._start(self._exporting, "export", out)

    def shutdown(self) -> None:
        """End what goes on: an import is all or nothing, and so is a file."""
        self._importing.shutdown()
        self._exporting.shutdown()

    def _start(self, process: CommandProcess, action: str, path: Path) -> None:
        if self._person is None or self._importing.is_running or self._exporting.is_running:
            return
        self._name = path.name
        self._show_progress(process, 0)
        self._enable(False)
        person = self._person.name
        process.start(["history", action, "--events", "--person", person, "--", str(path)])

    def _show_progress(self, process: CommandProcess, done: int) -> None:
        is_import = process is self._importing
        words = f"{'Reading' if is_import else 'Saving'} {self._name}…"
        if done:
            words += f" {counted_drawings(done)} so far."
        tip = "Add none of its drawings" if is_import else "Save nothing"
        self._window.notice.tell_progress(words, tip)

    def _enable(self, is_enabled: bool) -> None:
        for name in ("Import", "Export"):
            self._window.action(name).setEnabled(is_enabled)

    @Slot(str)
    def _on_reading(self, line: str) -> None:
        self._show_progress(self._importing, json.loads(line)["done"])

    @Slot(str)
    def _on_saving(self, line: str) -> None:
        self._show_progress(self._exporting, json.loads(line)["done"])

    @Slot(str)
    def _on_ended(self, sentence: str) -> None:
        self._enable(True)
        self._window.tell(sentence)

    @Slot()
    def _on_cancelled(self) -> None:
        self._on_ended(f"{self._name} was cancelled; nothing was changed.")

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
        words = [f"{counted_drawings(added)} came in." if added else "No new drawing came in."]
        if known:
            words.append(f"{counted_drawings(known)} of the file {_were(known)} there already.")
        if left_out:
            words.append(
                f"{counted_drawings(left_out)} without a digit {_were(left_out)} left out."
            )
        self._on_ended(" ".join(words))
        self.imported.emit()

    @Slot(str)
    def _on_exported(self, printed: str) -> None:
        answer = json.loads(printed)
        words = f"{self._name} is saved, with {counted_drawings(answer['drawings'])}."
        if answer["left_out"]:
            left_out = answer["left_out"]
            words += f" {counted_drawings(left_out)} without a label {_were(left_out)} left out."
        self._on_ended(words)


def _were(count: int) -> str:
    return "was" if count == 1 else "were"

"""Joins the library dialog with the library, and with the commands that work for it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal, Slot

from qtdigits.core.export_forms import ExportForm
from qtdigits.core.library import ModelLibrary
from qtdigits.ui.dialogs.compare_dialog import CompareDialog
from qtdigits.ui.dialogs.library_dialog import LibraryDialog
from qtdigits.ui.settings_store import SettingsStore
from qtdigits.ui.theme import ThemeKeeper
from qtdigits.ui.views.main_window import MainWindow
from qtdigits.ui.workers.command_process import CommandProcess

_EXPORTING: Final = "Saving it, and reading 100 digits with what was saved…"
_IMPORTING: Final = "Reading the file as data, and finding out what the network expects…"


class LibraryDesk(QObject):
    """Owns the child processes; opens the library dialog once at a time and does what it asks for.

    Signals:
        chosen(LibraryEntry): this network is to read from now on
        training_requested(LibraryEntry): another network is to be trained with its settings
    """

    chosen = Signal(object)
    training_requested = Signal(object)

    def __init__(
        self,
        window: MainWindow,
        library: ModelLibrary,
        settings: SettingsStore,
        themes: ThemeKeeper,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._library = library
        self._settings = settings
        self._themes = themes
        self._working = ""  # what is said while an export or import goes on
        self._exporter = CommandProcess("The export", self)
        self._importer = CommandProcess("The import", self)
        self._comparer = CommandProcess("The comparison", self)
        self._exporter.finished.connect(self._on_exported)
        self._importer.finished.connect(self._on_imported)
        for process in (self._exporter, self._importer):
            process.failed.connect(self._on_failed)
        window.library_requested.connect(self.open)

    @Slot()
    def open(self) -> None:
        """Show the library, or bring it to the front."""
        dialog = self._dialog()
        if dialog is not None:
            dialog.raise_()
            dialog.activateWindow()
            return
        dialog = LibraryDialog(self._themes, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.use_requested.connect(self._on_use_requested)
        dialog.compare_requested.connect(self._on_compare_requested)
        dialog.training_requested.connect(self._on_training_requested)
        dialog.rename_requested.connect(self._on_rename_requested)
        dialog.delete_requested.connect(self._on_delete_requested)
        dialog.export_requested.connect(self._on_export_requested)
        dialog.import_requested.connect(self._on_import_requested)
        dialog.set_entries(self._library.entries())
        if self._working:
            dialog.show_working(self._working)
        dialog.show()

    @Slot()
    def refresh(self) -> None:
        """The library holds something else now: show it, if anybody looks."""
        dialog = self._dialog()
        if dialog is not None:
            dialog.set_entries(self._library.entries())

    def refuse(self, sentence: str) -> None:
        """Say in the dialog why something cannot be done."""
        dialog = self._dialog()
        if dialog is not None:
            dialog.show_refused(sentence)

    def shutdown(self) -> None:
        """End what goes on; no child process is left when this returns."""
        for process in (self._exporter, self._importer, self._comparer):
            process.shutdown()

    def _dialog(self) -> LibraryDialog | None:
        found: LibraryDialog | None = self._window.findChild(LibraryDialog)
        return found

    @Slot(str)
    def _on_use_requested(self, entry_id: str) -> None:
        try:
            entry = self._library.use(entry_id)
        except ValueError as error:
            self.refuse(str(error))
            return
        self.refresh()
        self.chosen.emit(entry)

    @Slot(str)
    def _on_training_requested(self, entry_id: str) -> None:
        try:
            entry = self._library.entry(entry_id)
        except ValueError as error:
            self.refuse(str(error))
            return
        self.training_requested.emit(entry)

    @Slot(str, str)
    def _on_rename_requested(self, entry_id: str, name: str) -> None:
        try:
            self._library.rename(entry_id, name)
        except ValueError as error:
            self.refuse(str(error))
            return
        self.refresh()

    @Slot(str)
    def _on_delete_requested(self, entry_id: str) -> None:
        try:
            was_current = self._library.entry(entry_id).is_current
            self._library.delete(entry_id)
        except ValueError as error:
            self.refuse(str(error))
            return
        self.refresh()
        if was_current:
            self.chosen.emit(self._library.current())

    @Slot(str, str)
    def _on_compare_requested(self, first: str, second: str) -> None:
        """One comparison at a time: the dialog of another one is closed."""
        try:
            entries = self._library.entry(first), self._library.entry(second)
        except ValueError as error:
            self.refuse(str(error))
            return
        for older in self._window.findChildren(CompareDialog):
            older.close()
        chosen = self._settings.mnist_file()
        mnist = Path(chosen) if chosen and os.path.exists(chosen) else None
        dialog = CompareDialog(*entries, mnist, self._themes, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.compare_requested.connect(self._on_comparison_wanted)
        dialog.stop_requested.connect(self._comparer.shutdown)
        self._comparer.finished.connect(dialog.show_result)
        self._comparer.failed.connect(dialog.show_failed)
        dialog.show()

    @Slot(str, str, str)
    def _on_comparison_wanted(self, first: str, second: str, data: str) -> None:
        self._comparer.start(["models", "compare", "--json", first, second, data])

    @Slot(str, object, object)
    def _on_export_requested(self, entry_id: str, out: Path, form: ExportForm) -> None:
        self._work(_EXPORTING)
        command = ["models", "export", "--json", "--format", form.value, entry_id, str(out)]
        self._exporter.start(command)

    @Slot(object)
    def _on_import_requested(self, path: Path) -> None:
        self._work(_IMPORTING)
        self._importer.start(["models", "import", "--json", str(path)])

    def _work(self, sentence: str) -> None:
        self._working = sentence
        dialog = self._dialog()
        if dialog is not None:
            dialog.show_working(sentence)

    @Slot(str)
    def _on_exported(self, printed: str) -> None:
        self._working = ""
        place = Path(json.loads(printed)["file"])
        is_version = place.name.isdecimal()  # TensorFlow Serving's, whose folder has the name
        name = f"{place.parent.name}/{place.name}" if is_version else place.name
        dialog = self._dialog()
        if dialog is not None:
            dialog.show_done(f"{name} is saved, and answers 100 digits as the network does.")

    @Slot(str)
    def _on_imported(self, printed: str) -> None:
        self._working = ""
        about = json.loads(printed)
        dialog = self._dialog()
        if dialog is not None:
            dialog.set_entries(self._library.entries())
            dialog.select(about["id"])
            dialog.show_done(f"“{about['name']}” is in the library: {about['found']}.")

    @Slot(str)
    def _on_failed(self, sentence: str) -> None:
        self._working = ""
        dialog = self._dialog()
        if dialog is not None:
            dialog.show_failed(sentence)

"""Joins the library dialog with the library and the exporter."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot

from qtdigits.core.library import ModelLibrary
from qtdigits.ui.dialogs.library_dialog import LibraryDialog
from qtdigits.ui.theme import ThemeKeeper
from qtdigits.ui.views.main_window import MainWindow
from qtdigits.ui.workers.export_process import ExportProcess


class LibraryDesk(QObject):
    """Owns the exporter; opens the library dialog once at a time and does what it asks for.

    Signals:
        chosen(LibraryEntry): this network is to read from now on
    """

    chosen = Signal(object)

    def __init__(
        self,
        window: MainWindow,
        library: ModelLibrary,
        themes: ThemeKeeper,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._window = window
        self._library = library
        self._themes = themes
        self._exporter = ExportProcess(self)
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
        dialog.rename_requested.connect(self._on_rename_requested)
        dialog.delete_requested.connect(self._on_delete_requested)
        dialog.export_requested.connect(self._on_export_requested)
        self._exporter.finished.connect(dialog.show_exported)
        self._exporter.failed.connect(dialog.show_export_failed)
        dialog.set_entries(self._library.entries())
        if self._exporter.is_running:
            dialog.show_exporting()
        dialog.show()

    @Slot()
    def refresh(self) -> None:
        """The library holds something else now: show it, if anybody looks."""
        dialog = self._dialog()
        if dialog is not None:
            dialog.set_entries(self._library.entries())

    def shutdown(self) -> None:
        """End the export that goes on."""
        self._exporter.shutdown()

    def _dialog(self) -> LibraryDialog | None:
        found: LibraryDialog | None = self._window.findChild(LibraryDialog)
        return found

    @Slot(str)
    def _on_use_requested(self, entry_id: str) -> None:
        try:
            entry = self._library.use(entry_id)
        except ValueError as error:
            self._refuse(error)
            return
        self.refresh()
        self.chosen.emit(entry)

    @Slot(str, str)
    def _on_rename_requested(self, entry_id: str, name: str) -> None:
        try:
            self._library.rename(entry_id, name)
        except ValueError as error:
            self._refuse(error)
            return
        self.refresh()

    @Slot(str)
    def _on_delete_requested(self, entry_id: str) -> None:
        try:
            was_current = self._library.entry(entry_id).is_current
            self._library.delete(entry_id)
        except ValueError as error:
            self._refuse(error)
            return
        self.refresh()
        if was_current:
            self.chosen.emit(self._library.current())

    @Slot(str, object)
    def _on_export_requested(self, entry_id: str, out: Path) -> None:
        dialog = self._dialog()
        if dialog is not None:
            dialog.show_exporting()
        self._exporter.start(entry_id, out)

    def _refuse(self, error: ValueError) -> None:
        dialog = self._dialog()
        if dialog is not None:
            dialog.show_refused(str(error))

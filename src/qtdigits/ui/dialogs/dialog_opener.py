"""Opens the dialogs that the main window asks for, each once at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog

from qtdigits.ui.dialogs.about_dialog import AboutDialog, AboutFacts
from qtdigits.ui.dialogs.licences_dialog import LicencesDialog
from qtdigits.ui.dialogs.settings_dialog import SettingsDialog
from qtdigits.ui.settings_store import SettingsStore
from qtdigits.ui.theme import ThemeKeeper
from qtdigits.ui.views.main_window import MainWindow

if TYPE_CHECKING:
    from qtdigits.ui.workers.licence_reader import LicenceReader


class DialogOpener(QObject):
    """Listens to the window's requests; a child of it, as the dialogs are.

    about_facts is asked each time, since the network may have been loaded in between. licences
    reads them when they are wanted.
    """

    def __init__(
        self,
        window: MainWindow,
        settings: SettingsStore,
        themes: ThemeKeeper,
        about_facts: Callable[[], AboutFacts],
        licences: LicenceReader,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._themes = themes
        self._about_facts = about_facts
        self._licences = licences
        window.settings_requested.connect(self._open_settings)
        window.about_requested.connect(self._open_about)

    def _open_settings(self) -> None:
        if not self._raised(SettingsDialog):
            self._open(SettingsDialog(self._settings, self._themes, self._window))

    def _open_about(self) -> None:
        if not self._raised(AboutDialog):
            dialog = AboutDialog(self._about_facts(), self._window)
            dialog.licences_requested.connect(self._open_licences)
            self._open(dialog)

    def _open_licences(self) -> None:
        if not self._raised(LicencesDialog):
            dialog = LicencesDialog(self._window)
            self._licences.was_read.connect(dialog.show_text)
            self._licences.failed.connect(dialog.show_failed)
            self._open(dialog)
            self._licences.submit()

    def _raised(self, kind: type[QDialog]) -> bool:
        """Bring an open dialog of this kind to the front; False when there is none."""
        dialog = self._window.findChild(kind)
        if dialog is None:
            return False
        dialog.raise_()
        dialog.activateWindow()
        return True

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

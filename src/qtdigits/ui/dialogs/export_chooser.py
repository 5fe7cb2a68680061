"""Lets a person choose in which form a network is exported, and where to."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from qtdigits.core.export_forms import FORMS, ExportForm, missing_package, missing_words

_FOLDERS: Final = "Folders (*)"


class ExportChooser(QObject):
    """Owns a menu of forms; then the system's file dialog asks for the place.

    Signals:
        chosen(str, Path, ExportForm): export the network of this id to there
    """

    chosen = Signal(str, object, object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._entry_id = ""
        self._name = ""
        self._form = ExportForm.KERAS
        self._menu = QMenu(window)
        self._menu.setObjectName("exportMenu")
        self._menu.setToolTipsVisible(True)
        for form, details in FORMS.items():
            missing = missing_package(form)
            action = QAction(f"{details.title}…", self._menu)
            action.setObjectName(f"export-{form}")
            action.setData(form)
            action.setToolTip(
                f"{details.help} Here {missing_words(missing)}." if missing else details.help
            )
            action.setEnabled(not missing)
            self._menu.addAction(action)
        self._menu.triggered.connect(self._on_triggered)

    def ask(self, entry_id: str, name: str, place: QPoint) -> None:
        """Begin with the menu, at a place on the screen."""
        self._entry_id, self._name = entry_id, name
        self._menu.popup(place)

    def _on_triggered(self, action: QAction) -> None:
        self._form = ExportForm(action.data())
        details = FORMS[self._form]
        dialog = QFileDialog(self._window, f"Export “{self._name}”")
        dialog.setObjectName("exportFileDialog")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._form is ExportForm.SERVING:
            dialog.setWindowTitle(f"Folder in which “{_file_name(self._name)}” is to lie")
            dialog.setFileMode(QFileDialog.FileMode.Directory)
        else:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            if details.suffix:
                dialog.setNameFilter(f"{details.title.partition(' ')[0]} (*{details.suffix})")
                dialog.setDefaultSuffix(details.suffix.removeprefix("."))
            else:
                dialog.setNameFilter(_FOLDERS)
                dialog.setLabelText(QFileDialog.DialogLabel.FileName, "New folder:")
            dialog.selectFile(_file_name(self._name))
        dialog.fileSelected.connect(self._on_place_chosen)
        dialog.open()

    def _on_place_chosen(self, path: str) -> None:
        place = Path(path)
        if self._form is ExportForm.SERVING:
            place = place / _file_name(self._name)
        self.chosen.emit(self._entry_id, place, self._form)


def _file_name(name: str) -> str:
    """A network's name as every system takes it for a file's."""
    kept = "".join(c if c.isalnum() or c in "-_" else " " for c in name)
    return "-".join(kept.split()) or "network"

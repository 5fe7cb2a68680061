"""Whatever takes the keyboard in a dialog has a name for tests, and one to be heard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QAbstractSpinBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from qtdigits.core.library import LibraryEntry
from qtdigits.ui.dialogs.compare_dialog import CompareDialog
from qtdigits.ui.dialogs.history_dialog import HistoryDialog
from qtdigits.ui.dialogs.lesson_dialog import LessonDialog
from qtdigits.ui.dialogs.library_dialog import LibraryDialog
from qtdigits.ui.dialogs.licences_dialog import LicencesDialog
from qtdigits.ui.dialogs.settings_dialog import SettingsDialog
from qtdigits.ui.dialogs.training_dialog import TrainingDialog
from qtdigits.ui.items.history_model import HistoryModel
from qtdigits.ui.settings_store import SettingsStore
from qtdigits.ui.theme import ThemeKeeper

ENTRY = LibraryEntry("a", None, Path("a.keras"), False, False)
DIALOGS: dict[str, Callable[[SettingsStore, ThemeKeeper], QDialog]] = {
    "settings": lambda settings, themes: SettingsDialog(settings, themes),
    "training": lambda _, themes: TrainingDialog(themes),
    "library": lambda _, themes: LibraryDialog(themes),
    "lesson": lambda _, themes: LessonDialog(themes),
    "history": lambda _, themes: HistoryDialog(HistoryModel(), themes),
    "compare": lambda _, themes: CompareDialog(ENTRY, ENTRY, None, themes),
    "licences": lambda *_: LicencesDialog(),
}


def ancestors(widget: QWidget) -> Iterator[QWidget]:
    parent = widget.parentWidget()
    while parent is not None:
        yield parent
        parent = parent.parentWidget()


def takes_the_keyboard(widget: QWidget) -> bool:
    """Whether the Tab key goes there; what Qt makes inside of its own widgets is left out."""
    parent = widget.parent()
    inner = isinstance(parent, QDialogButtonBox | QAbstractSpinBox)
    popup = any(isinstance(one, QComboBox) for one in ancestors(widget))
    viewport = isinstance(parent, QAbstractScrollArea) and parent.viewport() is widget
    return bool(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value) and not (
        inner or viewport or popup
    )


@pytest.mark.parametrize("name", DIALOGS)
def test_everything_that_takes_the_keyboard_has_names(
    name: str, settings: SettingsStore, themes: ThemeKeeper, qtbot: QtBot
) -> None:
    dialog = DIALOGS[name](settings, themes)
    qtbot.addWidget(dialog)
    widgets = [one for one in dialog.findChildren(QWidget) if takes_the_keyboard(one)]
    assert widgets
    for widget in widgets:
        heard = QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
        assert heard, f"{type(widget).__name__} {widget.objectName()} of the {name} dialog"
        assert widget.objectName(), f"{heard} of the {name} dialog"

"""The settings, one line for each row of the table."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from qtdigits.core.settings import SETTINGS, Setting
from qtdigits.ui.dialogs.setting_editor import SettingEditor, make_editor
from qtdigits.ui.settings_store import SettingChange, SettingsStore
from qtdigits.ui.theme import ThemeKeeper
from qtdigits.ui.theme_colors import Theme
from qtdigits.ui.views.card import Card
from qtdigits.ui.views.text_scale import text_scale

_WORDS_PX: Final = 270


class SettingsDialog(QDialog):
    """Changes show at once; Cancel takes them all back."""

    def __init__(
        self, settings: SettingsStore, themes: ThemeKeeper, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("settingsDialog")
        self.setWindowTitle("Settings")
        self._settings = settings
        self._before = settings.values()
        self._editors: dict[str, SettingEditor] = {}
        card = Card(self)
        self._grid = QGridLayout(card)
        self._grid.setContentsMargins(20, 14, 20, 14)
        self._grid.setHorizontalSpacing(28)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(0, 1)
        for number, row in enumerate(SETTINGS):
            if number:
                self._add_line()
            self._add_row(row, themes.theme)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(16)
        column.addWidget(card)
        column.addWidget(buttons)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)
        settings.changed.connect(self._on_setting_changed)
        themes.changed.connect(self._on_theme_changed)

    def reject(self) -> None:
        for key, value in self._before.items():
            self._settings.set_value(key, value)
        super().reject()

    def _add_row(self, row: Setting, theme: Theme) -> None:
        editor = make_editor(row, theme)
        editor.show_value(self._settings.value(row.key))
        editor.edited.connect(partial(self._settings.set_value, row.key))
        self._editors[row.key] = editor
        title = QLabel(row.title)
        title.setProperty("role", "title")
        title.setBuddy(editor)
        explanation = QLabel(row.help)
        explanation.setProperty("role", "small")
        explanation.setWordWrap(True)
        explanation.setMinimumWidth(round(_WORDS_PX * text_scale(self)))
        line = self._grid.rowCount()
        self._grid.addWidget(title, line, 0)
        self._grid.addWidget(explanation, line + 1, 0)
        self._grid.addWidget(editor, line, 1, 2, 1, _RIGHT)

    def _add_line(self) -> None:
        line = QFrame()
        line.setObjectName("line")
        self._grid.addWidget(line, self._grid.rowCount(), 0, 1, 2)

    def _on_setting_changed(self, change: SettingChange) -> None:
        self._editors[change.key].show_value(change.value)

    def _on_theme_changed(self, theme: Theme) -> None:
        for editor in self._editors.values():
            editor.set_theme(theme)


_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter

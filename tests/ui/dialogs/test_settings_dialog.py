"""The settings dialog is the table: changes show at once and Cancel takes them back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QSlider
from pytestqt.qtbot import QtBot

from qtdigits.core.settings import SETTINGS, Setting, SettingKind, SettingValue
from qtdigits.ui.dialogs.setting_editor import SettingEditor
from qtdigits.ui.dialogs.settings_dialog import SettingsDialog
from qtdigits.ui.settings_store import SettingsStore
from qtdigits.ui.theme import ThemeKeeper
from qtdigits.ui.views.segments import Segments
from qtdigits.ui.views.switch import Switch

EACH = pytest.mark.parametrize("row", SETTINGS, ids=lambda row: row.key)


@pytest.fixture
def dialog(qtbot: QtBot, settings: SettingsStore, themes: ThemeKeeper) -> SettingsDialog:
    dialog = SettingsDialog(settings, themes)
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    return dialog


def another_value(row: Setting) -> SettingValue:
    match row.kind:
        case SettingKind.SWITCH:
            return not row.default
        case SettingKind.NUMBER:
            return row.maximum
        case SettingKind.CHOICE:
            return row.choices[-1].value


def editor(dialog: SettingsDialog, row: Setting) -> SettingEditor:
    found = dialog.findChild(SettingEditor, f"{row.key}Editor")
    assert isinstance(found, SettingEditor)
    return found


def shown(dialog: SettingsDialog, row: Setting) -> SettingValue:
    place = editor(dialog, row)
    for switch in place.findChildren(Switch):
        return switch.isChecked()
    for slider in place.findChildren(QSlider):
        return slider.value()
    return place.findChildren(Segments)[0].value()


def edit(dialog: SettingsDialog, row: Setting, value: SettingValue) -> None:
    """Change a setting as a person does."""
    place = editor(dialog, row)
    match row.kind:
        case SettingKind.SWITCH:
            QTest.mouseClick(place.findChildren(Switch)[0], Qt.MouseButton.LeftButton)
        case SettingKind.NUMBER:
            QTest.keyClick(place.findChildren(QSlider)[0], Qt.Key.Key_End)
        case SettingKind.CHOICE:
            titles = {choice.value: choice.title for choice in row.choices}
            for button in place.findChildren(QAbstractButton):
                if button.text() == titles[str(value)]:
                    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@EACH
def test_every_setting_is_shown_with_title_and_help(dialog: SettingsDialog, row: Setting) -> None:
    texts = {label.text() for label in dialog.findChildren(QLabel)}
    assert {row.title, row.help} <= texts
    assert shown(dialog, row) == row.default


@EACH
def test_edit_applies_at_once(
    dialog: SettingsDialog, settings: SettingsStore, row: Setting, qtbot: QtBot
) -> None:
    value = another_value(row)
    edit(dialog, row, value)
    assert settings.value(row.key) == value
    dialog.accept()
    assert settings.value(row.key) == value


def test_cancel_takes_all_edits_back(
    dialog: SettingsDialog, settings: SettingsStore, qtbot: QtBot
) -> None:
    before = settings.values()
    for row in SETTINGS:
        edit(dialog, row, another_value(row))
    assert settings.values() != before
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert settings.values() == before


@EACH
def test_change_from_elsewhere_is_shown(
    dialog: SettingsDialog, settings: SettingsStore, row: Setting
) -> None:
    settings.set_value(row.key, another_value(row))
    assert shown(dialog, row) == another_value(row)


def test_all_words_have_room(dialog: SettingsDialog) -> None:
    for label in dialog.findChildren(QLabel):
        if label.wordWrap():
            assert label.heightForWidth(label.width()) <= label.height()
        else:
            assert label.sizeHint().width() <= label.width()


def test_arrow_keys_move_along_the_choices(dialog: SettingsDialog, settings: SettingsStore) -> None:
    segments = dialog.findChildren(Segments)[0]
    QTest.keyClick(segments.buttons()[0], Qt.Key.Key_Right)
    assert settings.choice("theme") == "light"

"""The licences can be scrolled and searched, and long ones do not stop the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from qtdigits.ui.dialogs import licences_dialog
from qtdigits.ui.dialogs.licences_dialog import LicencesDialog

TEXT = "One: Apache\nTwo: MIT\nThree: apache again\n"


class Screen:
    """The dialog with its parts."""

    def __init__(self, dialog: LicencesDialog) -> None:
        self.dialog = dialog
        self.view = dialog.findChildren(QPlainTextEdit)[0]
        self.search = dialog.findChildren(QLineEdit)[0]
        self.note = dialog.findChildren(QLabel, "licencesNote")[0]
        self.next = dialog.findChildren(QPushButton, "licencesNextButton")[0]
        self.previous = dialog.findChildren(QPushButton, "licencesPreviousButton")[0]

    @property
    def selected(self) -> tuple[int, str]:
        cursor = self.view.textCursor()
        return cursor.selectionStart(), cursor.selectedText()


@pytest.fixture
def empty(qtbot: QtBot) -> Screen:
    dialog = LicencesDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    return Screen(dialog)


@pytest.fixture
def screen(empty: Screen, qtbot: QtBot) -> Screen:
    empty.dialog.show_text(TEXT)
    qtbot.waitUntil(empty.search.isEnabled)
    return empty


def test_text_is_awaited_in_words(empty: Screen) -> None:
    assert empty.note.text() == "Reading the licences…"
    assert not empty.search.isEnabled()


def test_text_is_shown_whole_and_cannot_be_changed(screen: Screen) -> None:
    assert screen.view.toPlainText() == TEXT
    assert screen.view.isReadOnly()
    assert screen.note.text() == ""


def test_long_text_is_put_in_bit_by_bit(
    empty: Screen, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(licences_dialog, "_SLICE", 7)
    states: list[str] = []
    empty.view.textChanged.connect(lambda: states.append(empty.view.toPlainText()))
    empty.dialog.show_text(TEXT)
    qtbot.waitUntil(empty.search.isEnabled)
    assert states == ["", *(TEXT[:end] for end in range(7, len(TEXT), 7)), TEXT]


def test_dialog_can_be_closed_while_the_text_is_put_in(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(licences_dialog, "_SLICE", 1)
    dialog = LicencesDialog()
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.show()
    dialog.show_text(TEXT)
    with qtbot.waitSignal(dialog.destroyed):
        dialog.close()


def test_text_that_comes_again_takes_the_place_of_the_first(screen: Screen, qtbot: QtBot) -> None:
    screen.dialog.show_text("Other\n")
    qtbot.waitUntil(lambda: screen.view.toPlainText() == "Other\n")


def test_failure_is_said(empty: Screen) -> None:
    empty.dialog.show_failed("The licences cannot be read (gone).")
    assert empty.note.text() == "The licences cannot be read (gone)."


def test_search_finds_while_one_types_whatever_the_case(screen: Screen) -> None:
    QTest.keyClicks(screen.search, "aPACHE")
    assert screen.selected == (TEXT.index("Apache"), "Apache")


def test_search_goes_on_and_round_and_back(screen: Screen) -> None:
    first, second = TEXT.index("Apache"), TEXT.index("apache")
    QTest.keyClicks(screen.search, "apache")
    QTest.keyClick(screen.search, Qt.Key.Key_Return)
    assert screen.selected[0] == second
    screen.next.click()
    assert screen.selected[0] == first
    assert screen.note.text() == "From the beginning again"
    screen.previous.click()
    assert screen.selected[0] == second
    assert screen.note.text() == "From the end again"
    screen.previous.click()
    assert screen.selected[0] == first
    assert screen.note.text() == ""


def test_search_without_a_find_says_so(screen: Screen) -> None:
    QTest.keyClicks(screen.search, "apachex")
    assert screen.note.text() == "Not found"
    QTest.keyClick(screen.search, Qt.Key.Key_Backspace)
    assert screen.selected[1] == "Apache"
    assert screen.note.text() == ""


def test_search_for_nothing_finds_nothing(screen: Screen) -> None:
    QTest.keyClicks(screen.search, "x")
    screen.search.clear()
    assert screen.note.text() == ""
    assert not screen.next.isEnabled()
    assert not screen.previous.isEnabled()


def test_keys_of_the_search_are_those_of_every_program(screen: Screen) -> None:
    screen.view.setFocus()
    QTest.keyClick(screen.view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert screen.search.hasFocus()
    QTest.keyClicks(screen.search, "apache")
    QTest.keyClick(screen.search, Qt.Key.Key_F3)
    assert screen.selected[0] == TEXT.index("apache")
    QTest.keyClick(screen.search, Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
    assert screen.selected[0] == TEXT.index("Apache")

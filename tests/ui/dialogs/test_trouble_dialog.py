"""The one dialog for whatever went wrong."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from qtdigits.core.program_log import Trouble
from qtdigits.ui.dialogs.trouble_dialog import TroubleDialog

FIRST = Trouble("ValueError: one", "Traceback: one")
SECOND = Trouble("ValueError: two", "Traceback: two")


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def dialog(parent: QWidget) -> TroubleDialog:
    one = TroubleDialog(FIRST, parent)
    one.show()
    return one


@pytest.fixture
def button(dialog: TroubleDialog) -> Callable[[str], QAbstractButton]:
    def find(name: str) -> QAbstractButton:
        (found,) = [one for one in dialog.buttons() if one.objectName() == name]
        return found

    return find


def test_it_is_calm_and_folds_the_details_away(dialog: TroubleDialog) -> None:
    assert "Traceback" not in dialog.text() + dialog.informativeText()
    assert "you can go on" in dialog.informativeText()
    assert dialog.detailedText() == "Traceback: one"
    dialog.close()


def test_later_troubles_are_counted_in_it(dialog: TroubleDialog) -> None:
    dialog.add(SECOND)
    assert "in 2 places" in dialog.informativeText()
    assert "one\nTraceback: two" in dialog.detailedText()
    dialog.close()


def test_copying_the_log_leaves_it_open(
    dialog: TroubleDialog, button: Callable[[str], QAbstractButton], qtbot: QtBot
) -> None:
    copy = button("troubleCopyButton")
    with qtbot.waitSignal(dialog.log_requested):
        QTest.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert copy.text() == "Copied"
    assert dialog.isVisible()
    dialog.close()


@pytest.mark.parametrize("way", ["button", "Escape", "Enter"])
def test_it_can_be_left_in_every_way(
    dialog: TroubleDialog, button: Callable[[str], QAbstractButton], way: str
) -> None:
    keys = {"Escape": Qt.Key.Key_Escape, "Enter": Qt.Key.Key_Return}
    if way == "button":
        QTest.mouseClick(button("troubleCloseButton"), Qt.MouseButton.LeftButton)
    else:
        QTest.keyClick(dialog, keys[way])
    assert not dialog.isVisible()

"""Names like '<b>' are shown as they were given."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from qtdigits.ui.plain_text import make_plain, plain_tip


def test_tip_without_a_sign_of_markup_stays_as_it_is() -> None:
    assert plain_tip("Anna & Ben\n3 drawings") == "Anna & Ben\n3 drawings"


def test_markup_in_a_tip_is_shown_and_not_obeyed() -> None:
    assert plain_tip("<b>A\nB") == "<p>&lt;b&gt;A<br>B</p>"


def test_message_box_obeys_no_markup(qtbot: QtBot) -> None:
    box = QMessageBox()
    qtbot.addWidget(box)
    box.setText("Delete “<b>”?")
    box.setInformativeText("<i>really</i>")
    make_plain(box)
    formats = {label.objectName(): label.textFormat() for label in box.findChildren(QLabel)}
    assert formats["qt_msgbox_label"] is Qt.TextFormat.PlainText
    assert formats["qt_msgbox_informativelabel"] is Qt.TextFormat.PlainText

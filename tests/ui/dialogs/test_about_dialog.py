"""The about dialog tells what it was given."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from qtdigits.ui.dialogs.about_dialog import AboutDialog, AboutFacts


def texts(dialog: AboutDialog) -> list[str]:
    return [label.text() for label in dialog.findChildren(QLabel)]


def test_facts_are_shown(qtbot: QtBot) -> None:
    facts = AboutFacts("1.2.3", "MIT licence", (("Size", "92,010 parameters"),))
    dialog = AboutDialog(facts)
    qtbot.addWidget(dialog)
    shown = texts(dialog)
    for text in ("qtdigits 1.2.3", "MIT licence", "Size", "92,010 parameters"):
        assert text in shown


def test_missing_network_is_said(qtbot: QtBot) -> None:
    dialog = AboutDialog(AboutFacts("1.2.3", "MIT licence"))
    qtbot.addWidget(dialog)
    assert "No network is loaded yet." in texts(dialog)


def test_markup_in_a_fact_is_only_text(qtbot: QtBot) -> None:
    dialog = AboutDialog(AboutFacts("1", "MIT", (("Name", "<b>bold</b>"),)))
    qtbot.addWidget(dialog)
    dialog.show()
    plain = next(label for label in dialog.findChildren(QLabel) if "bold" in label.text())
    assert plain.sizeHint().width() > plain.fontMetrics().horizontalAdvance("<b>bold</b>") - 2

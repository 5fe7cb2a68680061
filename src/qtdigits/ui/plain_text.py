"""Names that people gave, in places where Qt would take '<b>' for a command."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox


def plain_tip(text: str) -> str:
    """A tool tip that shows the text as it is written; Qt knows no plain ones."""
    if "<" not in text:
        return text
    return f"<p>{escape(text)}</p>".replace("\n", "<br>")


def make_plain(box: QMessageBox) -> None:
    """Have a message box show its texts as they are written; call it once they are set."""
    box.setTextFormat(Qt.TextFormat.PlainText)
    # Which is meant of the first text alone.
    for label in box.findChildren(QLabel, "qt_msgbox_informativelabel"):
        label.setTextFormat(Qt.TextFormat.PlainText)

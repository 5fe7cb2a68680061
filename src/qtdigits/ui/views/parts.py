"""Labels and buttons, made alike everywhere."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from qtdigits.ui.views.card import set_look


def label(text: str = "", role: str = "", *, wraps: bool = True) -> QLabel:
    """A label that obeys no markup in its text; role: as the style sheet knows it, '' for none."""
    made = QLabel(text)
    if role:
        made.setProperty("role", role)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wraps)
    return made


def push_button(name: str, text: str, tip: str, parent: QWidget, look: str = "") -> QPushButton:
    """A button that Enter presses only where it has the focus; look: '', 'primary' or 'link'."""
    button = QPushButton(text, parent)
    button.setObjectName(name)
    button.setToolTip(tip)
    button.setAutoDefault(False)
    if look:
        set_look(button, "look", look)
    return button

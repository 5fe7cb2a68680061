"""The rounded white (or slate) card that everything beside the paper lies on."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QWidget


class Card(QFrame):
    """A frame that the style sheet draws as a card."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")


def set_look(widget: QWidget, name: str, value: str) -> None:
    """Set a property that the style sheet asks for, and have the widget drawn by it."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)

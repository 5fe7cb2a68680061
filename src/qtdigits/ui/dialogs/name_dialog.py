"""Asks for a person's name."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from qtdigits.core.store.people import LONGEST_NAME
from qtdigits.ui.views.card import set_look
from qtdigits.ui.views.text_scale import text_scale

_WIDTH_PX = 380


class NameDialog(QDialog):
    """Stays open until whoever listens accepts the name.

    Signals:
        name_chosen(str): the person is to be called so
    """

    name_chosen = Signal(str)

    def __init__(self, title: str, words: str, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("nameDialog")
        self.setWindowTitle(title)
        self._field = QLineEdit(name, self)
        self._field.setObjectName("nameField")
        self._field.setAccessibleName("Name")
        self._field.setMaxLength(LONGEST_NAME)
        self._field.setTextMargins(10, 3, 10, 3)
        self._field.selectAll()
        set_look(self._field, "look", "field")
        heading = QLabel(title, self)
        heading.setProperty("role", "heading")
        self._words = QLabel(words, self)
        self._words.setObjectName("nameWords")
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._words.setProperty("role", "muted")
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(12)
        column.addWidget(heading)
        column.addWidget(self._words)
        column.addWidget(self._field)
        column.addSpacing(4)
        column.addWidget(buttons)
        self.setMinimumWidth(round(_WIDTH_PX * text_scale(self)))
        self._field.setFocus()

    def show_refused(self, sentence: str) -> None:
        """This name cannot be used."""
        self._words.setText(sentence)
        set_look(self._words, "tone", "bad")
        self.adjustSize()  # the sentence may need another line
        self._field.setFocus()
        self._field.selectAll()

    def _on_accepted(self) -> None:
        self.name_chosen.emit(self._field.text())

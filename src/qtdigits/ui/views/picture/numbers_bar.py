"""The numbers of a picture as text, and what can be done with them."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QWidget

from qtdigits.ui.views.card import set_look

_LEAST_LINES: Final = 2
_MOST_LINES: Final = 6
_SCALE: Final = 1.5
_MARGIN_PX: Final = 2


class NumbersBar(QWidget):
    """Shows text that can be marked and copied.

    Signals:
        copy_requested(): the numbers of this picture are to go to the clipboard
        all_requested(): the numbers of all pictures are
        table_requested(): the numbers of all pictures are to be saved as a table
    """

    copy_requested = Signal()
    all_requested = Signal()
    table_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = self._make_text()
        self.set_room(0)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._row.addWidget(self._text, 1)
        self._copy = self._button("Copy", "Copy", "Copy the numbers of this picture (Ctrl+C)")
        self._all = self._button("CopyAll", "Copy all", "Copy the numbers of all pictures")
        self._table = self._button(
            "Table", "Save table…", "Save the numbers of all pictures for a spreadsheet (CSV)"
        )
        self._copy.clicked.connect(self.copy_requested)
        self._all.clicked.connect(self.all_requested)
        self._table.clicked.connect(self.table_requested)

    def show_text(self, text: str, otherwise: str) -> None:
        """Show the numbers of a picture, or other words where it has none."""
        self._text.setPlaceholderText(otherwise)
        if text != self._text.toPlainText():  # what is marked stays so
            self._text.setPlainText(text)

    def set_room(self, height_px: int) -> None:
        """Show as many lines as go well with a window of this height."""
        text = self._text
        line = text.fontMetrics().lineSpacing()
        lines = min(max(height_px // (9 * line), _LEAST_LINES), _MOST_LINES)
        text.setFixedHeight(lines * line + 2 * _MARGIN_PX + 2 * text.frameWidth())

    def offer(self, one: bool, several: bool, table: bool) -> None:
        """Offer to copy the numbers of this picture and of all, and to save them."""
        self._copy.setEnabled(one)
        self._all.setEnabled(several)
        self._table.setEnabled(table)

    def marked(self) -> str:
        """The part of the text that is marked, '' for none."""
        return self._text.textCursor().selection().toPlainText()

    @property
    def has_keys(self) -> bool:
        """Whether keys go to the text."""
        return self._text.hasFocus()

    def _make_text(self) -> QPlainTextEdit:
        text = QPlainTextEdit(self)
        text.setObjectName("pictureText")
        text.setAccessibleName("Numbers of this picture")
        text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        text.setTabChangesFocus(True)
        font = text.font()
        font.setPointSizeF(font.pointSizeF() * _SCALE)
        text.setFont(font)
        text.document().setDocumentMargin(_MARGIN_PX)
        return text

    def _button(self, name: str, text: str, tip: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(f"picture{name}Button")
        button.setToolTip(tip)
        button.setAutoDefault(False)
        set_look(button, "look", "slim")
        self._row.addWidget(button)
        return button

"""What can be said of the selected boxes by the mouse."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from qtdigits.ui.views.card import set_look

_DIGIT: Final = QSize(27, 30)
_PADDING_PX: Final = 20


class BoxBar(QWidget):
    """Ten digit buttons and a few more, of use while a box is selected.

    Signals:
        labelled(int): the selected boxes hold this digit
        removed(): they hold no digit
        joined(): they are one digit
        split(): the selected box is two digits
        added(): there is a digit that has no box
    """

    labelled = Signal(int)
    removed = Signal()
    joined = Signal()
    split = Signal()
    added = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        words = QLabel("It is", self)
        words.setProperty("role", "muted")
        self._row.addWidget(words)
        self._digits = [self._digit_button(digit) for digit in range(10)]
        self._row.addSpacing(6)
        self._remove = self._button("Remove", "No digit", "The selected boxes hold no digit (Del)")
        self._row.addStretch(1)
        self._join = self._button(
            "Join",
            "Join",
            "The selected boxes, or this one and the next of its number, are one digit (J)",
        )
        self._split = self._button(
            "Split", "Split", "This box is two digits (S); double-click a box to say where"
        )
        self._add = self._button(
            "Add", "Add box", "Another digit is here (N); or draw a box with the mouse"
        )
        self._remove.clicked.connect(self.removed)
        self._join.clicked.connect(self.joined)
        self._split.clicked.connect(self.split)
        self._add.clicked.connect(self.added)
        self.show_selection(0, can_join=False, can_add=False)

    def show_selection(self, count: int, can_join: bool, can_add: bool) -> None:
        """Offer what can be done with so many boxes."""
        for button in (*self._digits, self._remove):
            button.setEnabled(count > 0)
        self._join.setEnabled(can_join)
        self._split.setEnabled(count == 1)
        self._add.setEnabled(can_add)

    def _digit_button(self, digit: int) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"boxDigit{digit}")
        button.setText(str(digit))
        button.setToolTip(f"The selected boxes hold {digit} (key {digit})")
        button.setFixedSize(_DIGIT)
        set_look(button, "look", "digit")
        button.clicked.connect(partial(self.labelled.emit, digit))
        self._row.addWidget(button)
        return button

    def _button(self, name: str, text: str, tip: str) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(f"box{name}Button")
        button.setText(text)
        button.setToolTip(tip)
        set_look(button, "look", "digit")
        button.setMinimumSize(
            self.fontMetrics().horizontalAdvance(text) + _PADDING_PX, _DIGIT.height()
        )
        self._row.addWidget(button)
        return button

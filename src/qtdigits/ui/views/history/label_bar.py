"""What can be done with the selected drawings by the mouse."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from qtdigits.ui.views.card import set_look

_DIGIT: Final = QSize(27, 30)


class LabelBar(QWidget):
    """Ten digit buttons and a few more; all are off while nothing is selected.

    Signals:
        labelled(int | None): the selected drawings show this digit; None: take their labels away
        agreed(): the answers to them are right
        deleted(): they are to go
        restored(): they are to come back from the deleted ones
        forgotten(): they are to go for good
        opened(): the one selected is to come onto the paper
    """

    labelled = Signal(object)
    agreed = Signal()
    deleted = Signal()
    restored = Signal()
    forgotten = Signal()
    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        words = QLabel("It is", self)
        words.setProperty("role", "muted")
        self._row.addWidget(words)
        self._digits = [self._digit_button(digit) for digit in range(10)]
        self._unlabel = self._digit_button(None)
        self._labelling: list[QWidget] = [words, *self._digits]
        self._row.addSpacing(6)
        self._agree = self._button("Agree", "Read right", "The answers are right (Enter)")
        self._row.addStretch(1)
        self._open = self._button("Open", "Open", "Onto the paper, to go on drawing (Space)")
        self._delete = self._button("Delete", "Delete", "They can be brought back (Del)")
        self._restore = self._button("Restore", "Restore", "Bring them back")
        self._forget = self._button("Forget", "Delete for good…", "They cannot come back then")
        self._agree.clicked.connect(self.agreed)
        self._open.clicked.connect(self.opened)
        self._delete.clicked.connect(self.deleted)
        self._restore.clicked.connect(self.restored)
        self._forget.clicked.connect(self.forgotten)
        self.show_selection(0, False)

    def show_selection(self, count: int, are_deleted: bool) -> None:
        """Offer what can be done with so many drawings, which lie among the deleted ones or not."""
        for part in (*self._labelling, self._agree, self._unlabel, self._open, self._delete):
            part.setVisible(not are_deleted)
        for part in (self._restore, self._forget):
            part.setVisible(are_deleted)
        for button in (
            *(*self._digits, self._agree, self._unlabel, self._delete),
            *(self._restore, self._forget),
        ):
            button.setEnabled(count > 0)
        self._open.setEnabled(count == 1)

    def _digit_button(self, digit: int | None) -> QToolButton:
        """A button that says what the drawings are; None takes their labels away."""
        button = QToolButton(self)
        button.setObjectName("historyNoDigit" if digit is None else f"historyDigit{digit}")
        button.setText("–" if digit is None else str(digit))
        button.setToolTip(
            "Take the labels of the selected drawings away"
            if digit is None
            else f"The selected drawings show {digit} (key {digit})"
        )
        button.setFixedSize(_DIGIT)
        set_look(button, "look", "digit")
        button.clicked.connect(_emitter(self.labelled.emit, digit))
        self._row.addWidget(button)
        return button

    def _button(self, name: str, text: str, tip: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(f"history{name}Button")
        button.setToolTip(tip)
        button.setAutoDefault(False)
        self._row.addWidget(button)
        return button


def _emitter(emit: Callable[[object], None], value: int | None) -> Callable[[], None]:
    return lambda: emit(value)

"""A choice of few, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QToolButton,
    QWidget,
)

from qtdigits.core.settings import Choice


class Segments(QFrame):
    """One button a choice, one of them down.

    Signals:
        chosen(str): the person picked this value.
    """

    chosen = Signal(str)

    def __init__(self, choices: Sequence[Choice], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values = [choice.value for choice in choices]
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(3, 3, 3, 3)
        row.setSpacing(2)
        for number, choice in enumerate(choices):
            button = self._make_button()
            button.setObjectName(f"{choice.value}Segment")
            button.setText(choice.title)
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            button.toggled.connect(partial(_take_focus_if, button))
            self._group.addButton(button, number)
            row.addWidget(button, 1)
        self._group.idClicked.connect(self._on_clicked)

    def value(self) -> str:
        """The value whose button is down; '' before the first one was set."""
        number = self._group.checkedId()
        return self._values[number] if number >= 0 else ""

    def set_value(self, value: str) -> None:
        """Press the button of a value; raises ValueError for one that is not there."""
        self._group.button(self._values.index(value)).setChecked(True)

    def buttons(self) -> list[QAbstractButton]:
        return self._group.buttons()

    def _make_button(self) -> QAbstractButton:
        return QToolButton(self)

    def _on_clicked(self, number: int) -> None:
        self.chosen.emit(self._values[number])


def _take_focus_if(button: QAbstractButton, checked: bool) -> None:
    """The Tab key goes to the button that is down; the arrow keys go on from there."""
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if checked else Qt.FocusPolicy.ClickFocus)

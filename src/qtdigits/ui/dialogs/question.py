"""A question that stops nothing: the window goes on while it is open."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QAbstractButton, QMessageBox, QWidget

from qtdigits.ui.plain_text import make_plain


@dataclass(frozen=True, slots=True)
class Answer:
    """One button: the name of its object, and the words on it."""

    name: str
    words: str


class Question(QMessageBox):
    """Asks once and is gone. The harmless answer is the one of Enter, Escape and the close button.

    Signals:
        answered(str): the name of the answer
    """

    answered = Signal(str)

    def __init__(
        self,
        title: str,
        question: str,
        details: str,
        answers: tuple[Answer, ...],
        harmless: Answer,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setIcon(QMessageBox.Icon.Question)
        self.setWindowTitle(title)
        self.setText(question)
        self.setInformativeText(details)
        make_plain(self)
        for answer in answers:
            button = self.addButton(answer.words, QMessageBox.ButtonRole.DestructiveRole)
            button.setObjectName(answer.name)
        stay = self.addButton(harmless.words, QMessageBox.ButtonRole.RejectRole)
        stay.setObjectName(harmless.name)
        self.setDefaultButton(stay)
        self.setEscapeButton(stay)
        self.buttonClicked.connect(self._on_clicked)

    def showEvent(self, event: QShowEvent) -> None:
        # The style sheet's least width of a button is no width for its words, and a message box
        # is made no wider than it must be.
        for button in self.buttons():
            button.ensurePolished()
            button.setMinimumWidth(button.sizeHint().width())
        super().showEvent(event)

    def dismiss(self) -> None:
        """Take the question back: there is nothing left to decide."""
        self.hide()
        self.deleteLater()

    def _on_clicked(self, button: QAbstractButton) -> None:
        self.answered.emit(button.objectName())
        self.deleteLater()

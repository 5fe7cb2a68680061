"""The line below a training: what is said of it, and the buttons that fit how far it is."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from qtdigits.ui.views.card import set_look


class RunStage(Enum):
    """How far a training is."""

    SETUP = auto()
    RUNNING = auto()
    ENDING = auto()
    RESULT = auto()


class RunButtons(QWidget):
    """Shows the buttons of a stage; each says what it does, and is connected by whoever owns it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._note = QLabel(self)
        self._note.setObjectName("trainingNote")
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self._note.setWordWrap(True)
        self.discard = self._button("discardButton", "Discard", "Throw the new network away")
        self.keep = self._button(
            "keepButton",
            "Keep it for later",
            "Put it into the library; the network in use goes on reading",
        )
        self.use = self._button(
            "useButton",
            "Use it",
            "Read your drawings with it from now on; the one before stays in the library",
            primary=True,
        )
        self.cancel = self._button(
            "cancelButton", "Cancel and throw away", "End the training, and keep nothing of it"
        )
        self.stop = self._button(
            "stopButton",
            "Stop and keep the best",
            "End the training early, and measure the best network so far",
        )
        self.start = self._button(
            "startButton",
            "Start training",
            "Train in the background; you can go on drawing",
            primary=True,
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self._note, 1)
        for button in (self.discard, self.keep, self.use, self.cancel, self.stop, self.start):
            row.addWidget(button)

    def show_stage(self, stage: RunStage) -> None:
        """Offer what can be done now."""
        is_over = stage is RunStage.RESULT
        is_on = stage in (RunStage.RUNNING, RunStage.ENDING)
        for button in (self.use, self.keep, self.discard):
            button.setVisible(is_over)
            button.setEnabled(is_over)
        self.start.setVisible(stage is RunStage.SETUP)
        self.stop.setVisible(is_on)
        self.stop.setEnabled(stage is RunStage.RUNNING)
        self.cancel.setVisible(is_on)
        self.cancel.setEnabled(is_on)

    def say(self, sentence: str, tone: str = "") -> None:
        """Say something of the training; tone: '', 'good' or 'bad'."""
        self._note.setText(sentence)
        set_look(self._note, "tone", tone)

    def _button(self, name: str, text: str, tip: str, *, primary: bool = False) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setToolTip(tip)
        button.setAutoDefault(False)
        if primary:
            set_look(button, "look", "primary")
        return button

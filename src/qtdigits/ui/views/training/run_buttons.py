"""The line below a training: what is said of it, and the buttons that fit how far it is."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtWidgets import QHBoxLayout, QWidget

from qtdigits.ui.views.card import set_look
from qtdigits.ui.views.parts import label, push_button


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
        self._note = label()
        self._note.setObjectName("trainingNote")
        self.discard = push_button("discardButton", "Discard", "Throw the new network away", self)
        self.keep = push_button(
            "keepButton",
            "Keep it for later",
            "Put it into the library; the network in use goes on reading",
            self,
        )
        self.use = push_button(
            "useButton",
            "Use it",
            "Read your drawings with it from now on; the one before stays in the library",
            self,
            "primary",
        )
        self.cancel = push_button(
            "cancelButton",
            "Cancel and throw away",
            "End the training, and keep nothing of it",
            self,
        )
        self.stop = push_button(
            "stopButton",
            "Stop and keep the best",
            "End the training early, and measure the best network so far",
            self,
        )
        self.start = push_button(
            "startButton",
            "Start training",
            "Train in the background; you can go on drawing",
            self,
            "primary",
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

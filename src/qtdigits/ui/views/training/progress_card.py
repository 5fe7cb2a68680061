"""How it goes: two curves, the progress bar and the words around it."""

from __future__ import annotations

import math
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from qtdigits.core.training import EpochFinished, TrainingProgress, TrainingStarted
from qtdigits.core.training_plan import duration_words
from qtdigits.ui.theme_colors import Theme
from qtdigits.ui.views.card import Card, set_look
from qtdigits.ui.views.training.curve_plot import CurvePlot

_STEPS: Final = 1000
_BOTH_PX: Final = 300
"""In a lower card one curve is readable and two are not: the accuracy stays."""
_LINES: Final = (
    "Heavy: digits kept back for validation. Thin: those it learns from, made harder by varying "
    "them and by dropout."
)
_LOSS: Final = "Softened labels and scribbles keep the thin line of the loss above the heavy one."
_BEFORE: Final = "The curves will appear here"
_IDLE: Final = "Nothing is being trained"


class ProgressCard(Card):
    """Follows one run from event to event."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._epochs: list[EpochFinished] = []
        self.accuracy = CurvePlot("Accuracy", theme, self)
        self.loss = CurvePlot("Loss", theme, self)
        self.accuracy.setToolTip(f"<p>{_LINES}</p>")
        self.loss.setToolTip(f"<p>{_LINES} {_LOSS}</p>")
        self._state = QLabel(_BEFORE, self)
        self._state.setProperty("role", "title")
        self._state.setTextFormat(Qt.TextFormat.PlainText)
        self._state.setWordWrap(True)
        self._pace = QLabel(self)
        self._pace.setProperty("role", "muted")
        self._bar = QProgressBar(self)
        self._bar.setObjectName("progressBar")
        self._bar.setAccessibleName("Progress of the training")
        self._bar.setRange(0, _STEPS)
        self._bar.setValue(0)
        self._bar.setTextVisible(False)
        words = QHBoxLayout()
        words.addWidget(self._state)
        words.addStretch(1)
        words.addWidget(self._pace)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(8)
        column.addWidget(self.accuracy, 1)
        column.addWidget(self.loss, 1)
        column.addLayout(words)
        column.addWidget(self._bar)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.loss.setVisible(self.height() >= _BOTH_PX)

    def show_idle(self) -> None:
        """No run goes on; the curves of the last one stay."""
        self._end(_IDLE)

    def show_preparing(self, epochs: int) -> None:
        """The child was started; nothing is known yet."""
        self._epochs.clear()
        self._clear_curves(epochs)
        self._say("Getting the images ready…")
        self._bar.setRange(0, 0)  # a bar that only says: something goes on

    def show_started(self, event: TrainingStarted) -> None:
        self._clear_curves(event.epochs)
        self._bar.setRange(0, _STEPS)
        self._bar.setValue(0)
        self._say(
            f"Epoch 1 of {event.epochs}",
            f"{event.training:,} images · {event.parameters:,} parameters",
        )

    def show_progress(self, event: TrainingProgress) -> None:
        self._bar.setRange(0, _STEPS)
        part = event.done / event.of if event.of else 0.0
        self._bar.setValue(round(_STEPS * (event.epoch - 1 + part) / max(event.epochs, 1)))
        pace = f"{event.samples_per_second:,.0f} images/s"
        if event.seconds_left is not None:
            pace += f" · {duration_words(event.seconds_left)} left"
        self._say(f"Epoch {event.epoch} of {event.epochs}", pace)

    def show_epoch(self, event: EpochFinished) -> None:
        self._epochs.append(event)
        self.accuracy.show_curves(
            [one.accuracy for one in self._epochs],
            [one.validation_accuracy for one in self._epochs],
            f"validation {event.validation_accuracy * 100:.2f}\u202f%",
        )
        loss = event.validation_loss
        self.loss.show_curves(
            [one.loss for one in self._epochs],
            [one.validation_loss for one in self._epochs],
            f"validation {loss:.3f}" if math.isfinite(loss) else "not a number",
        )
        self._bar.setRange(0, _STEPS)
        self._bar.setValue(round(_STEPS * event.epoch / max(event.epochs, 1)))

    def show_stopping(self) -> None:
        self._say("Stopping, and measuring the best so far…")

    def show_cancelling(self) -> None:
        self._say("Throwing it away…")

    def show_cancelled(self) -> None:
        self._end("Thrown away. The network you had is as it was.")

    def show_failed(self, sentence: str) -> None:
        self._end(sentence, "bad")

    def set_theme(self, theme: Theme) -> None:
        self.accuracy.set_theme(theme)
        self.loss.set_theme(theme)

    def _clear_curves(self, epochs: int) -> None:
        self.accuracy.begin(epochs)
        self.loss.begin(epochs)

    def _end(self, sentence: str, tone: str = "") -> None:
        self._bar.setRange(0, _STEPS)
        self._bar.setValue(0)
        self._say(sentence, tone=tone)

    def _say(self, state: str, pace: str = "", tone: str = "") -> None:
        self._state.setText(state)
        # A sentence has no pace beside it and may need two lines; 'Epoch 3 of 10' never does.
        self._state.setWordWrap(not pace)
        set_look(self._state, "tone", tone)
        self._pace.setText(pace)
        self._pace.setVisible(bool(pace))

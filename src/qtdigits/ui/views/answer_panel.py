"""The answer in large and in words."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from qtdigits.core.network_status import NetworkState, NetworkStatus
from qtdigits.core.prediction import Prediction, Verdict
from qtdigits.core.reading import Reading
from qtdigits.core.request import Result
from qtdigits.core.wording import (
    confidence_words,
    number_verdict_words,
    percentage,
    verdict_words,
)
from qtdigits.ui.theme_colors import Theme
from qtdigits.ui.views.answer_label import AnswerLabel, AnswerTone
from qtdigits.ui.views.answer_words import AnswerWords
from qtdigits.ui.views.card import Card

_PATIENCE_MS: Final = 200
"""An answer that comes sooner than this follows the pen without a flicker in between."""

_DIGIT_WIDTH: Final = 0.62
"""The place of a digit, as a share of the panel's height."""

_NUMBER_WIDTH: Final = 0.44
"""The place of a number, as a share of the panel's width."""

_TONES: Final = {
    Verdict.DIGIT: AnswerTone.SURE,
    Verdict.UNSURE: AnswerTone.UNSURE,
    Verdict.NOT_A_DIGIT: AnswerTone.NO_DIGIT,
    Verdict.EMPTY: AnswerTone.NOTHING,
}
_IDLE: Final = {
    NetworkState.LOADING: ("Write a digit", "With the mouse, a pen or a finger."),
    NetworkState.READY: ("Write a digit", "With the mouse, a pen or a finger."),
    NetworkState.FAILED: ("No answers now", "The state in the tool bar says why."),
}
_WAITING: Final = {
    NetworkState.LOADING: ("One moment", "The network is loading. Your answer comes after that."),
    NetworkState.READY: ("Reading…", "The answer comes in a moment."),
    NetworkState.FAILED: _IDLE[NetworkState.FAILED],
}

_HOW_TO_CORRECT: Final = (
    "A digit key says what you wrote, Enter that it was read right.\n"
    "Without a keyboard: menu Edit, Right Digit."
)
_HOW_TO_CORRECT_A_NUMBER: Final = (
    "Click a digit, or go to it with the arrow keys; then press the right one.\n"
    "Enter says that all were read right. To join, split or cut digits: menu Edit, Number."
)


class AnswerPanel(Card):
    """Shows the latest prediction; while the next is computed the last one stays, dimmed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = NetworkState.LOADING
        self._result: Result | None = None
        self._pending = False
        self._label: int | None = None
        self._digit = AnswerLabel(theme, self)
        self._words = AnswerWords(self)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(self._on_patience_ended)

        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(18)
        row.addWidget(self._digit)
        row.addWidget(self._words, 1)
        self._refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def set_theme(self, theme: Theme) -> None:
        self._digit.set_theme(theme)

    def show_result(self, result: Result) -> None:
        """Show an answer at its full strength."""
        self._patience.stop()
        self._pending = False
        self._result = result
        self._refresh()

    def show_label(self, label: int | None) -> None:
        """Show what the person says that the digit looked at is; None before they said anything."""
        self._label = label
        self._refresh()

    def show_pending(self) -> None:
        """Say, unless the answer is quick, that it is being computed."""
        if not self._pending:
            self._pending = True
            self._patience.start()

    def show_empty(self) -> None:
        """Ask for a digit."""
        self._patience.stop()
        self._pending = False
        self._result = None
        self._refresh()

    def show_status(self, status: NetworkStatus) -> None:
        """Take the network's state into account where there is no answer to show."""
        self._state = status.state
        if not self._patience.isActive():
            self._refresh()

    def _on_patience_ended(self) -> None:
        self._refresh()

    def _refresh(self) -> None:
        result = self._result
        stale = self._pending and result is not None
        unsure = False
        if result is None:
            self._digit.show_answer("", AnswerTone.NOTHING)
            verdict, details = (_WAITING if self._pending else _IDLE)[self._state]
            if self._label is not None:
                details = f"You said {self._label}; that is kept with the drawing."
            tip = ""
        elif len(result.reading) > 1:
            tone = _number_tone(result.reading)
            self._digit.show_answer(result.reading.text, tone)
            verdict, unsure = number_verdict_words(result.reading), tone is AnswerTone.UNSURE
            share = f"{percentage(result.reading.confidence)} for all"
            details = f"{share}\n{self._said(result) or 'Wrong? Click it.'}"
            tip = _HOW_TO_CORRECT_A_NUMBER
        else:
            prediction = result.prediction
            self._digit.show_answer(prediction.text, _TONES[prediction.verdict])
            verdict, unsure = verdict_words(prediction), prediction.verdict is Verdict.UNSURE
            how = self._said(result) or _correction(prediction)
            details = f"{confidence_words(prediction)}\n{how}".strip()
            tip = _HOW_TO_CORRECT
        self._make_room()
        self._digit.set_stale(stale)
        self._words.show_words(verdict, details, tip)
        self._words.set_look(unsure=unsure, stale=stale)

    def _make_room(self) -> None:
        """A number needs more width than a digit, and its words less."""
        many = self._result is not None and len(self._result.reading) > 1
        digit = self.height() * _DIGIT_WIDTH
        number = max(self.width() * _NUMBER_WIDTH, digit)
        self._digit.setFixedWidth(round(number if many else digit))
        self._words.set_wrapping(many)

    def _said(self, result: Result) -> str:
        """What the person said of the digit looked at, '' if nothing."""
        if self._label is None:
            return ""
        if result.prediction.text == str(self._label):
            return f"Right: you said {self._label}."
        return f"You said {self._label}."


def _correction(prediction: Prediction) -> str:
    """How a person says what the digit is."""
    sure = prediction.verdict is Verdict.DIGIT
    return "Wrong? Press the right digit." if sure else "Press the right digit."


def _number_tone(reading: Reading) -> AnswerTone:
    if not reading.text:
        return AnswerTone.NO_DIGIT
    return AnswerTone.SURE if reading.verdict is Verdict.DIGIT else AnswerTone.UNSURE

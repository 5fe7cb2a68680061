"""What the network sees: the digit image, and a sentence about it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from qtdigits.core.raster import DigitImage
from qtdigits.ui.views.card import Card
from qtdigits.ui.views.network_input_view import NetworkInputView

_MARGIN_PX: Final = 16
_GAP_PX: Final = 14
_NUMBERS: Final = "28\u00a0×\u00a028 numbers"
_EMPTY: Final = f"Your drawing will appear here, as the {_NUMBERS} that the network is given."
_NORMALISED: Final = "moved to the middle, at one size and one pen width"
_SENTENCE: Final = f"Your drawing as {_NUMBERS}: {_NORMALISED}."
_SENTENCE_OF_A_NUMBER: Final = f"The digit looked at, as {_NUMBERS}: {_NORMALISED}."


class NetworkInputCard(Card):
    """The picture beside its sentence, or above it where there is height for a large picture."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = NetworkInputView(self)
        self._words = QWidget(self)
        title = self._title = QLabel("What the network sees", self._words)
        title.setProperty("role", "title")
        title.setWordWrap(True)
        sentence = self._sentence = QLabel(_EMPTY, self._words)
        sentence.setProperty("role", "small")
        sentence.setWordWrap(True)
        column = QVBoxLayout(self._words)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addStretch(1)
        column.addWidget(title)
        column.addWidget(sentence)
        column.addStretch(1)

    def image(self) -> DigitImage | None:
        """The array on show, or None."""
        return self._view.image()

    def set_image(self, image: DigitImage | None, of_number: bool = False) -> None:
        """Show the array that the network was given, or None for nothing.

        of_number: it is one digit of several.
        """
        self._view.set_image(image)
        shown = _SENTENCE_OF_A_NUMBER if of_number else _SENTENCE
        self._sentence.setText(_EMPTY if image is None else shown)

    def sizeHint(self) -> QSize:
        return QSize(320, 4 * 28 + 2 * _MARGIN_PX)

    def minimumSizeHint(self) -> QSize:
        lines = 5 * self.fontMetrics().lineSpacing()
        return QSize(280, max(3 * 28, lines) + 2 * (_MARGIN_PX - 6))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the two by hand: a square that follows the card's height fits no layout."""
        super().resizeEvent(event)
        inner = self.rect().adjusted(_MARGIN_PX, _MARGIN_PX, -_MARGIN_PX, -_MARGIN_PX)
        if inner.height() < 4 * 28:
            inner = self.rect().adjusted(_MARGIN_PX, 10, -_MARGIN_PX, -10)
        words_height = self._words.heightForWidth(inner.width())
        side_above = min(inner.width(), inner.height() - words_height - _GAP_PX)
        side = min(inner.height(), inner.width() * 9 // 20)
        if side_above > side * 5 // 4:
            self._align(Qt.AlignmentFlag.AlignHCenter)
            top = inner.top() + (inner.height() - side_above - _GAP_PX - words_height) // 2
            left = inner.left() + (inner.width() - side_above) // 2
            self._view.setGeometry(left, top, side_above, side_above)
            self._words.setGeometry(
                inner.left(), top + side_above + _GAP_PX, inner.width(), words_height
            )
            return
        self._align(Qt.AlignmentFlag.AlignLeft)
        top = inner.top() + (inner.height() - side) // 2
        self._view.setGeometry(inner.left(), top, side, side)
        left = inner.left() + side + _GAP_PX
        self._words.setGeometry(QRect(left, inner.top(), inner.right() - left + 1, inner.height()))

    def _align(self, alignment: Qt.AlignmentFlag) -> None:
        for label in (self._title, self._sentence):
            label.setAlignment(alignment | Qt.AlignmentFlag.AlignTop)

"""The window's middle: the paper, the cards at its right and the film strip below."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from qtdigits.ui.views.card import Card
from qtdigits.ui.views.text_scale import text_scale

_MARGIN_PX: Final = 16
_TIGHT_MARGIN_PX: Final = 10
_LOW_PX: Final = 590
"""Below this height the strip lies under the paper only, and the cards get the whole height."""

_SIDE_MIN_PX: Final = 348
_SIDE_MAX_PX: Final = 470
_SIDE_SHARE: Final = 0.26
_SIDE_MIN_LOW_PX: Final = 316
_WORDS_BELOW_PX: Final = 90
"""Room for the sentence below a digit image that is as wide as the cards."""

_PAPER_MIN: Final = QSize(220, 180)
_STRIP_PX: Final = 116
_STRIP_LOW_PX: Final = 96


class Workspace(QWidget):
    """Arranges its parts by the room there is; it knows nothing of what they show."""

    def __init__(
        self,
        paper: QWidget,
        answer: QWidget,
        probabilities: QWidget,
        network_input: QWidget,
        history: QWidget,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._paper = paper
        self._history = history
        self._network_input = network_input
        paper.setMinimumSize(_PAPER_MIN)
        paper.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._bars = Card()
        bars_layout = QVBoxLayout(self._bars)
        bars_layout.setContentsMargins(18, 10, 18, 10)
        bars_layout.addWidget(probabilities)
        self._side = QWidget(self)
        self._column = QVBoxLayout(self._side)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(answer, 12)
        self._column.addWidget(self._bars, 20)
        self._column.addWidget(network_input, 14)
        self._column.addStretch(0)
        self._answer = answer
        self._grid = QGridLayout(self)
        self._grid.setColumnStretch(0, 1)
        self._grid.setRowStretch(0, 1)
        self._is_low: bool | None = None
        self._arrange()

    def set_network_input_shown(self, shown: bool) -> None:
        """Show or hide the card with the digit image."""
        self._network_input.setVisible(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()
        super().resizeEvent(event)

    def _needed_height(self) -> int:
        """What the wide arrangement needs at least: more than usual where the font is large."""
        return self._column.minimumSize().height() + self._grown(_STRIP_PX) + 3 * _MARGIN_PX

    def _grown(self, pixels: int) -> int:
        """What holds text, with as much more room as a large font needs."""
        return round(pixels * text_scale(self))

    def _arrange(self) -> None:
        low = self.height() < max(_LOW_PX, self._needed_height())
        smallest = self._grown(_SIDE_MIN_LOW_PX if low else _SIDE_MIN_PX)
        largest = self._grown(_SIDE_MAX_PX)
        width = min(max(round(self.width() * _SIDE_SHARE), smallest), largest)
        self._side.setFixedWidth(width)
        # The answer and the bars grow a little with the window, the digit image takes the rest.
        answer, bars = self._grown(100 if low else 128), self._grown(220)
        self._answer.setMaximumHeight(max(answer, min(self.height() // 6, 190)))
        self._bars.setMaximumHeight(max(bars, min(self.height() // 3, 400)))
        self._network_input.setMaximumHeight(width + _WORDS_BELOW_PX)
        if low == self._is_low:
            return
        self._is_low = low
        margin = _TIGHT_MARGIN_PX if low else _MARGIN_PX
        self._grid.setContentsMargins(margin, margin, margin, margin)
        self._grid.setSpacing(margin)
        self._column.setSpacing(margin)
        self._history.setFixedHeight(self._grown(_STRIP_LOW_PX if low else _STRIP_PX))
        for part in (self._paper, self._side, self._history):
            self._grid.removeWidget(part)
        self._grid.addWidget(self._paper, 0, 0)
        self._grid.addWidget(self._side, 0, 1, 2 if low else 1, 1)
        self._grid.addWidget(self._history, 1, 0, 1, 1 if low else 2)

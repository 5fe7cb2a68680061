"""The running score: how often the program was right on a person's drawings."""

from __future__ import annotations

import math
from typing import Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from qtdigits.core.store.score import Score, Share
from qtdigits.ui.theme_colors import Theme
from qtdigits.ui.views.card import Card
from qtdigits.ui.views.history.score_bars import ScoreBars
from qtdigits.ui.views.history.score_chart import ScoreChart

_CHART_ROOM_PX: Final = 250
"""Below this, beside the bars, the chart over time has no place."""

_NOTHING: Final = "No score yet"
_HOW: Final = (
    "Label some drawings: a digit key says what was written, Enter that it was read right."
)


class ScoreCard(Card):
    """Shows a Score: in a sentence, by digit, and over time."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = QLabel(self)
        self._whole.setObjectName("scoreLabel")
        self._whole.setProperty("role", "heading")
        self._about = QLabel(self)
        self._about.setObjectName("scoreWords")
        self._about.setProperty("role", "muted")
        self._about.setWordWrap(True)
        self._bars = ScoreBars(theme, self)
        self._over_time = QLabel("Over time", self)
        self._over_time.setProperty("role", "title")
        self._chart = ScoreChart(theme, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 14, 18, 14)
        column.setSpacing(4)
        column.addWidget(self._whole)
        column.addWidget(self._about)
        column.addSpacing(8)
        column.addWidget(self._bars)
        column.addSpacing(10)
        column.addWidget(self._over_time)
        column.addWidget(self._chart, 1)
        column.addStretch(0)
        self.show_score(Score())

    def show_score(self, score: Score) -> None:
        """Show how it stands."""
        share = score.whole.value
        if share is None:
            self._whole.setText(_NOTHING)
            self._about.setText(_HOW)
        else:
            n = score.whole.n
            self._whole.setText(f"{_percentage(score.whole)} read right")
            self._about.setText(f"of {n:,} labelled drawing{'s' if n > 1 else ''}")
        self._bars.set_shares(score.per_digit)
        self._chart.set_days(score.days)

    def resizeEvent(self, event: QResizeEvent) -> None:
        has_room = self.height() >= self._bars.sizeHint().height() + _CHART_ROOM_PX
        self._over_time.setVisible(has_room)
        self._chart.setVisible(has_room)
        super().resizeEvent(event)

    def set_theme(self, theme: Theme) -> None:
        self._bars.set_theme(theme)
        self._chart.set_theme(theme)


def _percentage(share: Share) -> str:
    """As exact as so many drawings allow; 100 % only where all were right."""
    digits = 1 if share.n >= 1000 else 0
    scale = 10**digits
    return f"{math.floor(100 * scale * share.right / share.n) / scale:.{digits}f}\u202f%"

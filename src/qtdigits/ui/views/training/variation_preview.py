"""What varying does to a digit of each kind, before a training is spent on it."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from qtdigits.core.preview_samples import COUNT
from qtdigits.core.random_variation import Variation, varied
from qtdigits.ui.views.card import set_look
from qtdigits.ui.views.training.sample_grid import SampleGrid

VARIED_ROWS: Final = 3
_DELAY_MS: Final = 60
"""Whoever holds down an arrow key sees it change, and the machine need not vary for each step."""
_LIMITS: Final = Variation()
_EMPTY: Final = "Choose digits to learn from, and see here how they are varied."
_NONE: Final = "At 0\u202f% the network sees every image as it is."


class VariationPreview(QWidget):
    """Some digits as they are, and below them varied anew by the strength chosen.

    Only what is on show is computed; the same draws are shown larger and smaller while the
    strength changes, and others when the person asks for them.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._samples: NDArray[np.uint8] = np.zeros((0, 28, 28), np.uint8)
        self._strength = 0.0
        self._seed = 0
        title = QLabel("How images are varied", self)
        title.setProperty("role", "muted")
        self._again = QPushButton("Vary again", self)
        self._again.setObjectName("varyAgainButton")
        self._again.setToolTip("Draw other changes, as every epoch of a training does")
        self._again.setAutoDefault(False)
        set_look(self._again, "look", "link")
        self._again.clicked.connect(self._on_again)
        self._grid = SampleGrid(1 + VARIED_ROWS, COUNT, self)
        self._grid.setObjectName("variationGrid")
        self._grid.setAccessibleName("Digits as they are, and varied below")
        self._grid.setToolTip(
            "<p>The first row shows digits as they are, the rows below what the network learns "
            "from instead: other changes in every epoch.</p>"
        )
        self._words = QLabel(self)
        self._words.setObjectName("variationWords")
        self._words.setProperty("role", "small")
        self._words.setWordWrap(True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DELAY_MS)
        self._timer.timeout.connect(self._refresh)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(title, 1)
        head.addWidget(self._again)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self._grid)
        column.addWidget(self._words)
        self._say()

    def set_samples(self, samples: NDArray[np.uint8]) -> None:
        """Digits to vary: uint8 (up to 10, 28, 28)."""
        self._samples = samples
        self._ask_for_refresh()

    def set_strength(self, strength: float) -> None:
        """strength: TrainingConfig.variation."""
        if strength != self._strength:
            self._strength = strength
            self._ask_for_refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    def _on_again(self) -> None:
        self._seed += 1
        self._refresh()

    def _ask_for_refresh(self) -> None:
        if self.isVisible():
            self._timer.start()

    def _refresh(self) -> None:
        self._timer.stop()
        rng = np.random.default_rng(self._seed)
        copies = np.tile(self._samples, (VARIED_ROWS, 1, 1))
        made = varied(copies, _LIMITS, self._strength, rng)
        rows = np.concatenate((self._samples, made))
        self._grid.setVisible(bool(len(self._samples)))
        self._grid.show_rows(rows.reshape(1 + VARIED_ROWS, len(self._samples), 28, 28))
        self._say()

    def _say(self) -> None:
        if not len(self._samples):
            self._words.setText(_EMPTY)
        else:
            self._words.setText(_in_words(self._strength) if self._strength else _NONE)
        self._again.setEnabled(bool(len(self._samples) and self._strength))


def _in_words(strength: float) -> str:
    """How far the changes go at most."""
    return (
        f"Each turned by up to {_LIMITS.rotation * strength:.0f}°, "
        f"leant {_LIMITS.slant * strength:.0f}°, moved {_LIMITS.shift * strength:.1f} px, "
        f"stretched {_LIMITS.stretch * strength * 100:.0f}\u202f%; bent, thicker or thinner; "
        "some of them blurred, paler or grainy."
    )

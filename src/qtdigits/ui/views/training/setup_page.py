"""What to learn from and how, on the left, and how it goes, on the right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from qtdigits.core.data_summary import DataSummary
from qtdigits.core.library import LibraryEntry
from qtdigits.core.preview_samples import SYNTHETIC, mixed, synthetic_samples
from qtdigits.core.training import (
    PRESETS,
    DrawingsWatched,
    EpochFinished,
    TrainingProgress,
    TrainingStarted,
)
from qtdigits.core.training_events import RunEvent
from qtdigits.core.training_plan import TrainingPlan, duration_words
from qtdigits.ui.canvas.ink_render import thumbnail
from qtdigits.ui.items.watched_model import WatchedModel
from qtdigits.ui.theme_colors import Theme
from qtdigits.ui.views.training.data_card import DataCard
from qtdigits.ui.views.training.progress_card import ProgressCard
from qtdigits.ui.views.training.recipe_card import RecipeCard
from qtdigits.ui.views.training.watched_card import WatchedCard

_GAP_PX: Final = 16
_BAR_PX: Final = 6
"""Room for a scroll bar beside the cards, as a part of the gap."""


class _Column(QScrollArea):
    """Scrolls up and down only, and so is never narrower than what is in it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("setupColumn")
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def minimumSizeHint(self) -> QSize:
        content = self.widget()
        width = content.minimumSizeHint().width() if content is not None else 0
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(width + bar, super().minimumSizeHint().height())


class SetupPage(QWidget):
    """Composes the cards and makes a TrainingPlan of what they say.

    Signals:
        changed(): the plan is another one
    """

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speeds: Mapping[str, float] = {}
        self._current: LibraryEntry | None = None
        self._samples: dict[str, NDArray[np.uint8]] = {}
        self.watched_model = WatchedModel(self)
        self.data = DataCard(theme)
        self.recipe = RecipeCard(theme)
        self.progress = ProgressCard(theme)
        self.watched = WatchedCard(self.watched_model, thumbnail, theme)
        title = QLabel("Train a network", self)
        title.setProperty("role", "heading")
        left = QWidget()
        left.setObjectName("scrolled")
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, _BAR_PX, 0)
        column.setSpacing(_GAP_PX)
        column.addWidget(self.data)
        column.addWidget(self.recipe)
        column.addStretch(1)
        self._left = _Column(self)
        self._left.setWidget(left)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(_GAP_PX - _BAR_PX)
        grid.setVerticalSpacing(14)
        grid.setColumnStretch(0, 8)
        grid.setColumnStretch(1, 9)
        grid.setRowStretch(1, 1)
        grid.addWidget(title, 0, 0, 1, 2)
        grid.addWidget(self._left, 1, 0, 2, 1)
        grid.addWidget(self.progress, 1, 1)
        grid.addWidget(self.watched, 2, 1)
        self.data.changed.connect(self._on_changed)
        self.recipe.changed.connect(self._on_changed)
        self.recipe.preview_wanted.connect(self._on_preview_wanted)
        self._on_changed()

    def plan(self) -> TrainingPlan:
        """What the cards say now."""
        current = self._current
        begins = self.recipe.begins_with_current() and current is not None
        return TrainingPlan(
            self.data.sources(),
            self.recipe.config(),
            current.path if begins and current is not None else None,
        )

    def problem(self) -> str:
        """Why the plan cannot be carried out yet, '' when it can."""
        if self.data.is_checking():
            return "Reading the file you chose…"
        return self.plan().problem()

    def estimate(self) -> str:
        """How long the plan will take, in a sentence."""
        return f"About {duration_words(self.plan().seconds(self._speeds))} on this computer."

    def set_current(self, entry: LibraryEntry) -> None:
        self._current = entry
        self._on_changed()

    def set_speeds(self, speeds: Mapping[str, float]) -> None:
        self._speeds = dict(speeds)
        self._on_changed()

    def show_summary(self, summary: DataSummary) -> None:
        """What a file was found to hold."""
        if summary.samples is not None and not summary.problem:
            self._samples[str(summary.path)] = summary.samples
        self.data.show_summary(summary)

    def set_editable(self, editable: bool) -> None:
        """While a run goes on its plan can be read and not changed."""
        self.data.set_editable(editable)
        self.recipe.setEnabled(editable)

    def show_event(self, event: RunEvent, *, is_ending: bool) -> None:
        """Show what a run says; one that is ending says so until its end."""
        match event:
            case TrainingStarted():
                self.progress.show_started(event)
            case TrainingProgress() if not is_ending:
                self.progress.show_progress(event)
            case EpochFinished():
                self.progress.show_epoch(event)
            case DrawingsWatched():
                self.watched_model.set_answers(event.answers)

    def set_theme(self, theme: Theme) -> None:
        for part in (self.data, self.recipe, self.progress, self.watched):
            part.set_theme(theme)

    def _on_changed(self) -> None:
        plan = self.plan()
        card = self._current.card if self._current is not None else None
        self.recipe.allow_current(card.network if card is not None else None)
        self.recipe.show_times(
            {
                name: duration_words(replace(plan, config=preset).seconds(self._speeds))
                for name, preset in PRESETS.items()
            }
        )
        self._show_samples(plan)
        self.changed.emit()

    def _on_preview_wanted(self) -> None:
        """The synthetic pen need not draw before there is somebody to see it."""
        if SYNTHETIC not in self._samples:
            self._samples[SYNTHETIC] = synthetic_samples()
            self._show_samples(self.plan())

    def _show_samples(self, plan: TrainingPlan) -> None:
        sources = [source.argument for source in plan.sources]
        self.recipe.show_samples(mixed(sources, self._samples))

"""How to learn: a preset with its time, and the numbers behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from qtdigits.core.settings import Choice
from qtdigits.core.training import PRESETS, TrainingConfig
from qtdigits.core.training_fields import FIELDS, FOLDED_FIELDS, TrainingField
from qtdigits.core.training_plan import preset_of
from qtdigits.ui.theme_colors import Theme
from qtdigits.ui.views.card import Card, set_look
from qtdigits.ui.views.choice_field import ChoiceField
from qtdigits.ui.views.preset_box import PresetBox
from qtdigits.ui.views.training.config_editor import ConfigEditor, make_editor
from qtdigits.ui.views.training.hint_line import HintLine
from qtdigits.ui.views.training.variation_preview import VariationPreview

_PRESETS: Final = (
    Choice("quick", "Quick"),
    Choice("balanced", "Balanced"),
    Choice("best", "Best"),
)
_MEANINGS: Final = {
    "quick": "A small network and images as they are: to see how it goes.",
    "balanced": "The network that ships, with varied images: for most purposes.",
    "best": "The same with many more epochs: when the last tenth of a per cent counts.",
    "": "Settings of your own. A preset brings back its own numbers.",
}
_BEGINNINGS: Final = (
    Choice("scratch", "From scratch"),
    Choice("current", "Current network"),
)
_BEGIN_HELP: Final = (
    "From scratch with random weights, or by teaching the current network on. "
    "The current network itself stays as it is."
)
_BEGIN_OTHER: Final = (
    "From scratch: only the architecture of the current network could be taught on, "
    "and another one is chosen above."
)
_MORE: Final = "More settings…"
_MORE_TIP: Final = "Optimiser, dropout, seed, and how the images are varied"
_LESS: Final = "Fewer settings"
_FIELD_PX: Final = 140


class RecipeCard(Card):
    """Shows and changes a TrainingConfig.

    Signals:
        changed(): the person, or a preset, made it another one
        preview_wanted(): the preview of varied images comes on show
    """

    changed = Signal()
    preview_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._config = PRESETS["quick"]
        self._showing = False
        title = QLabel("How", self)
        title.setProperty("role", "title")
        self._presets = PresetBox(_PRESETS, theme, self)
        self._presets.chosen.connect(self._on_preset_chosen)
        self._hint = HintLine(self)
        self._hint.setObjectName("hintLine")
        self._editors: dict[str, ConfigEditor] = {}
        self._always = QGridLayout()
        self._folded = QWidget(self)
        self._hidden = QGridLayout(self._folded)
        self._beginning = ChoiceField(_BEGINNINGS, theme, self)
        self._beginning.setObjectName("beginningField")
        self._beginning.setAccessibleName("Begin")
        self._beginning.currentIndexChanged.connect(self.changed)
        self._add_line(self._hidden, "Begin", self._beginning, _BEGIN_HELP)
        for grid, rows in ((self._always, FIELDS), (self._hidden, FOLDED_FIELDS)):
            grid.setContentsMargins(0, 0, 0, 0)
            grid.setVerticalSpacing(6)
            grid.setColumnStretch(0, 1)
            for row in rows:
                self._add_row(grid, row, theme)
        self._preview = VariationPreview(self._folded)
        self._preview.setObjectName("variationPreview")
        # Below the fields that it shows the meaning of.
        self._hidden.addWidget(self._preview, self._hidden.rowCount(), 0, 1, 2)
        self._fold = QPushButton(_MORE, self)
        self._fold.setObjectName("moreButton")
        self._fold.setToolTip(_MORE_TIP)
        self._fold.setAutoDefault(False)
        self._fold.setCheckable(True)
        set_look(self._fold, "look", "link")
        self._fold.toggled.connect(self._on_folded)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 10)
        column.setSpacing(8)
        column.addWidget(title)
        column.addWidget(self._presets)
        column.addLayout(self._always)
        column.addWidget(self._hint)
        column.addWidget(self._folded)
        column.addWidget(self._fold, 0, Qt.AlignmentFlag.AlignLeft)
        self._folded.hide()
        self.set_config(self._config)

    def config(self) -> TrainingConfig:
        return self._config

    def set_config(self, config: TrainingConfig) -> None:
        """Show a config, and the preset that it is."""
        self._config = config
        self._showing = True
        for editor in self._editors.values():
            editor.show_config(config)
        self._showing = False
        self._preview.set_strength(config.variation)
        preset = preset_of(config)
        self._hint.set_usual(_MEANINGS[preset])
        if preset:
            self._presets.set_value(preset)
        else:
            self._presets.clear_value()
        self.changed.emit()

    def begins_with_current(self) -> bool:
        """Whether to go on from the current network instead of random weights."""
        return self._beginning.value() == "current"

    def allow_current(self, network: str | None) -> None:
        """network: the architecture of the current network, which may be taught on; None if not.

        Only a network of the same architecture can lend its weights.
        """
        fits = network is not None and network == self._config.network
        if not fits:
            self._beginning.set_value("scratch")
        self._beginning.setEnabled(fits)
        self._explain(self._beginning, _BEGIN_HELP if fits else _BEGIN_OTHER)

    def show_samples(self, samples: NDArray[np.uint8]) -> None:
        """Digits of what is to be learnt from, uint8 (up to 10, 28, 28), to be shown varied."""
        self._preview.set_samples(samples)

    def show_times(self, times: Mapping[str, str]) -> None:
        """How long each preset takes, in words."""
        self._presets.set_notes(times)

    def set_theme(self, theme: Theme) -> None:
        self._presets.set_theme(theme)
        self._beginning.set_theme(theme)
        for editor in self._editors.values():
            editor.set_theme(theme)

    def _add_row(self, grid: QGridLayout, row: TrainingField, theme: Theme) -> None:
        editor = make_editor(row, theme, self)
        editor.edited.connect(self._on_edited)
        self._editors[row.key] = editor
        self._add_line(grid, row.title, editor.widget, row.explanation)

    def _add_line(self, grid: QGridLayout, title: str, widget: QWidget, help_: str) -> None:
        label = QLabel(title)
        label.setProperty("role", "muted")
        label.setBuddy(widget)
        label.setToolTip(f"<p>{help_}</p>")
        self._explain(widget, help_)
        widget.setMinimumWidth(_FIELD_PX)
        line = grid.rowCount()
        grid.addWidget(label, line, 0)
        grid.addWidget(widget, line, 1)

    def _explain(self, widget: QWidget, help_: str) -> None:
        widget.setToolTip(f"<p>{help_}</p>")
        widget.setAccessibleDescription(help_)
        self._hint.explain(widget, help_)

    def _on_edited(self, key: str, value: Any) -> None:  # noqa: ANN401 - of the field's own type
        if not self._showing:
            self.set_config(replace(self._config, **{key: value}))

    def _on_preset_chosen(self, value: str) -> None:
        self.set_config(replace(PRESETS[value], seed=self._config.seed))

    def _on_folded(self, open_: bool) -> None:
        if open_:
            self.preview_wanted.emit()
        self._folded.setVisible(open_)
        self._fold.setText(_LESS if open_ else _MORE)

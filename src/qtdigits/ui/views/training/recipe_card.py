"""How to learn: a preset with its time, and the numbers behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

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

_PRESETS: Final = (
    Choice("quick", "Quick"),
    Choice("balanced", "Balanced"),
    Choice("best", "Best"),
)
_BEGINNINGS: Final = (
    Choice("scratch", "From scratch"),
    Choice("current", "Current network"),
)
_MORE: Final = "More: optimiser, dropout, validation, seed…"
_LESS: Final = "Less"


class RecipeCard(Card):
    """Shows and changes a TrainingConfig.

    Signals:
        changed(): the person, or a preset, made it another one
    """

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._config = PRESETS["quick"]
        self._showing = False
        title = QLabel("How", self)
        title.setProperty("role", "title")
        self._presets = PresetBox(_PRESETS, theme, self)
        self._presets.chosen.connect(self._on_preset_chosen)
        self._editors: dict[str, ConfigEditor] = {}
        self._always = QGridLayout()
        self._folded = QWidget(self)
        self._hidden = QGridLayout(self._folded)
        for grid, rows in ((self._always, FIELDS), (self._hidden, FOLDED_FIELDS)):
            grid.setContentsMargins(0, 0, 0, 0)
            grid.setVerticalSpacing(6)
            grid.setColumnStretch(0, 1)
            for row in rows:
                self._add_row(grid, row, theme)
        self._beginning = ChoiceField(_BEGINNINGS, theme, self)
        self._beginning.setObjectName("beginningField")
        self._beginning.setAccessibleName("Begin")
        self._beginning.currentIndexChanged.connect(self.changed)
        self._add_line(
            self._hidden,
            "Begin",
            self._beginning,
            "From scratch with random weights, or by teaching the current network on. "
            "The current network itself stays as it is.",
        )
        self._fold = QPushButton(_MORE, self)
        self._fold.setObjectName("moreButton")
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
        preset = preset_of(config)
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
        self._add_line(grid, row.title, editor.widget, row.help)

    def _add_line(self, grid: QGridLayout, title: str, widget: QWidget, help_: str) -> None:
        label = QLabel(title)
        label.setProperty("role", "muted")
        label.setBuddy(widget)
        label.setToolTip(f"<p>{help_}</p>")
        widget.setToolTip(f"<p>{help_}</p>")
        widget.setMinimumWidth(150)
        line = grid.rowCount()
        grid.addWidget(label, line, 0)
        grid.addWidget(widget, line, 1)

    def _on_edited(self, key: str, value: Any) -> None:  # noqa: ANN401 - of the field's own type
        if not self._showing:
            self.set_config(replace(self._config, **{key: value}))

    def _on_preset_chosen(self, value: str) -> None:
        self.set_config(replace(PRESETS[value], seed=self._config.seed))

    def _on_folded(self, open_: bool) -> None:
        self._folded.setVisible(open_)
        self._fold.setText(_LESS if open_ else _MORE)

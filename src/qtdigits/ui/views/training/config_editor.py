"""Editors for the fields of a training config, one for each kind of field."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from qtdigits.core.training import TrainingConfig
from qtdigits.core.training_fields import FieldKind, TrainingField
from qtdigits.ui.theme_colors import Theme
from qtdigits.ui.views.choice_field import ChoiceField
from qtdigits.ui.views.number_field import RateField, ShareField, WholeField


class ConfigEditor(QObject):
    """Connects a widget with one field; the widget belongs to its parent.

    Signals:
        edited(str, object): the field with this key was given this value
    """

    edited = Signal(str, object)

    def __init__(self, row: TrainingField, widget: QWidget) -> None:
        super().__init__(widget)
        self.widget = widget
        self._key = row.key
        widget.setObjectName(f"{row.key}Field")
        widget.setAccessibleName(row.title)

    def show_config(self, config: TrainingConfig) -> None:
        """Show what a config says of the field."""
        raise NotImplementedError

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme where the style sheet cannot give them."""

    def _emit(self, value: object) -> None:
        self.edited.emit(self._key, value)


class _Whole(ConfigEditor):
    def __init__(self, row: TrainingField, parent: QWidget) -> None:
        low, high = row.range
        self._field = WholeField(int(low), int(high), parent)
        super().__init__(row, self._field)
        self._field.valueChanged.connect(self._emit)

    def show_config(self, config: TrainingConfig) -> None:
        self._field.setValue(getattr(config, self._key))


class _Share(ConfigEditor):
    def __init__(self, row: TrainingField, parent: QWidget) -> None:
        self._field = ShareField(*row.range, parent)
        super().__init__(row, self._field)
        self._field.valueChanged.connect(self._on_changed)

    def show_config(self, config: TrainingConfig) -> None:
        self._field.set_share(getattr(config, self._key))

    def _on_changed(self) -> None:
        self._emit(self._field.share())


class _Rate(ConfigEditor):
    def __init__(self, row: TrainingField, parent: QWidget) -> None:
        self._field = RateField(*row.range, parent)
        super().__init__(row, self._field)
        self._field.valueChanged.connect(self._emit)

    def show_config(self, config: TrainingConfig) -> None:
        self._field.setValue(getattr(config, self._key))


class _Choice(ConfigEditor):
    def __init__(self, row: TrainingField, theme: Theme, parent: QWidget) -> None:
        self._field = ChoiceField(row.choices, theme, parent)
        super().__init__(row, self._field)
        self._field.currentIndexChanged.connect(self._on_changed)

    def show_config(self, config: TrainingConfig) -> None:
        self._field.set_value(getattr(config, self._key))

    def set_theme(self, theme: Theme) -> None:
        self._field.set_theme(theme)

    def _on_changed(self) -> None:
        self._emit(self._field.value())


def make_editor(row: TrainingField, theme: Theme, parent: QWidget) -> ConfigEditor:
    """The editor for a row of the table, by its kind."""
    match row.kind:
        case FieldKind.WHOLE:
            return _Whole(row, parent)
        case FieldKind.SHARE:
            return _Share(row, parent)
        case FieldKind.RATE:
            return _Rate(row, parent)
        case FieldKind.CHOICE:
            return _Choice(row, theme, parent)

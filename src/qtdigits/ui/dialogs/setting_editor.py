"""The widget that edits one row of the settings table."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QWidget

from qtdigits.core.settings import Setting, SettingKind, SettingValue
from qtdigits.ui.theme_colors import Theme
from qtdigits.ui.views.segments import Segments
from qtdigits.ui.views.switch import Switch


class SettingEditor(QWidget):
    """Shows and changes one value.

    Signals:
        edited(object): the person gave the setting this value (bool, int or str).
    """

    edited = Signal(object)

    def __init__(self, row: Setting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"{row.key}Editor")
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)

    def show_value(self, value: SettingValue) -> None:
        """Show a value of the table; it counts as edited only if it is another one."""
        raise NotImplementedError

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme where the style sheet cannot give them."""


class SwitchEditor(SettingEditor):
    """A switch."""

    def __init__(self, row: Setting, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(row, parent)
        self._switch = Switch(theme, self)
        self._switch.setObjectName(f"{row.key}Switch")
        self._switch.setAccessibleName(row.title)
        self._switch.setAccessibleDescription(row.help)
        self._line.addWidget(self._switch)
        self._switch.toggled.connect(self.edited.emit)
        self.setFocusProxy(self._switch)

    def show_value(self, value: SettingValue) -> None:
        self._switch.setChecked(bool(value))

    def set_theme(self, theme: Theme) -> None:
        self._switch.set_theme(theme)


class NumberEditor(SettingEditor):
    """A slider with its number beside it."""

    def __init__(self, row: Setting, parent: QWidget | None = None) -> None:
        super().__init__(row, parent)
        self._unit = row.unit
        self._slider = QSlider(Qt.Orientation.Horizontal, self)
        self._slider.setObjectName(f"{row.key}Slider")
        self._slider.setAccessibleName(row.title)
        self._slider.setAccessibleDescription(row.help)
        self._slider.setRange(row.minimum, row.maximum)
        self._slider.setFixedWidth(140)
        self._number = QLabel(self)
        self._number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        widest = f"{row.maximum} {row.unit} "
        self._number.setMinimumWidth(self._number.fontMetrics().horizontalAdvance(widest) + 4)
        self._line.addWidget(self._slider)
        self._line.addWidget(self._number)
        self._slider.valueChanged.connect(self._on_moved)
        self.setFocusProxy(self._slider)

    def show_value(self, value: SettingValue) -> None:
        self._slider.setValue(int(value))
        self._number.setText(f"{int(value)} {self._unit}")

    def _on_moved(self, number: int) -> None:
        self._number.setText(f"{number} {self._unit}")
        self.edited.emit(number)


class ChoiceEditor(SettingEditor):
    """A few choices side by side."""

    def __init__(self, row: Setting, parent: QWidget | None = None) -> None:
        super().__init__(row, parent)
        self._segments = Segments(row.choices, self)
        self._segments.setAccessibleName(row.title)
        self._segments.setAccessibleDescription(row.help)
        self._line.addWidget(self._segments)
        self._segments.chosen.connect(self.edited.emit)

    def show_value(self, value: SettingValue) -> None:
        self._segments.set_value(str(value))


def make_editor(row: Setting, theme: Theme) -> SettingEditor:
    """The editor for a row of the table, by its kind."""
    match row.kind:
        case SettingKind.SWITCH:
            return SwitchEditor(row, theme)
        case SettingKind.NUMBER:
            return NumberEditor(row)
        case SettingKind.CHOICE:
            return ChoiceEditor(row)

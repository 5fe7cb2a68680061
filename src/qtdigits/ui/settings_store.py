"""The settings as the person left them, kept by QSettings and checked against the table."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QSettings, Signal

from qtdigits.core.settings import SETTINGS, SettingValue, setting
from qtdigits.core.settings_file import VERSION, VERSION_KEY, set_aside_unless_sound

_SETTINGS_GROUP = "settings"
_GEOMETRY_KEY = "window/geometry"
_SPEEDS_GROUP = "training_speeds"
_MNIST_KEY = "training/mnist"
_LONGEST_PATH = 4096
_SPEEDS = (1.0, 1e7)
"""What can be believed of a speed, images a second."""


def person_settings() -> tuple[QSettings, str]:
    """The file of the person's settings, and a sentence where an unusable one was set aside."""

    def opened(name: str) -> QSettings:
        scope = QSettings.Scope.UserScope
        return QSettings(QSettings.Format.IniFormat, scope, "qtdigits", name)

    # The place is asked of a neighbour that is not there: Qt reads a file as soon as it is named,
    # and waits without end where it is a pipe.
    beside = Path(opened("place").fileName())
    note = set_aside_unless_sound(beside.with_name(f"qtdigits{beside.suffix}"))
    return opened("qtdigits"), note


@dataclass(frozen=True, slots=True)
class SettingChange:
    """A setting that now has another value."""

    key: str
    value: SettingValue


class SettingsStore(QObject):
    """Owns the values of all settings; what a file holds is taken only if the table allows it.

    Without a writable file everything works, and is forgotten at the end.

    Signals:
        changed(SettingChange): after a value became another one.
    """

    changed = Signal(object)

    def __init__(self, settings: QSettings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._values: dict[str, SettingValue] = {
            row.key: row.parse(settings.value(f"{_SETTINGS_GROUP}/{row.key}")) for row in SETTINGS
        }

    def value(self, key: str) -> SettingValue:
        """The value of any setting; raises ValueError for an unknown key."""
        return self._values[setting(key).key]

    def switch(self, key: str) -> bool:
        """The value of a switch."""
        return bool(self.value(key))

    def number(self, key: str) -> int:
        """The value of a number."""
        return int(self.value(key))

    def choice(self, key: str) -> str:
        """The value of a choice."""
        return str(self.value(key))

    def values(self) -> dict[str, SettingValue]:
        """A copy of all values by key."""
        return dict(self._values)

    def set_value(self, key: str, value: SettingValue) -> None:
        """Change a setting; a value that the table does not allow becomes the default."""
        value = setting(key).parse(value)
        if value == self._values[key]:
            return
        self._values[key] = value
        self._settings.setValue(f"{_SETTINGS_GROUP}/{key}", value)
        self.changed.emit(SettingChange(key, value))

    def window_geometry(self) -> QByteArray:
        """What QWidget.saveGeometry gave at the last end; empty at the first start."""
        value = self._settings.value(_GEOMETRY_KEY)
        return value if isinstance(value, QByteArray) else QByteArray()

    def set_window_geometry(self, geometry: QByteArray) -> None:
        """Keep the window's place and size, and write everything to the file now."""
        self._settings.setValue(_GEOMETRY_KEY, geometry)
        self._settings.setValue(VERSION_KEY, VERSION)
        self._settings.sync()

    def training_speed(self, network: str) -> float | None:
        """Images a second at the last training of this architecture here; None before the first."""
        try:
            speed = float(str(self._settings.value(f"{_SPEEDS_GROUP}/{network}")))
        except ValueError:
            return None
        return speed if _SPEEDS[0] <= speed <= _SPEEDS[1] else None

    def set_training_speed(self, network: str, images_per_second: float) -> None:
        """Remember how quickly this machine trains an architecture."""
        self._settings.setValue(f"{_SPEEDS_GROUP}/{network}", f"{images_per_second:.1f}")

    def mnist_file(self) -> str:
        """Where the person said that MNIST lies; '' before they did."""
        value = self._settings.value(_MNIST_KEY)
        is_path = isinstance(value, str) and len(value) <= _LONGEST_PATH and "\0" not in value
        return str(value) if is_path else ""

    def set_mnist_file(self, path: str) -> None:
        """Remember where MNIST lies."""
        self._settings.setValue(_MNIST_KEY, path)

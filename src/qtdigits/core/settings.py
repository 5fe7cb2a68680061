"""The settings as one frozen table: the dialog, the store and the tests are made from it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

SettingValue = bool | int | str


class SettingKind(StrEnum):
    """How a setting is stored and shown."""

    SWITCH = "switch"
    NUMBER = "number"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a choice, and the word for it on the screen."""

    value: str
    title: str


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that a person can set.

    minimum, maximum and unit belong to numbers, choices to choices. help is one sentence.
    """

    key: str
    title: str
    kind: SettingKind
    default: SettingValue
    help: str
    minimum: int = 0
    maximum: int = 0
    unit: str = ""
    choices: tuple[Choice, ...] = ()

    def parse(self, raw: object) -> SettingValue:
        """The value that `raw` stands for, whatever was found in a settings file.

        Texts are read as well, because INI files know nothing else. Garbage and values out of
        range give the default.
        """
        value: SettingValue | None
        match self.kind:
            case SettingKind.SWITCH:
                value = _parse_switch(raw)
            case SettingKind.NUMBER:
                value = self._parse_number(raw)
            case SettingKind.CHOICE:
                value = self._parse_choice(raw)
        return self.default if value is None else value

    def _parse_number(self, raw: object) -> int | None:
        if isinstance(raw, bool) or not isinstance(raw, int | str):
            return None
        try:
            number = int(raw)
        except ValueError:
            return None
        return number if self.minimum <= number <= self.maximum else None

    def _parse_choice(self, raw: object) -> str | None:
        return next((choice.value for choice in self.choices if choice.value == raw), None)


def _parse_switch(raw: object) -> bool | None:
    if isinstance(raw, bool):
        return raw
    return {"true": True, "false": False}.get(raw) if isinstance(raw, str) else None


SETTINGS: Final = (
    Setting(
        key="theme",
        title="Theme",
        kind=SettingKind.CHOICE,
        default="system",
        help="System follows your desktop, also when it changes in the evening.",
        choices=(Choice("system", "System"), Choice("light", "Light"), Choice("dark", "Dark")),
    ),
    Setting(
        key="pen_width",
        title="Pen width",
        kind=SettingKind.NUMBER,
        default=14,
        help="How thick your ink looks. It never changes what the network reads.",
        minimum=2,
        maximum=40,
        unit="px",
    ),
    Setting(
        key="touch_draws",
        title="Touch draws",
        kind=SettingKind.SWITCH,
        default=True,
        help="Turn this off when your palm draws while you write with a pen.",
    ),
    Setting(
        key="show_network_input",
        title="Show what the network sees",
        kind=SettingKind.SWITCH,
        default=True,
        help="Your drawing as the 28 × 28 numbers that the network is given.",
    ),
    Setting(
        key="reduce_motion",
        title="Less motion",
        kind=SettingKind.SWITCH,
        default=False,
        help="Bars jump to their new length instead of sliding.",
    ),
)


def setting(key: str) -> Setting:
    """The row of the table with this key; raises ValueError when there is none."""
    for row in SETTINGS:
        if row.key == key:
            return row
    raise ValueError(f"expected the key of a setting, got {key!r}")

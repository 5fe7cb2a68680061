"""A training run as a person plans it: what to learn from, how, and how long that will take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Final

from qtdigits.core.training import PRESETS, TrainingConfig

DEFAULT_SPEEDS: Final[dict[str, float]] = {"digits": 1100.0, "small": 3600.0, "lenet": 1500.0}
"""Images a second on two cores, for a machine on which nothing was trained yet."""

_START_S: Final = 8.0
"""Loading TensorFlow and building the network."""
_DRAWN_PER_S: Final = 4000.0
"""So many drawings of the synthetic pen are drawn and rendered a second."""
_MEASURING_SHARE: Final = 0.12
"""Validation and what comes after an epoch, as a part of the learning itself."""


@dataclass(frozen=True, slots=True)
class DataSource:
    """One thing to learn from: argument is what --data takes; count its training images.

    drawn tells what must be drawn first from what lies in a file.
    """

    argument: str
    count: int
    drawn: bool = False


@dataclass(frozen=True, slots=True)
class TrainingPlan:
    """Everything that is decided before a run; start_from None begins with fresh weights."""

    sources: tuple[DataSource, ...]
    config: TrainingConfig = field(default_factory=TrainingConfig)
    start_from: Path | None = None

    @property
    def images(self) -> int:
        """How many images an epoch has, roughly: those kept for validation left out."""
        return round(sum(one.count for one in self.sources) * (1 - self.config.validation_share))

    def problem(self) -> str:
        """Why the run cannot start, as a sentence; '' when it can."""
        if not self.sources:
            return "Choose something to learn from."
        return ""

    def seconds(self, speeds: Mapping[str, float]) -> float:
        """How long the run will take; speeds are images a second by the name of the network."""
        speed = speeds.get(self.config.network) or DEFAULT_SPEEDS[self.config.network]
        drawn = sum(one.count for one in self.sources if one.drawn)
        learning = self.config.epochs * self.images / speed
        return _START_S + drawn / _DRAWN_PER_S + learning * (1 + _MEASURING_SHARE)

    def arguments(self) -> tuple[str, ...]:
        """The options of `qtdigits train` that ask for this run, without the place to save to."""
        options: list[str] = []
        for source in self.sources:
            options += ["--data", source.argument]
        preset = preset_of(self.config)
        options += ["--preset", preset or "balanced"]
        if not preset:
            options += _changes(self.config, PRESETS["balanced"])
        if self.start_from is not None:
            options += ["--start-from", str(self.start_from)]
        return tuple(options)


def preset_of(config: TrainingConfig) -> str:
    """The name of the preset that a config is, or '' for one of the person's own."""
    return next((name for name, preset in PRESETS.items() if preset == config), "")


def _changes(config: TrainingConfig, base: TrainingConfig) -> list[str]:
    """The options for all that differs from the base."""
    options: list[str] = []
    for one in fields(TrainingConfig):
        value = getattr(config, one.name)
        if value == getattr(base, one.name):
            continue
        option = one.name.replace("_", "-")
        if isinstance(value, bool):
            options.append(f"--{option}" if value else f"--no-{option}")
        else:
            options += [f"--{option}", str(value)]
    return options


def duration_words(seconds: float) -> str:
    """A time for people, rounded as an estimate is: '40 s', '12 min', '2 h 10 min'."""
    if seconds < 55:
        return f"{max(5, round(seconds / 5) * 5)} s"
    minutes = round(seconds / 60)
    if minutes < 60:
        return f"{max(1, minutes)} min"
    hours, rest = divmod(round(minutes / 5) * 5, 60)
    return f"{hours} h {rest} min" if rest and hours < 10 else f"{hours} h"

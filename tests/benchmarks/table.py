"""The table of figures: what was measured, the baseline beside it, and the goal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Final

from qtdigits.core.evaluation import Interval

_HEADINGS: Final = ("", "measured", "baseline", "beside it", "goal", "n")
_RIGHT: Final = (1, 5)
"""The columns of numbers, which are set flush right."""


class Unit(StrEnum):
    """What a figure is counted in; figures that are shares hold per cent, not fractions."""

    MS = "ms"
    SECONDS = "s"
    PER_CENT = "%"
    POINTS = "points"
    TIMES = "times"
    STARTS = "starts"
    MB = "MB"
    FILES = "files"
    A_SECOND = "a second"


@dataclass(frozen=True, slots=True)
class Goal:
    """A limit in words, and whether the figure keeps to it."""

    words: str
    met: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. `against` names the baseline; `n` counts the runs or images behind it."""

    what: str
    measured: float
    unit: Unit
    n: int
    baseline: float | None = None
    against: str = ""
    goals: tuple[Goal, ...] = ()
    interval: Interval | None = None

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"comparison": self.comparison()}

    def for_card(self) -> dict[str, Any]:
        """What a model card says of it: the figure, its unit, how many are behind it."""
        card: dict[str, Any] = {
            "value": round(self.measured, 3),
            "unit": self.unit.value,
            "n": self.n,
        }
        if self.interval is not None:
            card["interval"] = [round(100 * end, 3) for end in self.interval]
        return card

    def comparison(self) -> str:
        """The figure beside its baseline, in words; '' without one."""
        if self.baseline is None:
            return ""
        if self.unit in (Unit.MS, Unit.SECONDS):
            if self.measured <= 0 or self.baseline <= 0:
                return ""
            if self.measured < self.baseline:
                return f"{self.baseline / self.measured:.3g} times quicker"
            return f"{self.measured / self.baseline:.2f} times as long"
        if self.unit is Unit.MB:
            return f"{self.measured / self.baseline:.2f} times as much" if self.baseline else ""
        difference = self.measured - self.baseline
        return f"{difference:+.2f} points" if self.unit is Unit.PER_CENT else f"{difference:+.2f}"


@dataclass(frozen=True, slots=True)
class Section:
    """The rows of one benchmark, and a sentence for each part of it that was left out."""

    title: str
    rows: tuple[Row, ...]
    left_out: tuple[str, ...] = ()


def at_most(value: float, limit: float, unit: Unit) -> Goal:
    return Goal(f"<= {limit:g} {unit}", value <= limit)


def at_least(value: float, limit: float, unit: Unit) -> Goal:
    return Goal(f">= {limit:g} {unit}", value >= limit)


def quicker(measured: float, baseline: float, times: float) -> Goal:
    """The goal of being so many times as quick as the baseline."""
    return Goal(f">= {times:g} times quicker", measured * times <= baseline)


def formatted(sections: Sequence[Section]) -> str:
    """All sections as one table of plain text with aligned columns."""
    lines = [_HEADINGS, *(_cells(row) for section in sections for row in section.rows)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(_HEADINGS))]
    text = [_line(_HEADINGS, widths)]
    for section in sections:
        text += ["", section.title]
        text += [_line(_cells(row), widths) for row in section.rows]
        text += [f"  {sentence}" for sentence in section.left_out]
    return "\n".join(text)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    aligned = (
        cell.rjust(width) if at in _RIGHT else cell.ljust(width)
        for at, (cell, width) in enumerate(zip(cells, widths, strict=True))
    )
    return "  ".join(aligned).rstrip()


def _cells(row: Row) -> tuple[str, ...]:
    measured = _number(row.measured, row.unit)
    if row.interval is not None:
        measured += f" [{100 * row.interval.low:.2f}, {100 * row.interval.high:.2f}]"
    baseline = "" if row.baseline is None else f"{_number(row.baseline, row.unit)} {row.against}"
    goals = ", ".join(f"{goal.words}: {'met' if goal.met else 'missed'}" for goal in row.goals)
    return f"  {row.what}", measured, baseline.rstrip(), row.comparison(), goals, f"{row.n:,}"


def _number(value: float, unit: Unit) -> str:
    match unit:
        case Unit.MS:
            return f"{value:.1f} ms" if value >= 10 else f"{value:.3g} ms"
        case Unit.STARTS | Unit.MB | Unit.FILES:
            return f"{value:.0f} {unit}"
        case _:
            return f"{value:.2f} {unit}"

"""Trainings that say how far the recipe can be relied on: other seeds, other writers, other data.

The shorter recipe is that of the network that ships with three epochs instead of eighty. It takes
hours on two cores without half precision (--precision bfloat16).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from statistics import mean, stdev
from tempfile import TemporaryDirectory
from typing import Any, Final

from command import qtdigits
from held_out import MNIST, PENDIGITS
from plan import Plan
from qtdigits.core.evaluation import wilson_interval
from table import Row, Section, Unit, at_least

_TITLE: Final = "Recipes"
_WRITERS: Final = "mnist_writers.npz"
_EPOCHS: Final = 3
_SEEDS: Final = 3
_FOLDS: Final = 5
_MADE: Final = ("--data", "synthetic:40000", "--data", "non-digits:15000")


def measure(plan: Plan) -> Section:
    """Three seeds and five folds of the shorter recipe, and the synthetic pen alone."""
    needed = (MNIST, _WRITERS, PENDIGITS)
    if plan.data is None or not all((plan.data / name).is_file() for name in needed):
        return Section(_TITLE, (), (f"Left out: no folder with {', '.join(needed)} was given.",))
    with TemporaryDirectory() as folder:
        out = Path(folder) / "one.keras"
        rows = [
            *_seeds(plan, plan.data, out),
            _folds(plan, plan.data, out),
            *_synthetic_alone(plan, plan.data, out),
        ]
    return Section(_TITLE, tuple(rows))


def _shorter(plan: Plan, data: Path, out: Path, *options: object) -> dict[str, Any]:
    """Train by the shorter recipe; returns what train prints."""
    return qtdigits(
        *("train", "--preset", "best", "--epochs", 1 if plan.quick else _EPOCHS),
        *("--data", data / MNIST, "--writers", data / _WRITERS, "--data", data / PENDIGITS),
        *("--precision", plan.precision, "--out", out, *_MADE, *options),
    )


def _seeds(plan: Plan, data: Path, out: Path) -> list[Row]:
    found = [
        100 * _shorter(plan, data, out, "--seed", seed)["test_accuracy"]
        for seed in range(1, _SEEDS + 1)
    ]
    return [
        Row("shorter recipe, MNIST test, mean of seeds", mean(found), Unit.PER_CENT, _SEEDS),
        Row("shorter recipe, MNIST test, spread of seeds", stdev(found), Unit.POINTS, _SEEDS),
    ]


def _folds(plan: Plan, data: Path, out: Path) -> Row:
    """Each writer of pendigits read by a network that never saw that hand."""
    right = count = 0
    for fold in range(_FOLDS):
        _shorter(plan, data, out, "--validation-share", 1 / _FOLDS, "--fold", fold)
        held_out = qtdigits("evaluate", data / PENDIGITS, "--model", out, "--part", "held-out")
        count += held_out["n"]
        right += round(held_out["accuracy"] * held_out["n"])
    return _share("shorter recipe, pendigits cross-validated by writer", right, count, 99.3)


def _synthetic_alone(plan: Plan, data: Path, out: Path) -> Sequence[Row]:
    """A network that never saw a digit written by a person."""
    qtdigits(
        *("train", "--preset", "balanced", "--epochs", 1 if plan.quick else 6),
        *("--data", "synthetic:60000", "--data", "non-digits:15000"),
        *("--precision", plan.precision, "--out", out),
    )
    rows = []
    for what, name, goal in (
        ("synthetic pen alone, MNIST test", MNIST, 95.0),
        ("synthetic pen alone, pendigits", PENDIGITS, 97.0),
    ):
        found = qtdigits("evaluate", data / name, "--model", out)
        rows.append(_share(what, round(found["accuracy"] * found["n"]), found["n"], goal))
    return rows


def _share(what: str, right: int, count: int, goal: float) -> Row:
    share = 100 * right / count
    return Row(
        what,
        share,
        Unit.PER_CENT,
        count,
        goals=(at_least(share, goal, Unit.PER_CENT),),
        interval=wilson_interval(right, count),
    )

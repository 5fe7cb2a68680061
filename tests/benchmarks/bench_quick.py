"""The preset 'quick' on MNIST, in turns with the recipe that the program grew out of."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from command import qtdigits
from held_out import MNIST
from plan import Plan
from table import Row, Section, Unit, at_least, at_most
from timing import median

_TITLE: Final = "Training the preset 'quick' on MNIST, median"
_AGAINST: Final = "LeNet recipe, 20 epochs"
_RUNS: Final = 3


def measure(plan: Plan) -> Section:
    """Seconds and test accuracy of both recipes with three seeds, by turns."""
    if plan.data is None or not (mnist := plan.data / MNIST).is_file():
        return Section(_TITLE, (), (f"Left out: no folder with {MNIST} was given.",))
    ours, lenet = [], []
    with TemporaryDirectory() as folder:
        for seed in range(1, _RUNS + 1):
            common = ("--data", mnist, "--seed", seed, "--out", Path(folder) / "one.keras")
            if seed == 1 or not plan.quick:  # it takes its minutes
                lenet.append(qtdigits("train", "--preset", "lenet", *common))
            ours.append(qtdigits("train", "--preset", "quick", *common))
    seconds, lenet_seconds = (median([run["seconds"] for run in each]) for each in (ours, lenet))
    accuracy, lenet_accuracy = (
        100 * median([run["test_accuracy"] for run in each]) for each in (ours, lenet)
    )
    ratio = seconds / lenet_seconds
    return Section(
        _TITLE,
        (
            Row("Quick, training", seconds, Unit.SECONDS, _RUNS, lenet_seconds, _AGAINST),
            Row(
                "Quick, part of the baseline's time",
                ratio,
                Unit.TIMES,
                _RUNS,
                goals=(at_most(ratio, 0.2, Unit.TIMES),),
            ),
            Row(
                "Quick, MNIST test",
                accuracy,
                Unit.PER_CENT,
                _RUNS,
                lenet_accuracy,
                _AGAINST,
                (at_least(accuracy, 99.0, Unit.PER_CENT),),
            ),
        ),
    )

"""Whole numbers beside connected components; single digits with and without dividing; time."""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter
from typing import Final

import numpy as np

from held_out import (
    NON_DIGITS,
    PENDIGITS,
    UNIPEN,
    WRONG_IN_UNIPEN,
    drawings_kept_out,
    half_of_writers,
)
from networks import recognizer
from plan import Plan
from qtdigits.cli.figures import LOOK_ALIKES
from qtdigits.core.data_files.strokes import Drawing
from qtdigits.core.evaluation import wilson_interval
from qtdigits.core.ink import Ink
from qtdigits.core.numbers.compose import LONGEST, ComposedNumber, compose_numbers
from qtdigits.core.numbers.measuring import number_figures, read_number
from qtdigits.core.numbers.spacing import Spacing
from qtdigits.core.raster import rasterize
from qtdigits.core.recognizer import Recognizer
from qtdigits.core.segment import ShapeMemory, read_ink
from table import Goal, Row, Section, Unit, at_least, at_most
from timing import median, percentile

_TITLE: Final = "Numbers of 2 to 6 digits, whole strings right"
_GOALS: Final = {Spacing.APART: 97.0, Spacing.CLOSE: 92.0, Spacing.TOUCHING: 85.0}
_NUMBERS: Final = 400
_TIMED: Final = 100
_SEED: Final = 2026
_HALF: Final = 1
"""Of UNIPEN's writers, the half that the weights of the score were not fitted on."""


def measure(plan: Plan) -> Section:
    """Numbers composed of digits that neither the network nor the score has learnt from."""
    if plan.data is None:
        return Section(_TITLE, (), ("Left out: no folder with data sets was given.",))
    network = recognizer(plan.model)
    rows: list[Row] = []
    left_out = []
    whole_half: list[Drawing] = []
    sources: dict[str, Sequence[Drawing]] = {}
    if (path := plan.data / PENDIGITS).is_file():
        sources["pendigits, writers kept out"] = drawings_kept_out(path, network.card)
    else:
        left_out.append(f"Left out: {PENDIGITS} is not in {plan.data}.")
    if (path := plan.data / UNIPEN).is_file():
        whole_half = half_of_writers(path, _HALF)
        sources["UNIPEN, half of the writers"] = [
            drawing for drawing in whole_half if drawing.line not in WRONG_IN_UNIPEN
        ]
    else:
        left_out.append(f"Left out: {UNIPEN} is not in {plan.data}.")
    count = plan.runs(_NUMBERS)
    for spacing, goal in _GOALS.items():
        for name, drawings in sources.items():
            numbers = compose_numbers(drawings, spacing, count, _SEED)
            rows.append(_number_row(f"{spacing}: {name}", numbers, network, goal))
        if whole_half:
            numbers = compose_numbers(whole_half, spacing, count, _SEED)
            rows.append(_number_row("… with its wrong entries", numbers, network))
    for name, drawings in sources.items():
        rows.append(single_row(name, drawings[:: 25 if plan.quick else 1], network))
    if (path := plan.data / NON_DIGITS).is_file():
        others = [one for one in half_of_writers(path, _HALF) if one.label not in LOOK_ALIKES]
        rows.append(_refused_row(others[:: 25 if plan.quick else 1], network))
    for name, drawings in sources.items():
        rows += _time_rows(name, drawings, plan.runs(_TIMED), network)
    return Section(_TITLE, tuple(rows), tuple(left_out))


def _number_row(
    what: str, numbers: Sequence[ComposedNumber], network: Recognizer, goal: float | None = None
) -> Row:
    read = [read_number(one.label, one.ink, network, one.spacing, "") for one in numbers]
    own = number_figures(read, lambda number: number.text)
    plain = number_figures(read, lambda number: number.components)
    share = 100 * own.accuracy
    return Row(
        what,
        share,
        Unit.PER_CENT,
        own.n,
        100 * plain.accuracy,
        "connected components",
        () if goal is None else (at_least(share, goal, Unit.PER_CENT),),
        own.interval,
    )


def single_row(name: str, drawings: Sequence[Drawing], network: Recognizer) -> Row:
    """Single digits, when nothing says that there is only one, beside when it is known."""
    images = np.stack([rasterize(drawing.ink) for drawing in drawings])
    known = [prediction.digit for prediction in network.predict(images)]
    right = sum(digit == drawing.digit for digit, drawing in zip(known, drawings, strict=True))
    readings = [read_ink(drawing.ink, network) for drawing in drawings]
    divided = sum(
        len(reading) == 1 and reading.digits[0].prediction.digit == drawing.digit
        for reading, drawing in zip(readings, drawings, strict=True)
    )
    n = len(drawings)
    lost = 100 * (right - divided) / n
    return Row(
        f"single digits: {name}",
        100 * divided / n,
        Unit.PER_CENT,
        n,
        100 * right / n,
        "taken for one digit",
        (Goal("at most 0.1 points lost", lost <= 0.1),),
        wilson_interval(divided, n),
    )


def _refused_row(drawings: Sequence[Drawing], network: Recognizer) -> Row:
    """Letters and symbols in which nothing was read, beside when they are taken for one shape."""
    images = np.stack([rasterize(drawing.ink) for drawing in drawings])
    known = sum(prediction.text == "" for prediction in network.predict(images))
    refused = sum(read_ink(drawing.ink, network).text == "" for drawing in drawings)
    n = len(drawings)
    return Row(
        "letters and symbols refused, half of the writers, look-alikes apart",
        100 * refused / n,
        Unit.PER_CENT,
        n,
        100 * known / n,
        "taken for one shape",
        (),
        wilson_interval(refused, n),
    )


def _time_rows(name: str, drawings: Sequence[Drawing], runs: int, network: Recognizer) -> list[Row]:
    """Reading six digits at pen up, after every stroke before was read too; and all at once."""
    composed = compose_numbers(drawings, Spacing.CLOSE, runs * 8, _SEED + 1)
    numbers = [number.ink for number in composed if len(number.label) == LONGEST][:runs]
    at_pen_up, at_once = [], []
    for ink in numbers:
        memory = ShapeMemory()
        for count in range(1, len(ink.strokes)):
            read_ink(Ink(ink.strokes[:count]), network, memory=memory)
        at_pen_up.append(_timed(ink, network, memory))
        at_once.append(_timed(ink, network, ShapeMemory()))
    usual, rare, cold = median(at_pen_up), percentile(at_pen_up, 99), median(at_once)
    return [
        Row(
            f"reading six digits, last pen up: {name}",
            usual,
            Unit.MS,
            len(numbers),
            cold,
            "all strokes new",
            (at_most(usual, 20, Unit.MS),),
        ),
        Row("… 99th percentile", rare, Unit.MS, len(numbers), goals=(at_most(rare, 50, Unit.MS),)),
    ]


def _timed(ink: Ink, network: Recognizer, memory: ShapeMemory) -> float:
    """Milliseconds that reading takes."""
    start = perf_counter()
    read_ink(ink, network, memory=memory)
    return 1_000 * (perf_counter() - start)

"""From pen up to the answer on the screen, in the real window."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from itertools import cycle
from typing import Final

import numpy as np

from drawing import Place, Track, mouse_events, on_whole_pixels, placed
from plan import Plan
from progress import counted
from qtdigits.app import Program
from qtdigits.core.ink import Ink
from qtdigits.core.samples import sample_drawings
from stage import AnswerWatch, let_run, wait_until, warm_program
from table import Row, Section, Unit, at_most, quicker
from timing import elapsed_ms, median, percentile

_RUNS: Final = 500
_NUMBER_RUNS: Final = 200
_DIGITS: Final = 6
_BETWEEN_DIGITS_MS: Final = 60
"""A pause while the pen goes to the next digit; the ones before are read meanwhile."""
_PREDICT_EVERY: Final = 10
_MOVE_INTERVAL_MS: Final = 8
"""A mouse reports its place 125 times a second."""
_PLACES_OF_A_DRAWING: Final = 16
"""So many of a sample drawing's places are sent, to save time before the pen is lifted."""


def measure(plan: Plan) -> Section:
    """Pen up to answer, with Keras' predict on one image in turns with it."""
    runs = plan.runs(_RUNS)
    with warm_program(plan.model) as program:
        # Keras is in memory now, loaded by the program itself and not by this import.
        from networks import keras_network

        network = keras_network(plan.model)
        image = np.zeros((1, 28, 28, 1), np.float32)
        network.predict(image, verbose=0)
        answers, predicts = pen_up_times(
            program,
            counted(runs, "digits"),
            lambda: network.predict(image, verbose=0),
            _PREDICT_EVERY,
        )
        number_runs = plan.runs(_NUMBER_RUNS)
        numbers = number_pen_up_times(program, counted(number_runs, f"numbers of {_DIGITS} digits"))
    middle, tail = median(answers), percentile(answers, 99)
    number_middle, number_tail = median(numbers), percentile(numbers, 99)
    predict, predict_tail = median(predicts), percentile(predicts, 99)
    against = f"model.predict (n {len(predicts)})"
    return Section(
        "Pen up to the answer on the screen, network warm",
        (
            Row(
                "median",
                middle,
                Unit.MS,
                runs,
                predict,
                against,
                (at_most(middle, 8, Unit.MS), quicker(middle, predict, 20)),
            ),
            Row(
                "99th percentile",
                tail,
                Unit.MS,
                runs,
                predict_tail,
                against,
                (at_most(tail, 16, Unit.MS),),
            ),
            Row(
                f"a number of {_DIGITS} digits, the last one written: median",
                number_middle,
                Unit.MS,
                len(numbers),
                goals=(at_most(number_middle, 20, Unit.MS),),
            ),
            Row(
                "the same: 99th percentile",
                number_tail,
                Unit.MS,
                len(numbers),
                goals=(at_most(number_tail, 50, Unit.MS),),
            ),
        ),
    )


def pen_up_times(
    program: Program,
    runs: Iterable[int],
    baseline: Callable[[], object],
    baseline_every: int,
    interval_ms: int = _MOVE_INTERVAL_MS,
) -> tuple[list[float], list[float]]:
    """Write the sample drawings in turn, one a run; milliseconds from sending the last release
    until the newest answer is painted, and those of the baseline, called now and then in between.
    """
    watch = AnswerWatch(program)
    shown: list[float] = []
    watch.painted.connect(shown.append)
    drawings = cycle(sample_drawings())
    answers, others = [], []
    for run in runs:
        if run % baseline_every == 0:
            others.append(elapsed_ms(baseline))
        tracks = _coarse(placed(next(drawings).ink, Place(), _side(program)))
        answers.append(_time_last(program, watch, shown, tracks, interval_ms))
        program.canvas.clear()
        let_run(interval_ms)
    return answers, others


def number_pen_up_times(program: Program, runs: Iterable[int]) -> list[float]:
    """Write six sample drawings side by side, others in each run, as pen_up_times does with one.

    Milliseconds from the release that ends the last digit until the whole number is painted.
    """
    watch = AnswerWatch(program)
    shown: list[float] = []
    watch.painted.connect(shown.append)
    drawings = cycle(sample_drawings())
    answers = []
    for _ in runs:
        digits = [_coarse(_in_cell(next(drawings).ink, place, program)) for place in range(_DIGITS)]
        for tracks in digits[:-1]:
            for event in mouse_events(program.canvas, tracks):
                event()
            let_run(_BETWEEN_DIGITS_MS)
        answers.append(_time_last(program, watch, shown, digits[-1], _MOVE_INTERVAL_MS))
        program.canvas.clear()
        let_run(_MOVE_INTERVAL_MS)
    return answers


def _time_last(
    program: Program, watch: AnswerWatch, shown: list[float], tracks: list[Track], interval_ms: int
) -> float:
    """Write tracks; milliseconds from the last release until the newest answer is painted."""
    *moves, lift = mouse_events(program.canvas, tracks)
    for move in moves:
        move()
        let_run(interval_ms)
    shown.clear()
    before = watch.newest_id
    lifted = time.monotonic()
    lift()
    if watch.newest_id == before:
        raise RuntimeError("lifting the pen asked the network nothing")
    wait_until(lambda: bool(shown))
    return (shown[-1] - lifted) * 1000


def _in_cell(ink: Ink, at: int, program: Program) -> list[Track]:
    """The tracks of ink in its place of a number as wide as the canvas."""
    side = program.canvas.width() / _DIGITS
    corner = np.array([at * side, (program.canvas.height() - side) / 2])
    return [track + corner for track in placed(ink, Place(share=0.86), side)]


def _side(program: Program) -> int:
    return min(program.canvas.width(), program.canvas.height())


def _coarse(tracks: list[Track]) -> list[Track]:
    """Fewer places of the tracks, both ends of each among them, on whole pixels."""
    step = max(1, sum(map(len, tracks)) // _PLACES_OF_A_DRAWING)
    return on_whole_pixels([np.concatenate((track[:-1:step], track[-1:])) for track in tracks])

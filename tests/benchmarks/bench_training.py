"""Training from the menu while a person draws: how alive the window stays, and how long it takes.

The real window, its training dialog with the preset Quick and the synthetic pen, and the real child
process. What it trains is thrown away.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import count, takewhile
from typing import Final

from PySide6.QtWidgets import QAbstractButton

from bench_latency import pen_up_times
from freeze import FreezeWatch
from plan import Plan
from qtdigits.app import Program
from qtdigits.training_session import TrainingState
from qtdigits.ui.dialogs.training_dialog import TrainingDialog
from stage import wait_until, warm_program
from table import Row, Section, Unit, at_most
from timing import median, percentile

_ALONE: Final = 100
"""So many drawings are written with no training beside them."""
_PATIENCE_S: Final = 900
_NEVER: Final = 10**9


def measure(plan: Plan) -> Section:
    """Draw without a training, during a whole one, and then let one go on undisturbed."""
    with warm_program(plan.model) as program, trainer(program) as start:
        watch = FreezeWatch(program)
        watch.begin()
        alone = _drawn(program, range(plan.runs(_ALONE)))
        alone_freeze = watch.end()
        watch.begin()
        start()
        beside = _drawn(program, takewhile(lambda _: _is_training(program), count()))
        freeze = watch.end()
        _end(program)
        begun = time.monotonic()
        start()
        wait_until(lambda: not _is_training(program), _PATIENCE_S)
        seconds = time.monotonic() - begun
        _end(program)
    against = f"no training (n {len(alone)})"
    middle, tail = median(beside), percentile(beside, 99)
    runs = len(beside)
    return Section(
        "Quick training from the menu, with the synthetic pen",
        (
            Row(
                "longest freeze of the window while a person draws",
                freeze,
                Unit.MS,
                runs,
                alone_freeze,
                against,
                (at_most(freeze, 50, Unit.MS),),
            ),
            Row(
                "pen up to answer meanwhile, median",
                middle,
                Unit.MS,
                runs,
                median(alone),
                against,
            ),
            Row(
                "99th percentile",
                tail,
                Unit.MS,
                runs,
                percentile(alone, 99),
                against,
                (at_most(tail, 50, Unit.MS),),
            ),
            Row(
                "start to result, nobody drawing",
                seconds,
                Unit.SECONDS,
                1,
                goals=(at_most(seconds, 90, Unit.SECONDS),),
            ),
        ),
    )


@contextmanager
def trainer(program: Program) -> Iterator[Callable[[], None]]:
    """The training dialog, opened by its menu entry; gives what presses its start button."""
    (action,) = (a for a in program.window.actions() if a.objectName() == "actionTrain")
    action.trigger()
    (dialog,) = program.window.findChildren(TrainingDialog)
    button = dialog.findChild(QAbstractButton, "startButton")
    if button is None:
        raise RuntimeError("the training dialog has no startButton")
    try:
        yield button.click
    finally:
        program.networks.end_without_asking()
        program.networks.session.cancel()
        wait_until(lambda: not _is_training(program))


def _is_training(program: Program) -> bool:
    return program.networks.session.state not in (TrainingState.IDLE, TrainingState.DECIDING)


def _end(program: Program) -> None:
    """Throw the new network away; raises RuntimeError when there is none."""
    session = program.networks.session
    if session.state is not TrainingState.DECIDING:
        raise RuntimeError("the training ended without a network; see its dialog for the reason")
    session.discard()


def _drawn(program: Program, runs: Iterable[int]) -> list[float]:
    """Pen up to answer, milliseconds, of a drawing each run."""
    answers, _ = pen_up_times(program, runs, lambda: None, _NEVER)
    return answers

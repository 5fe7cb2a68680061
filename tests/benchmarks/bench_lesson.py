"""A lesson from the menu: how alive the window stays, and how long it takes.

The real window, its lesson dialog and the real child process, with thirty labelled drawings in the
store. What is learnt is discarded.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QAbstractButton

from bench_history import fill
from freeze import FreezeWatch
from plan import Plan
from qtdigits.app import Program
from qtdigits.lesson_session import LessonState
from qtdigits.ui.dialogs.lesson_dialog import LessonDialog
from stage import let_run, wait_until, warm_program
from table import Row, Section, Unit, at_most
from timing import median

_DRAWINGS: Final = 43
"""Of these about thirty are labelled."""
_LESSONS: Final = 5
_PAINTING_MS: Final = 200


def measure(plan: Plan) -> Section:
    """Lessons one after the other, each with a child of its own that the dialog starts."""
    lessons = plan.runs(_LESSONS)
    freezes, seconds = [], []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "drawings.sqlite"
        fill(file, _DRAWINGS)
        with warm_program(plan.model, file) as program:
            watch = FreezeWatch(program)
            _hold_lesson(program)  # the first one of a network also makes what guards lessons
            for _ in range(lessons):
                watch.begin()
                seconds.append(_hold_lesson(program))
                freezes.append(watch.end())
    freeze = max(freezes)
    return Section(
        "Lesson from the menu",
        (
            Row(
                "longest freeze of the window, from the menu to the discarded result",
                freeze,
                Unit.MS,
                lessons,
                goals=(at_most(freeze, 50, Unit.MS),),
            ),
            Row(
                "menu to result, learning as soon as the dialog allows it",
                median(seconds),
                Unit.SECONDS,
                lessons,
                goals=(at_most(median(seconds), 12, Unit.SECONDS),),
            ),
        ),
    )


def _hold_lesson(program: Program) -> float:
    """Learn from what there is and discard it; returns the seconds up to the result."""
    session = program.lessons.session
    wait_until(lambda: session.state is LessonState.IDLE)
    begun = time.monotonic()
    program.window.action("Learn").trigger()
    (dialog,) = (one for one in program.window.findChildren(LessonDialog) if one.isVisible())
    learn = dialog.findChild(QAbstractButton, "lessonLearnButton")
    if learn is None:
        raise RuntimeError("the lesson dialog has no lessonLearnButton")
    wait_until(learn.isEnabled)
    learn.click()
    wait_until(lambda: session.state not in (LessonState.WAITING, LessonState.LEARNING))
    seconds = time.monotonic() - begun
    let_run(_PAINTING_MS)
    dialog.reject()
    let_run(_PAINTING_MS)
    return seconds

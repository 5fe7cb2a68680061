"""A history of 100,000 drawings: what it costs at the start, and while one scrolls through it."""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from bench_start import start
from plan import Plan
from progress import counted
from qtdigits.core.history import HistoryEntry
from qtdigits.core.ink import Ink, Stroke
from qtdigits.core.prediction import Prediction, Verdict
from qtdigits.core.samples import sample_drawings
from qtdigits.core.store.store import Store
from qtdigits.ui.dialogs.history_dialog import HistoryDialog
from qtdigits.ui.views.history.grid_view import GridView
from qtdigits.ui.views.main_window import MainWindow
from stage import let_run, paint_now, wait_until, warm_program
from table import Row, Section, Unit, at_most
from timing import median, percentile

_DRAWINGS: Final = 100_000
_DRAWINGS_QUICK: Final = 5_000
_STARTS: Final = 5
_NOTCHES: Final = 300
_NOTCH: Final = 120
_FRAME_MS: Final = 16.0


def measure(plan: Plan) -> Section:
    """The program with so many drawings, in turns with one that has none."""
    count = _DRAWINGS_QUICK if plan.quick else _DRAWINGS
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "drawings.sqlite"
        fill(file, count)
        start(plan.model)  # fills the system's file cache
        starts = plan.runs(_STARTS)
        full, empty = [], []
        for _ in counted(starts, "starts"):
            full.append(start(plan.model, drawings=file).window_s)
            empty.append(start(plan.model).window_s)
        with warm_program(plan.model, file) as program:
            frames = scrolled(program.window, plan.runs(_NOTCHES))
    window, without = median(full), median(empty)
    longest = max(frames)
    return Section(
        f"History of {count:,} drawings",
        (
            Row(
                "start to window painted",
                window,
                Unit.SECONDS,
                starts,
                without,
                "no drawings",
                (at_most(window / without, 1.1, Unit.TIMES),),
            ),
            Row("a frame while scrolling, median", median(frames), Unit.MS, len(frames)),
            Row("99th percentile", percentile(frames, 99), Unit.MS, len(frames)),
            Row(
                "longest frame while scrolling",
                longest,
                Unit.MS,
                len(frames),
                goals=(at_most(longest, _FRAME_MS, Unit.MS),),
            ),
        ),
    )


def fill(file: Path, count: int) -> None:
    """A store with so many drawings of one person, over two years, most of them labelled."""
    store = Store.open(file)
    store.drawings.add(_drawings(count), store.people.current().id)
    store.back_up_if_due()
    store.close()


def _drawings(count: int) -> Iterator[HistoryEntry]:
    rng = random.Random(1)
    samples = sample_drawings()
    begin = datetime(2024, 1, 1, tzinfo=UTC)
    for number in range(count):
        drawing = samples[number % len(samples)]
        probabilities = [0.01] * 10
        probabilities[drawing.digit] = 0.91
        yield HistoryEntry(
            0,
            _shaken(drawing.ink, rng),
            Prediction(tuple(probabilities), Verdict.DIGIT, (drawing.digit,)),
            begin + timedelta(minutes=10 * number),
            drawing.digit if rng.random() < 0.7 else None,
            "0" * 64,
        )


def _shaken(ink: Ink, rng: random.Random) -> Ink:
    """The ink a little elsewhere, so that no drawing is the duplicate of another."""
    x, y = rng.uniform(-40, 40), rng.uniform(-40, 40)
    return Ink(
        tuple(
            Stroke(tuple(replace(s, x=s.x + x, y=s.y + y) for s in stroke.samples))
            for stroke in ink.strokes
        )
    )


def scrolled(window: MainWindow, notches: int) -> list[float]:
    """How long the event and the paint of each turn of the wheel take, milliseconds.

    Two thirds of the way down the list, now and then a jump far away, as with the scroll bar.
    """
    window.action("History").trigger()
    dialog = window.findChild(HistoryDialog)
    grid = window.findChild(GridView, "historyGrid")
    if not isinstance(dialog, HistoryDialog) or not isinstance(grid, GridView):
        raise RuntimeError("the history window did not open")
    wait_until(lambda: grid.model().rowCount() > 0 and grid.isVisible())
    let_run(500)
    frames = []
    for number in counted(notches, "turns of the wheel"):
        begun = time.perf_counter()
        if number % 50 == 49:
            bar = grid.verticalScrollBar()
            bar.setValue(bar.maximum() * (number // 50 % 5) // 5)
        else:
            QApplication.sendEvent(grid.viewport(), _notch(grid))
        paint_now(dialog)
        frames.append((time.perf_counter() - begun) * 1000)
        let_run(8)
    dialog.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return frames


def _notch(grid: GridView) -> QWheelEvent:
    """One notch of the wheel over the middle of the grid, downwards."""
    middle = QPointF(grid.viewport().rect().center())
    return QWheelEvent(
        middle,
        QPointF(grid.viewport().mapToGlobal(middle.toPoint())),
        QPoint(0, 0),
        QPoint(0, -_NOTCH),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )

"""What a pen move costs on an empty canvas and on a full one."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import Final

import numpy as np
from PySide6.QtGui import QUndoStack

from drawing import Track, mouse_events
from plan import Plan
from qtdigits.core.ink import Ink, Stroke
from qtdigits.ui.canvas.ink_canvas import InkCanvas
from stage import let_run, paint_now, warm_program
from table import Row, Section, Unit, at_most
from timing import elapsed_ms, median

_ROUNDS: Final = 12
_MOVES: Final = 40
_POINTS: Final = 5_000
_STROKES: Final = 50
_SIDE: Final = 560
_GOAL: Final = 1.5
_REST_MS: Final = 150
"""So long the network may still read the drawing before, and the history paint it."""

EMPTY: Final = "empty canvas"
STROKES: Final = f"{_POINTS:,} points in {_STROKES} strokes"
ONE_STROKE: Final = f"{_POINTS:,} points in the stroke being written"


def measure(plan: Plan) -> Section:
    """The canvas alone, and in the whole window while the network reads along."""
    rounds = plan.runs(_ROUNDS)
    undo_stack = QUndoStack()
    canvas = InkCanvas(undo_stack)
    canvas.resize(_SIDE, _SIDE)
    canvas.show()
    let_run(50)
    alone = move_times(canvas, undo_stack, rounds)
    canvas.hide()
    canvas.deleteLater()
    with warm_program(plan.model) as program:
        reading = move_times(program.canvas, program.undo_stack, rounds)
    return Section(
        "A pen move: the event and the paint of what it changed, median",
        (*_rows("canvas alone", alone), *_rows("whole window, reading along", reading)),
    )


def move_times(
    canvas: InkCanvas,
    undo_stack: QUndoStack,
    rounds: int,
    points: int = _POINTS,
    moves: int = _MOVES,
) -> dict[str, list[float]]:
    """Times in milliseconds of single pen moves by what is on the canvas, taken in turns."""
    times: dict[str, list[float]] = {EMPTY: [], STROKES: [], ONE_STROKE: []}
    width, height = canvas.width(), canvas.height()
    full = Ink(tuple(map(Stroke.from_points, np.split(_way(points, width, height), _STROKES))))
    short, long = _way(moves + 2, width, height), _way(points + moves + 2, width, height)
    for _ in range(rounds):
        for name, ink, way, before in (
            (EMPTY, Ink(), short, 1),
            (STROKES, full, short, 1),
            (ONE_STROKE, Ink(), long, points),
        ):
            canvas.set_ink(ink)
            times[name] += _moves(canvas, way, before)
            canvas.set_ink(Ink())
            undo_stack.clear()
            # What the window does after a drawing does not belong to the next one's moves.
            let_run(_REST_MS)
    return times


def _moves(canvas: InkCanvas, way: Track, before: int) -> list[float]:
    """Write one stroke along the way; the times of its moves after the first `before` events."""
    *moves, lift = mouse_events(canvas, [way])
    for move in moves[:before]:
        move()
    paint_now(canvas)
    times = [elapsed_ms(partial(_move, canvas, move)) for move in moves[before:]]
    lift()
    return times


def _move(canvas: InkCanvas, send: Callable[[], None]) -> None:
    send()
    paint_now(canvas)


def _way(count: int, width: float, height: float) -> Track:
    """A smooth curve all over the canvas with so many places, some 6 pixels apart."""
    radius = 0.4 * min(width, height)
    # A circle whose radius breathes: at an irrational ratio it never runs along itself.
    angle = np.arange(count) * 6 / radius
    distance = radius * (0.6 + 0.4 * np.sin(angle * math.sqrt(2)))
    middle = np.array([width / 2, height / 2])
    way: Track = middle + distance[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return way


def _rows(where: str, times: dict[str, list[float]]) -> list[Row]:
    empty = median(times[EMPTY])
    rows = [Row(f"{where}, {EMPTY}", empty, Unit.MS, len(times[EMPTY]))]
    for name in (STROKES, ONE_STROKE):
        taken = median(times[name])
        goal = at_most(taken / empty, _GOAL, Unit.TIMES)
        rows.append(
            Row(f"{where}, {name}", taken, Unit.MS, len(times[name]), empty, EMPTY, (goal,))
        )
    return rows

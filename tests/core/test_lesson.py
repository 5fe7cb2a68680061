"""Lessons as values: what is enough, what is read from files, what is said of the outcome."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qtdigits.core.ink import Ink
from qtdigits.core.lesson import (
    GuardFigures,
    LessonDrawing,
    LessonOutcome,
    TaughtDrawing,
    check_lesson,
    read_lesson,
    to_strokes,
)
from qtdigits.core.lesson_events import (
    LessonEvent,
    LessonFailed,
    LessonFinished,
    LessonReady,
    from_line,
    to_line,
)

INK = Ink.from_json([[[0.0, 0.0], [0.0, 9.0]]])
OUTCOME = LessonOutcome(
    True,
    "It helps.",
    0.7,
    (
        TaughtDrawing(1, 7, 1, 0.2, 0.9, 1),
        TaughtDrawing(1, 1, 7, 0.8, 0.4, 7),
        TaughtDrawing(3, 3, 3, 0.9, 0.95, 3),
    ),
    GuardFigures(100, 0.99, 0.99, 0.98, 0.97, 0.001),
    1.5,
)


def test_too_few_drawings_are_refused_with_their_number() -> None:
    with pytest.raises(ValueError, match=r"only 4 drawings have a label yet, and at least 10"):
        check_lesson([1, 2, 3, 4])


def test_drawings_of_one_digit_are_refused() -> None:
    with pytest.raises(ValueError, match="all drawings show 7, and at least 3"):
        check_lesson([7] * 12)


def test_three_digits_are_enough() -> None:
    check_lesson([1, 2, 3] * 4)


def test_strokes_are_read_as_they_were_written(tmp_path: Path) -> None:
    drawings = [LessonDrawing(INK, 1), LessonDrawing(INK, 7)]
    path = tmp_path / "mine.jsonl"
    path.write_text(to_strokes(drawings))
    assert read_lesson(path) == drawings


@pytest.mark.parametrize("label", ['"label": "A",', ""])
def test_drawing_without_a_digit_is_named(tmp_path: Path, label: str) -> None:
    path = tmp_path / "mine.jsonl"
    path.write_text(f'{{{label} "strokes": [[[0, 0], [0, 9]]]}}\n')
    with pytest.raises(ValueError, match=r"line 1 of .*mine\.jsonl"):
        read_lesson(path)


def test_outcome_counts_what_turned() -> None:
    assert (OUTCOME.right_before, OUTCOME.right_after, OUTCOME.right_held_back) == (2, 2, 2)
    values = OUTCOME.to_json()
    assert (values["turned_right"], values["turned_wrong"]) == ([0], [1])


@pytest.mark.parametrize(
    "event", [LessonReady(), LessonFinished(OUTCOME, True), LessonFailed("It went wrong")]
)
def test_event_is_read_as_it_was_written(event: LessonEvent) -> None:
    assert from_line(to_line(event)) == event


@pytest.mark.parametrize(
    "line",
    [
        "",
        "[]",
        "{",
        '{"v": 2, "event": "ready"}',
        '{"v": 1, "event": "other"}',
        '{"v": 1, "event": "result", "saved": true}',
        json.dumps(
            {"v": 1, "event": "result", "saved": True, "outcome": {**OUTCOME.to_json(), "guard": 3}}
        ),
    ],
)
def test_line_that_is_no_event_is_none(line: str) -> None:
    assert from_line(line) is None

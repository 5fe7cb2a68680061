"""Events as lines: every one comes back as it was, and no line can stop the reader."""

from __future__ import annotations

import json
import math
import random
from dataclasses import replace

import numpy as np
import pytest

from qtdigits.core.evaluation import ComparedAs, Interval, reliability
from qtdigits.core.training import (
    DrawingsWatched,
    EpochFinished,
    TrainingProgress,
    TrainingResult,
    TrainingStarted,
    WatchedAnswer,
)
from qtdigits.core.training_events import (
    RunEvent,
    TrainingFailed,
    TrainingFinished,
    from_line,
    to_line,
)
from qtdigits.core.training_figures import (
    ComparedNetwork,
    MeasuredOn,
    ReadImage,
    ResultFigures,
)

WRONG = ReadImage(4, 9, 0.98, bytes(range(256)) * 3 + bytes(16))
RIGHT = ReadImage(4, 4, 0.5, bytes(784))
FIGURES = ResultFigures(
    MeasuredOn.TEST,
    100,
    0.97,
    Interval(0.91, 0.99),
    0.02,
    tuple(tuple(10 * (row == column) for column in range(10)) for row in range(10)),
    reliability(np.array([0.4, 0.9, 1.0]), np.array([False, True, True])),
    (WRONG, RIGHT),
    ComparedNetwork("digits", 0.96, Interval(0.9, 0.98), 3, 2, 1.0, ComparedAs.NO_CLEAR_DIFFERENCE),
)
RESULT = TrainingResult("/a/b.keras", "small", 42_746, 3.25, 2, 20, 0.9, 100, 0.97, stopped=True)
EPOCH = EpochFinished(1, 3, 0.5, 0.8, 0.4, 0.9, 1.5, 2000.0)
EVENTS: list[RunEvent] = [
    TrainingStarted(180, 20, 42_746, 3),
    TrainingProgress(1, 3, 64, 180, 1234.5, 7.25),
    TrainingProgress(1, 3, 0, 180, 0.0, None),
    EPOCH,
    DrawingsWatched(1, (WatchedAnswer(7, 0.75), WatchedAnswer(0, 0.5))),
    TrainingFinished(RESULT, FIGURES),
    TrainingFinished(replace(RESULT, test_accuracy=None), replace(FIGURES, compared=None)),
    TrainingFailed("the disk is full; free some space"),
]


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)
def test_event_comes_back_as_it_was(event: RunEvent) -> None:
    line = to_line(event)
    assert "\n" not in line
    assert from_line(line + "\n") == event


def test_loss_that_is_no_number_is_null_in_the_line() -> None:
    line = to_line(replace(EPOCH, validation_loss=math.inf))
    assert json.loads(line)["validation_loss"] is None
    event = from_line(line)
    assert isinstance(event, EpochFinished)
    assert math.isnan(event.validation_loss)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "\n",
        "Loading…",
        "{",
        "[]",
        "null",
        '"started"',
        "[" * 100_000,
        '{"v":1}',
        '{"v":1,"event":"telemetry"}',
        '{"v":1,"event":[]}',
        '{"v":1,"event":null}',
        '{"v":2,"event":"failed","sentence":"of another version"}',
        '{"v":1,"event":"started"}',
        '{"v":1,"event":"started","training":-1,"validation":1,"parameters":1,"epochs":1}',
        '{"v":1,"event":"watched","epoch":1,"answers":[[1,2,3]]}',
        '{"v":1,"event":"watched","epoch":1,"answers":7}',
        '{"v":1,"event":"result","result":null,"figures":null}',
        '{"v":1,"event":"progress","epoch":1,"epochs":1,"done":1,"of":1,'
        '"samples_per_second":NaN,"seconds_left":null}',
    ],
)
def test_line_that_is_no_event_is_skipped(line: str) -> None:
    assert from_line(line) is None


def test_fields_of_later_versions_are_let_pass() -> None:
    values = json.loads(to_line(EVENTS[0])) | {"device": "cpu"}
    assert from_line(json.dumps(values)) == EVENTS[0]


def test_damaged_lines_never_raise() -> None:
    rng = random.Random(3)
    for event in EVENTS:
        line = to_line(event)
        for _ in range(200):
            at = rng.randrange(len(line))
            from_line(line[:at] + chr(rng.randrange(32, 127)) + line[at + rng.randrange(3) :])
            from_line(line[:at])


def test_values_of_wrong_kinds_never_raise() -> None:
    for event in EVENTS:
        values = json.loads(to_line(event))
        for inner in (values, values.get("result", {}), values.get("figures", {})):
            for name in list(inner):
                kept = inner[name]
                for text in ("null", "[]", "{}", '"x"', "-1", "1e999", "[[]]", "[1]", "true"):
                    inner[name] = json.loads(text)
                    from_line(json.dumps(values))
                inner[name] = kept


def test_image_of_a_result_is_28_by_28() -> None:
    assert WRONG.image().shape == (28, 28)
    assert WRONG.image()[0, 5] == 5


def test_image_that_unpacks_to_too_much_is_refused() -> None:
    huge = ReadImage(1, 1, 0.5, bytes(10_000_000)).to_json()
    with pytest.raises(ValueError, match="784 pixels"):
        ReadImage.from_json(huge)


def test_mistakes_and_cells_are_found_among_the_examples() -> None:
    assert FIGURES.mistakes == (WRONG,)
    assert FIGURES.cell(4, 4) == (RIGHT,)
    assert FIGURES.cell(0, 1) == ()

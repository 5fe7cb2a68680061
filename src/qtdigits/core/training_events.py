"""A training run as lines of JSON: what `qtdigits train --events` prints and the window reads.

Each line is one JSON object with `v`, the version of this format (1), and `event`, one of

    started   training, validation (images), parameters, epochs
    progress  epoch (from 1), epochs, done, of (images of this epoch), samples_per_second,
              seconds_left (for the whole run; null before it can be told); at most five a second
    epoch     epoch, epochs, loss, accuracy, validation_loss, validation_accuracy, seconds,
              samples_per_second; a loss is null when it is no finite number
    watched   epoch, answers: [digit, confidence] for each drawing of the file given by --watch
    result    result: path, network, parameters, seconds, epochs, validation_n,
              validation_accuracy, test_n, test_accuracy, stopped; figures: measured_on ('test' or
              'validation'), n, accuracy, interval, ece, confusion (10 rows of 10), reliability
              ([low, high, n, mean confidence, accuracy] a bin), examples ([label, answer,
              confidence, image] with 784 bytes, deflated, in base 64), compared (null, or name,
              accuracy, interval, only_new_right, only_other_right, p, verdict)
    failed    sentence

A run prints `started`, then the others as they come, and ends with one `result` or `failed`; one
that is killed just ends. Fields may be added within a version. A reader skips what it does not
know.
"""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, Final

from qtdigits.core.training import (
    DrawingsWatched,
    EpochFinished,
    TrainingEvent,
    TrainingProgress,
    TrainingResult,
    TrainingStarted,
    WatchedAnswer,
)
from qtdigits.core.training_figures import ResultFigures, count, number, share

VERSION: Final = 1

_UNREADABLE: Final = (
    *(ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError),
    zlib.error,
)
"""What reading raises at wrong types, missing names, too deep nesting and damaged images."""


@dataclass(frozen=True, slots=True)
class TrainingFinished:
    """The run is over and its network saved and measured."""

    result: TrainingResult
    figures: ResultFigures


@dataclass(frozen=True, slots=True)
class TrainingFailed:
    """The run is over without a network, for the reason that the sentence gives."""

    sentence: str


RunEvent = TrainingEvent | TrainingFinished | TrainingFailed
"""Everything that a run may say."""


def to_line(event: RunEvent) -> str:
    """The event as one line of JSON, without an end of line."""
    name, values = _described(event)
    return json.dumps({"v": VERSION, "event": name, **values}, separators=(",", ":"))


def from_line(text: str) -> RunEvent | None:
    """The event of a line; None for a line that is none, or one of a version not known here."""
    try:
        values = json.loads(text)
        if not isinstance(values, dict) or values.get("v") != VERSION:
            return None
        read = _READERS.get(values.get("event", ""))
        return None if read is None else read(values)
    except _UNREADABLE:
        return None


def _described(event: RunEvent) -> tuple[str, dict[str, Any]]:
    match event:
        case TrainingStarted():
            return "started", asdict(event)
        case TrainingProgress():
            return "progress", asdict(event)
        case EpochFinished():
            return "epoch", {name: _or_null(value) for name, value in asdict(event).items()}
        case DrawingsWatched():
            answers = [[answer.digit, answer.confidence] for answer in event.answers]
            return "watched", {"epoch": event.epoch, "answers": answers}
        case TrainingFinished():
            return "result", {"result": asdict(event.result), "figures": event.figures.to_json()}
        case TrainingFailed():
            return "failed", {"sentence": event.sentence}


def _or_null(value: float) -> float | None:
    """JSON knows no infinity and nothing that is no number."""
    return value if math.isfinite(value) else None


def _started(values: dict[str, Any]) -> TrainingStarted:
    names = ("training", "validation", "parameters", "epochs")
    return TrainingStarted(*(count(values[name]) for name in names))


def _progress(values: dict[str, Any]) -> TrainingProgress:
    left = values["seconds_left"]
    return TrainingProgress(
        count(values["epoch"]),
        count(values["epochs"]),
        count(values["done"]),
        count(values["of"]),
        number(values["samples_per_second"]),
        None if left is None else number(left),
    )


def _epoch(values: dict[str, Any]) -> EpochFinished:
    return EpochFinished(
        epoch=count(values["epoch"]),
        epochs=count(values["epochs"]),
        loss=_loss(values["loss"]),
        accuracy=share(values["accuracy"]),
        validation_loss=_loss(values["validation_loss"]),
        validation_accuracy=share(values["validation_accuracy"]),
        seconds=number(values["seconds"]),
        samples_per_second=number(values["samples_per_second"]),
    )


def _loss(value: object) -> float:
    return math.nan if value is None else number(value)


def _watched(values: dict[str, Any]) -> DrawingsWatched:
    answers = tuple(WatchedAnswer(count(a), share(c)) for a, c in values["answers"])
    return DrawingsWatched(count(values["epoch"]), answers)


def _finished(values: dict[str, Any]) -> TrainingFinished:
    result = values["result"]
    tested = result["test_accuracy"]
    return TrainingFinished(
        TrainingResult(
            path=str(result["path"]),
            network=str(result["network"]),
            parameters=count(result["parameters"]),
            seconds=number(result["seconds"]),
            epochs=count(result["epochs"]),
            validation_n=count(result["validation_n"]),
            validation_accuracy=share(result["validation_accuracy"]),
            test_n=count(result["test_n"]),
            test_accuracy=None if tested is None else share(tested),
            stopped=result["stopped"] is True,
        ),
        ResultFigures.from_json(values["figures"]),
    )


def _failed(values: dict[str, Any]) -> TrainingFailed:
    return TrainingFailed(str(values["sentence"]))


_READERS: Final[dict[str, Callable[[dict[str, Any]], RunEvent]]] = {
    "started": _started,
    "progress": _progress,
    "epoch": _epoch,
    "watched": _watched,
    "result": _finished,
    "failed": _failed,
}

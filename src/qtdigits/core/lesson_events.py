"""A lesson as lines of JSON: what `qtdigits learn --events` prints and the window reads.

Each line is one JSON object with `v`, the version of this format (1), and `event`, one of

    ready     the network is loaded; drawings are awaited on standard input: the lines of a strokes
              file, and then an empty line
    result    saved (whether the taught network lies where it should), outcome (as printed by
              `qtdigits learn --json`)
    failed    sentence

A lesson prints `ready` and then one `result`, or `failed` at any time, and ends; one that is killed
just ends. The end of standard input before the empty line ends it, too. Fields may be added within
a version. A reader skips what it does not know.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

from qtdigits.core.lesson import LessonOutcome

VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class LessonReady:
    """The network is loaded, and waits for drawings."""


@dataclass(frozen=True, slots=True)
class LessonFinished:
    """The lesson is over; saved: whether there is a taught network."""

    outcome: LessonOutcome
    saved: bool


@dataclass(frozen=True, slots=True)
class LessonFailed:
    """The lesson could not be held, for the reason that the sentence gives."""

    sentence: str


LessonEvent = LessonReady | LessonFinished | LessonFailed


def to_line(event: LessonEvent) -> str:
    """The event as one line of JSON, without an end of line."""
    match event:
        case LessonReady():
            name, values = "ready", dict[str, Any]()
        case LessonFinished():
            name, values = "result", {"saved": event.saved, "outcome": event.outcome.to_json()}
        case LessonFailed():
            name, values = "failed", {"sentence": event.sentence}
    return json.dumps({"v": VERSION, "event": name, **values}, separators=(",", ":"))


def from_line(text: str) -> LessonEvent | None:
    """The event of a line; None for a line that is none, or one of a version not known here."""
    try:
        values = json.loads(text)
        if not isinstance(values, dict) or values.get("v") != VERSION:
            return None
        match values.get("event"):
            case "ready":
                return LessonReady()
            case "result":
                outcome = LessonOutcome.from_json(values["outcome"])
                return LessonFinished(outcome, values["saved"] is True)
            case "failed":
                return LessonFailed(str(values["sentence"]))
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return None

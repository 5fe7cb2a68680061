"""Fetching MNIST as lines of JSON: what `qtdigits fetch-mnist --events` prints.

Each line is one JSON object with `v`, the version of this format (1), and `event`, one of

    progress  done, size (bytes)
    result    path
    failed    sentence

The last line is one `result` or `failed`; a process that is killed just ends. A reader skips what
it does not know.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from qtdigits.core.mnist_file import FetchProgress

VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Fetched:
    """The file lies here, whole and right."""

    path: Path


@dataclass(frozen=True, slots=True)
class FetchFailed:
    """It could not be fetched; sentence says why and what to do."""

    sentence: str


FetchEvent = FetchProgress | Fetched | FetchFailed


def to_line(event: FetchEvent) -> str:
    """The event as one line, without its end."""
    match event:
        case FetchProgress():
            about = {"event": "progress", **asdict(event)}
        case Fetched(path):
            about = {"event": "result", "path": str(path)}
        case FetchFailed(sentence):
            about = {"event": "failed", "sentence": sentence}
    return json.dumps({"v": VERSION, **about}, separators=(",", ":"))


def from_line(line: str) -> FetchEvent | None:
    """The event that a line tells of, None for all else."""
    try:
        about = json.loads(line)
        if about["v"] != VERSION:
            return None
        match about["event"]:
            case "progress":
                return FetchProgress(int(about["done"]), int(about["size"]))
            case "result":
                return Fetched(Path(about["path"]))
            case "failed":
                return FetchFailed(str(about["sentence"]))
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        pass
    return None

"""What fetching says of itself survives the way over a pipe; what is none is skipped."""

from __future__ import annotations

from pathlib import Path

import pytest

from qtdigits.core.fetch_events import Fetched, FetchEvent, FetchFailed, from_line, to_line
from qtdigits.core.mnist_download import FetchProgress


@pytest.mark.parametrize(
    "event",
    [
        FetchProgress(3, 11_490_434),
        Fetched(Path("folder with spaces") / "mnist.npz"),
        FetchFailed("the disk is full; free “some” space"),
    ],
)
def test_event_is_read_as_it_was_written(event: FetchEvent) -> None:
    line = to_line(event)
    assert "\n" not in line
    assert from_line(line) == event


@pytest.mark.parametrize(
    "line",
    [
        "",
        "7",
        "null",
        "[]",
        "{}",
        "no JSON",
        '{"v":2,"event":"progress","done":1,"size":2}',
        '{"v":1,"event":"progress","done":1}',
        '{"v":1,"event":"progress","done":1e999,"size":2}',
        '{"v":1,"event":"progress","done":{},"size":2}',
        '{"v":1,"event":"result","path":null}',
        '{"v":1,"event":"party"}',
        "[" * 100_000,
    ],
)
def test_what_is_no_event_is_skipped(line: str) -> None:
    assert from_line(line) is None

"""The clock of a process that had to queue for a processor."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from fair_clock import FairClock


def queue_of(tasks: Path, thread: int, nanoseconds: int) -> None:
    (tasks / str(thread)).mkdir(parents=True, exist_ok=True)
    (tasks / str(thread) / "schedstat").write_text(f"5 {nanoseconds} 1\n")


@pytest.fixture
def clock(tmp_path: Path) -> FairClock:
    one = FairClock(os.getpid())
    one._tasks = tmp_path
    return one


def test_longest_queue_of_all_threads_is_left_out(clock: FairClock, tmp_path: Path) -> None:
    queue_of(tmp_path, 1, 2_000_000_000)
    queue_of(tmp_path, 2, 5_000_000_000)
    assert time.monotonic() - clock.now() == pytest.approx(5.0, abs=0.5)


def test_process_that_has_ended_keeps_its_queue(clock: FairClock, tmp_path: Path) -> None:
    queue_of(tmp_path, 1, 3_000_000_000)
    clock.now()
    (tmp_path / "1" / "schedstat").unlink()
    assert time.monotonic() - clock.now() == pytest.approx(3.0, abs=0.5)


def test_clock_of_a_process_that_is_not_runs_as_any_other() -> None:
    clock = FairClock(2**30)
    assert time.monotonic() - clock.now() == pytest.approx(0.0, abs=0.5)

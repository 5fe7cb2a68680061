"""Many starts, one window; and none that a dead or a deaf one keeps from opening."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from driven import CHILD, Driven, Start
from qtdigits.core import paths

STARTS: Final = 10

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the driver is for POSIX")


def test_race_of_ten_starts_opens_exactly_one_window() -> None:
    starts = [Driven(os.environ) for _ in range(STARTS)]
    racers = list(starts)
    try:
        later: list[Driven] = []
        while len(later) < STARTS - 1:
            ended = next((one for one in racers if one.process.poll() is not None), None)
            if ended is None:
                os.sched_yield()
                continue
            racers.remove(ended)
            later.append(ended)
        (window,) = racers
        window.ready()
        assert [one.wait() for one in later] == [0] * (STARTS - 1)
        assert "".join(one.errors() for one in later) == ""
        assert window.end() == 0
    finally:
        for one in starts:
            one.close()


@pytest.mark.long
def test_window_comes_to_the_front_and_hears_the_files(start: Start) -> None:
    first = start().ready()
    first.do("heard = []")
    first.do("process = [one for one in program.children() if one.objectName() == 'process'][0]")
    first.do("process.started_again.connect(heard.append)")
    first.do("window.showMinimized()")
    later = subprocess.run([*CHILD], capture_output=True, check=False, timeout=60)
    assert (later.returncode, later.stderr) == (0, b"")
    first.until("len(heard) == 1")
    assert first.do("window.isMinimized()") is False
    assert first.end() == 0


@pytest.mark.long
def test_killed_window_does_not_block_the_next(start: Start) -> None:
    start().ready().kill()
    assert paths.lock_file().exists()
    assert start().ready().end() == 0


@pytest.mark.long
def test_halted_window_does_not_block_the_next(start: Start) -> None:
    first = start().ready()
    os.utime(paths.lock_file(), (0, 0))
    first.process.send_signal(signal.SIGSTOP)
    second = start().ready()
    assert second.do("draw(1)") == 1
    assert second.end() == 0
    first.process.send_signal(signal.SIGCONT)
    assert first.end() == 0


@pytest.mark.long
@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_home_that_cannot_be_written_opens_every_window(start: Start, own_files: Path) -> None:
    own_files.chmod(0o500)
    try:
        first, second = start().ready(), start().ready()
        assert (first.end(), second.end()) == (0, 0)
    finally:
        own_files.chmod(0o700)

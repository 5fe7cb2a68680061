"""Ends in the midst of something: within five seconds, without a word, and with nothing left."""

from __future__ import annotations

import signal
import sys
import time
from pathlib import Path
from typing import Final

import pytest

from driven import Driven, Start

LONGEST_S: Final = 5.0
CLOSE: Final = "QTimer.singleShot(0, window.close)"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the driver is for POSIX")


def children(pid: int) -> set[int]:
    """The processes that a process has started, and those that they have."""
    found: set[int] = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = stat.read_text()
        except OSError:
            continue
        number, parent = int(text.split(" ", 1)[0]), int(text.rpartition(")")[2].split()[1])
        if parent == pid:
            found |= {number} | children(number)
    return found


def lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def end_in_time(program: Driven, how: int | str) -> None:
    """End it, and hold it to what is promised."""
    kin = children(program.process.pid)
    begun = program.clock.now()
    if isinstance(how, str):
        program.do(how)
        status = program.wait()
    else:
        status = program.end(how)
    assert program.clock.now() - begun < LONGEST_S
    assert (status, program.errors()) == (0, "")
    assert [one for one in kin if lives(one)] == []


@pytest.mark.parametrize("number", [signal.SIGHUP])
def test_hang_up_ends_the_window_in_good_order(number: signal.Signals, start: Start) -> None:
    end_in_time(start().ready(), number)


def test_end_while_a_network_loads_waits_for_nobody(start: Start) -> None:
    """Nothing can interrupt an import; the sleeping loader stands for one that takes a minute."""
    program = start(QTDIGITS_TEST_NETWORK="slow").ready()
    program.do("draw(3)")
    program.until("program.inference.has_begun")
    end_in_time(program, signal.SIGTERM)


@pytest.mark.long
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, "window"])
def test_end_in_mid_training_leaves_no_process(how: int | str, start: Start) -> None:
    program = start(QTDIGITS_TEST_NETWORK="real").ready()
    program.do("train()")
    program.until("program.networks.session._process.process_id > 0")
    program.do("draw(5)")
    if how == "window":
        program.do("program.networks.end_without_asking()")
        how = CLOSE
    end_in_time(program, how)


@pytest.mark.long
def test_training_child_ends_with_a_killed_window(start: Start) -> None:
    program = start().ready()
    program.do("train()")
    program.until("program.networks.session._process.process_id > 0")
    kin = children(program.process.pid)
    assert kin
    program.kill()
    longest = time.monotonic() + LONGEST_S
    while any(map(lives, kin)):
        assert time.monotonic() < longest, "a child outlives the window"


@pytest.mark.long
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_end_at_any_moment_of_the_start_is_quiet(number: signal.Signals, start: Start) -> None:
    for delay_s in (0.05, 0.2, 0.4, 0.8, 1.6):
        program = start()
        try:
            program.process.wait(delay_s)
        except Exception:
            program.end(number)
        assert "Traceback" not in program.errors()
        assert program.errors() == ""


@pytest.mark.long
def test_end_of_the_session_saves_and_asks_nothing(start: Start) -> None:
    """The desktop's session manager cannot be had here: its signal's slot is called."""
    program = start().ready()
    program.do("train()")
    program.do("draw(5)")
    program.do("program.prepare_to_end()")
    end_in_time(program, CLOSE)

"""What is on the paper survives the program that it was written in."""

from __future__ import annotations

import os
import random
import sys
import time
from contextlib import suppress
from typing import Any, Final

import pytest

from driven import Driven, Start
from qtdigits.core import paths
from qtdigits.core.drawing_codec import decode_drawing
from qtdigits.core.kept_ink import KeptInk

KILLS: Final = int(os.environ.get("QTDIGITS_KILLS", "2"))
INK: Final = "canvas.ink().to_json()"
DIVIDED: Final = "canvas.is_arranged"
HEAD: Final = len(b"qtdigits ink 2\n") + 1
LOST_S: Final = 1.0
"""At most the last second may be lost, of the time that the program had."""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the driver is for POSIX")


def wait_until_kept(program: Driven) -> None:
    """Wait until what is on the paper is what lies on the disk."""
    file, longest = paths.kept_ink(), program.clock.now() + 30
    ink, is_divided = program.do(INK), program.do(DIVIDED)
    while program.clock.now() < longest:
        if not ink and not file.exists():
            return
        with suppress(OSError, ValueError):
            kept = decode_drawing(file.read_bytes()[HEAD:])
            if ink and kept.ink.to_json() == ink and bool(kept.arrangements) == is_divided:
                return
        program.do("None")
    raise AssertionError("it is not kept")


def test_drawing_is_back_after_a_kill(start: Start) -> None:
    first = start().ready()
    first.do("draw(4)")
    written = first.do(INK)
    wait_until_kept(first)
    first.kill()
    second = start().ready()
    assert second.do(INK) == written
    assert "Your drawing is back" in second.do("window.notice.text()")
    assert second.do("program.undo_stack.canUndo()") is False


def test_division_by_hand_is_back_after_a_kill(start: Start) -> None:
    first = start().ready()
    first.do("draw(8)")
    first.until("canvas.can_split")
    first.do("canvas.split_digit()")
    first.until("[box.words[0] for box in canvas.boxes()] == ['7', '7']")
    wait_until_kept(first)
    first.kill()
    second = start().ready()
    second.until("[box.words[0] for box in canvas.boxes()] == ['7', '7']")
    assert second.do(DIVIDED) is True


@pytest.mark.long
def test_drawing_that_is_back_is_one_entry_of_the_history(start: Start) -> None:
    first = start().ready()
    first.do("draw(4)")
    first.until("program.history.rowCount() == 1 and program.history.ids()[0] > 0")
    first.do("draw(1)")
    wait_until_kept(first)
    first.kill()
    second = start().ready()
    second.until("program.history.rowCount() == 1")
    second.do("draw(2)")
    assert second.end() == 0
    third = start().ready()
    third.until("program.history.rowCount() == 1")
    assert third.do(INK) == []


def test_good_end_leaves_nothing_to_recover(start: Start) -> None:
    first = start().ready()
    first.do("draw(3)")
    wait_until_kept(first)
    assert first.end() == 0
    assert not paths.kept_ink().exists()


@pytest.mark.long
def test_cleared_paper_stays_clear_after_a_kill(start: Start) -> None:
    first = start().ready()
    first.do("draw(3)")
    wait_until_kept(first)
    first.do("canvas.clear()")
    wait_until_kept(first)
    first.kill()
    assert start().ready().do(INK) == []


@pytest.mark.long
def test_drawing_that_makes_the_program_end_is_set_aside(start: Start) -> None:
    first = start().ready()
    first.do("draw(3)")
    wait_until_kept(first)
    first.kill()
    for _ in range(2):
        one = start().ready()
        assert one.do(INK) != []
        one.kill()  # before it was kept anew
    last = start().ready()
    assert last.do(INK) == []
    assert ".unreadable" in last.do("window.notice.text()")
    assert list(paths.data_dir().glob("*.unreadable")) != []


@pytest.mark.long
@pytest.mark.parametrize("content", [b"", b"garbage", b"qtdigits ink 1\n", None])
def test_damaged_file_is_set_aside_with_a_sentence(content: bytes | None, start: Start) -> None:
    paths.data_dir().mkdir(parents=True)
    if content is None:
        paths.kept_ink().mkdir()
    else:
        paths.kept_ink().write_bytes(content)
    one = start().ready()
    assert "drawing of last time" in one.do("window.notice.text()")
    assert one.do("draw(1)") == 1
    assert one.end() == 0


@pytest.mark.long
@pytest.mark.parametrize("seed", range(KILLS))
def test_killed_at_any_moment_all_but_the_last_second_is_there(seed: int, start: Start) -> None:
    rng = random.Random(seed)
    one = start().ready()
    written: list[tuple[float, Any]] = [(one.clock.now(), [])]
    longest = rng.uniform(0.1, 3.0)
    ends = time.monotonic() + longest
    while time.monotonic() < ends:
        one.do(f"draw({rng.randrange(10)})")
        written.append((one.clock.now(), one.do(INK)))
    killed_at = one.clock.now()
    one.kill()
    kept, problem = KeptInk(paths.kept_ink()).recover()
    found = [] if kept is None else kept.ink.to_json()
    assert problem == ""
    assert found == written[-1][1][: len(found)]
    at_least = [[], *(ink for at, ink in written if at < killed_at - LOST_S)][-1]
    assert len(found) >= len(at_least)

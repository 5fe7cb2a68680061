"""What the administrator of a school meets: homes on network drives, shared machines, odd files."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from driven import CHILD, Driven, Start
from qtdigits.core import paths

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the driver is for POSIX")

FAILING: Final = str(Path(CHILD[1]).with_name("failing_calls.py"))
PIPES: Final = (
    *(".config/qtdigits/qtdigits.ini", ".local/state/qtdigits/log/qtdigits.log"),
    ".local/state/qtdigits/log/faults.txt",
    *(
        f".local/share/qtdigits/{name}"
        for name in (
            *("drawings.sqlite", "on-the-paper.ink", "window.lock"),
            *("models/current.json", "models/lessons.json"),
        )
    ),
)


@pytest.fixture
def umask() -> Iterator[None]:
    """None at all: whatever the program makes, everybody could use."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.long
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the filter is Linux' kernel's")
@pytest.mark.parametrize(
    ("calls", "words"),
    [("locks", "has no file locks"), ("quota", "or your share of it is used up")],
)
def test_drive_that_fails_is_told_and_one_draws_and_trains(calls: str, words: str) -> None:
    program = Driven(dict(os.environ), [sys.executable, FAILING, calls, CHILD[1]]).ready()
    try:
        assert words in program.do("window.notice.text()")
        assert program.do("draw(1)") == 1
        program.do("train()")
        program.until("program.networks.session._process.process_id > 0")
        assert program.end() == 0
        assert program.errors() == ""
    finally:
        program.close()


@pytest.mark.long
@pytest.mark.parametrize("pipe", PIPES)
def test_pipe_in_place_of_a_file_does_not_hang(pipe: str, start: Start, own_files: Path) -> None:
    place = own_files / pipe
    place.parent.mkdir(parents=True)
    os.mkfifo(place)
    program = start().ready()
    assert program.do("draw(1)") == 1
    program.until("program.history.rowCount() == 1")
    assert program.end() == 0
    assert program.errors() == ""


def test_others_on_the_machine_cannot_look_into_what_is_kept(start: Start, umask: None) -> None:
    program = start().ready()
    program.do("draw(1)")
    program.until("program.history.rowCount() == 1")
    assert program.end() == 0
    for folder in (paths.data_dir(), paths.log_dir()):
        assert folder.stat().st_mode & 0o077 == 0


@pytest.mark.long
def test_folder_deleted_under_the_window_is_told_and_one_draws_on(start: Start) -> None:
    program = start().ready()
    program.do("draw(1)")
    program.until("program.history.rowCount() == 1 and program.history.ids()[0] > 0")
    shutil.rmtree(paths.data_dir())
    program.do("window.action('New').trigger()")
    program.do("draw(2)")
    program.until("'kept in memory' in window.notice.text()")
    assert "is no longer there" in program.do("window.notice.text()")
    assert program.do("draw(3)") > 1
    assert program.end() == 0
    assert program.errors() == ""
    assert not paths.kept_ink().exists(), "the end was cut off"
    again = start().ready()
    assert again.do("draw(1)") == 1
    again.until("program.history.rowCount() == 1 and program.history.ids()[0] > 0")


@pytest.mark.long
def test_window_that_was_halted_goes_on_where_it_was(start: Start) -> None:
    program = start().ready()
    program.do("draw(1)")
    program.process.send_signal(signal.SIGSTOP)
    with pytest.raises(subprocess.TimeoutExpired):
        program.process.wait(3)
    program.process.send_signal(signal.SIGCONT)
    assert program.do("draw(2)") > 1
    program.until("program.history.rowCount() == 1 and program.history.ids()[0] > 0")
    assert program.end() == 0
    assert program.errors() == ""

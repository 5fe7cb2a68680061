"""Odd surroundings: languages, homes, disks that are full, libraries that are missing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from driven import Driven, Start

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the driver is for POSIX")


def use(program: Driven) -> None:
    """Write, and end; nothing is printed."""
    program.ready()
    assert program.do("draw(1)") == 1
    assert program.end() == 0
    assert program.errors() == ""


def homes(home: Path) -> dict[str, str]:
    return {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_STATE_HOME": str(home / "state"),
    }


def test_turkish_and_a_home_with_a_line_break_and_a_face(start: Start, tmp_path: Path) -> None:
    home = tmp_path / "a 'home'\nof \"\U0001f600\""
    use(start(LANG="tr_TR.UTF-8", LC_ALL="tr_TR.UTF-8", **homes(home)))
    assert (home / "data" / "qtdigits" / "drawings.sqlite").exists()


@pytest.mark.long
@pytest.mark.parametrize(
    "language",
    [
        {"LANG": "C", "LC_ALL": ""},
        {"LANG": "", "LC_ALL": ""},
        {"LC_NUMERIC": "de_DE.UTF-8", "LANG": "de_DE.UTF-8"},
        {"LC_ALL": "nonsense"},
        {"LC_ALL": "ar_EG.UTF-8", "LANGUAGE": "ar"},
    ],
)
def test_every_language_will_do(language: dict[str, str], start: Start) -> None:
    program = start(PYTHONUTF8="1", **language).ready()
    assert program.do("draw(1)") == 1
    assert program.end() == 0
    # Of a locale that is not installed here Qt itself complains before there is a window.
    assert "Traceback" not in program.errors()


@pytest.mark.long
@pytest.mark.parametrize("place", ["/proc", "/dev/null", ""])
def test_home_of_no_use_is_a_session_in_memory(place: str, start: Start, tmp_path: Path) -> None:
    home = place or str(tmp_path / "file")
    (tmp_path / "file").write_text("no folder")
    program = start(
        HOME=home, **{name: f"{home}/x" for name in homes(tmp_path) if name.startswith("XDG")}
    ).ready()
    assert "lasts until you close" in program.do("window.notice.text()")
    assert program.do("draw(1)") == 1
    assert program.end() == 0
    assert program.errors() == ""


@pytest.mark.long
def test_full_disk_is_told_and_saved_once_there_is_room(start: Start) -> None:
    import resource

    program = start()
    pid = program.process.pid
    _, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    program.ready()
    program.do("draw(1)")
    program.until("program.history.rowCount() == 1 and program.history.ids()[0] > 0")
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (1, hard))
    program.do("window.action('New').trigger()")
    program.do("draw(2)")
    program.until("'kept in memory' in window.notice.text()")
    assert program.do("draw(3)") > 1
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (hard, hard))
    program.until("'All your drawings are saved' in window.notice.text()")
    assert program.end() == 0
    again = start().ready()
    again.until("program.history.rowCount() >= 2")


@pytest.mark.long
def test_without_tensorflow_one_draws_and_is_told(start: Start) -> None:
    program = start(QTDIGITS_TEST_NETWORK="missing").ready()
    program.until("window._status.status().state.name == 'FAILED'")
    assert "Nothing can be read" in program.do("window._status.status().details")
    assert program.do("draw(1)") == 1
    assert program.end() == 0
    assert program.errors() == ""


@pytest.mark.long
def test_clock_that_goes_back_leaves_the_order(start: Start) -> None:
    program = start().ready()
    program.do("import qtdigits.core.paper_entries as entries, datetime as times")
    program.do("program.session._paper._now = lambda: times.datetime(1970, 1, 1).astimezone()")
    program.do("draw(1)")
    program.until("program.history.rowCount() == 1")
    program.do("window.action('New').trigger()")
    program.do("program.session._paper._now = lambda: times.datetime(1969, 1, 1).astimezone()")
    program.do("draw(2)")
    program.until("program.history.rowCount() == 2 and min(program.history.ids()) > 0")
    ids = program.do("list(program.history.ids())")
    assert ids == sorted(ids, reverse=True)
    assert program.end() == 0
    again = start().ready()
    again.until("program.history.rowCount() == 2")
    assert again.do("list(program.history.ids())") == ids

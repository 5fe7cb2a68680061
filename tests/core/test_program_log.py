"""The log: small, silent, and readable as a whole."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from qtdigits.core.program_log import close_log, open_log, read_log

log = logging.getLogger("qtdigits.test_program_log")


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Callable[[], Path]]:
    handlers: list[logging.Handler] = []

    def begin(folder: Path = tmp_path / "log") -> Path:
        handlers.append(open_log(folder))
        return folder

    yield begin
    for handler in handlers:
        close_log(handler)


def test_records_are_read_back(opened: Callable[[], Path]) -> None:
    folder = opened()
    log.info("a plain line")
    try:
        raise ValueError("a fault")
    except ValueError:
        log.info("with its trace", exc_info=True)
    text = read_log(folder)
    assert "a plain line" in text
    assert "ValueError: a fault" in text


def test_log_stays_small_and_keeps_the_newest(opened: Callable[[], Path]) -> None:
    folder = opened()
    for number in range(40):
        log.info("line %d %s", number, "x" * 100_000)
    files = list(folder.iterdir())
    assert len(files) == 3
    assert sum(file.stat().st_size for file in files) < 2 << 20
    text = read_log(folder)
    assert text.index("line 38") < text.index("line 39")
    assert "line 1 " not in text


def test_place_that_cannot_be_written_is_silent(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("no folder")
    handler = open_log(tmp_path / "file" / "log")
    log.error("unheard")
    close_log(handler)
    assert capfd.readouterr() == ("", "")
    assert read_log(tmp_path / "file" / "log") == ""


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_pipes_in_place_of_its_files_are_not_waited_for(
    opened: Callable[[], Path], tmp_path: Path
) -> None:
    (tmp_path / "log").mkdir()
    for name in ("qtdigits.log", "qtdigits.log.1"):
        os.mkfifo(tmp_path / "log" / name)
    folder = opened()
    log.info("a plain line")
    assert "a plain line" in read_log(folder)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no full device")
def test_full_disk_is_silent(
    opened: Callable[[], Path], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "log"
    folder.mkdir()
    (folder / "qtdigits.log").symlink_to("/dev/full")
    opened()
    log.error("no room for this")
    assert capfd.readouterr().err == ""


def test_missing_log_is_empty(tmp_path: Path) -> None:
    assert read_log(tmp_path / "none") == ""

"""Checks the program's own start: the window for one person, a second start, and its end."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

from qtdigits.core import paths
from qtdigits.core.own_program import command_line
from qtdigits.self_test.waiting import SelfTestError, wait_for

_ENDING_S: Final = 60.0


def check_starting(folder: Path) -> None:
    """A window opens, a second start hands over to it, and SIGTERM closes it.

    folder: for the files of both. Raises SelfTestError. Windows has no such signal, nor a variable
    that says where a person's files lie.
    """
    if sys.platform == "win32":
        return
    folder.mkdir()
    first = _start(folder)
    try:
        wait_for(
            lambda: first.poll() is not None or any(folder.rglob("starts")), "opening a window"
        )
        if first.poll() is not None:
            raise SelfTestError(f"the window closed by itself and said: {first.communicate()[0]}")
        _check_end(_start(folder), "a second start")
        first.terminate()
        _check_end(first, "the window")
    finally:
        first.kill()
        first.wait()


def _start(folder: Path) -> subprocess.Popen[str]:
    """Start the program as a person does who has never used it; its parts are unpacked already."""
    homes = {
        name: str(folder) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME")
    }
    cache = {"XDG_CACHE_HOME": str(paths.cache_dir().parent)}
    return subprocess.Popen(
        command_line(),
        env=os.environ | homes | cache,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )


def _check_end(process: subprocess.Popen[str], which: str) -> None:
    """It ends without an error, and has said nothing."""
    wait_for(lambda: process.poll() is not None, f"ending {which}", _ENDING_S)
    said = process.communicate()[0].strip()
    if process.returncode != 0 or said:
        raise SelfTestError(f"{which} ended with status {process.returncode} and said: {said}")

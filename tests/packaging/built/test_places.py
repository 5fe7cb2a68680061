"""Disks that are full, read-only, missing, or may hold no programs: it works, or says why not."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

Built = Any  # the class is in conftest.py, which tests cannot import
PATIENCE_S = 300


def run_behind(prefix: list[str], built: Built, *arguments: str) -> tuple[int, str, str]:
    """Status, output and error output of the program behind a command prefix."""
    done = subprocess.run(
        [*prefix, str(built.program), *arguments],
        env=built.environ(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def test_nothing_is_left_in_the_temporary_folder(built: Built) -> None:
    built.reads()
    assert built.left_over() == []


def test_later_start_unpacks_nothing(warm: Built) -> None:
    before = warm.unpacked().stat().st_ino
    warm.reads()
    assert warm.unpacked().stat().st_ino == before


def test_without_cache_everything_goes_to_the_temporary_folder(built: Built) -> None:
    without = replace(built, extra={"QTDIGITS_NO_CACHE": "1"})
    without.reads()
    assert not built.cache.exists()
    assert without.left_over() == []


def test_switch_does_without_the_cache(built: Built, samples: Path) -> None:
    done = built.run("--no-cache", "recognize", str(samples))
    assert (done.returncode, done.stderr) == (0, "")
    assert not built.cache.exists()


def test_missing_temporary_folder_is_no_trouble(built: Built, tmp_path: Path) -> None:
    replace(built, temporary=tmp_path / "not there").reads()


def test_full_cache_is_no_trouble(
    built: Built, mounted: Callable[[str, str], list[str]], samples: Path
) -> None:
    prefix = mounted(str(built.home), "size=20m")
    status, out, err = run_behind(prefix, built, "recognize", str(samples))
    assert (status, err) == (0, "")
    assert out


def test_read_only_home_is_no_trouble(
    built: Built, mounted: Callable[[str, str], list[str]], samples: Path
) -> None:
    status, out, err = run_behind(mounted(str(built.home), "ro"), built, "recognize", str(samples))
    assert (status, err) == (0, "")
    assert out


def test_home_that_may_hold_no_programs_is_no_trouble(
    built: Built, mounted: Callable[[str, str], list[str]], samples: Path
) -> None:
    prefix = mounted(str(built.home), "noexec,size=2g")
    status, out, err = run_behind(prefix, built, "recognize", str(samples))
    assert (status, err) == (0, "")
    assert out


@pytest.mark.parametrize("options", ["size=4m", "size=40m", "size=60m", "noexec,size=2g", "ro"])
def test_temporary_folder_of_no_use_is_no_trouble(
    built: Built, mounted: Callable[[str, str], list[str]], samples: Path, options: str
) -> None:
    prefix = mounted(str(built.temporary), options)
    status, out, err = run_behind(prefix, built, "recognize", str(samples))
    assert (status, err) == (0, "")
    assert out


def test_no_temporary_folder_of_use_gives_a_sentence(
    built: Built, mounted: Callable[[str, str], list[str]]
) -> None:
    """Neither that one nor those that every system has, nor the cache."""
    visible = 'touch /mnt/qtdigits && mount --bind "$0" /mnt/qtdigits && exec "$@"'
    prefix = [*mounted("/mnt", "size=1m"), "sh", "-c", visible, str(built.program)]
    for place in (built.temporary, built.home, "/tmp", "/var/tmp"):
        prefix += mounted(str(place), "size=4m")
    status, _, err = run_behind(prefix, replace(built, program=Path("/mnt/qtdigits")), "--version")
    assert status == 1
    assert err.startswith("qtdigits: There is no temporary folder to start in")
    assert err.count("\n") == 1

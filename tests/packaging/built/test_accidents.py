"""Killed processes, two first starts at once, a cache that somebody harmed, a damaged download."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

Built = Any  # the class is in conftest.py, which tests cannot import
_MARKER = "00qtdigits.running"


def _kill_once_it_runs(built: Built, samples: Path) -> None:
    """Start, and kill every process of it as soon as it has unpacked itself."""
    process = built.start("recognize", str(samples))
    end = time.monotonic() + 120
    while not list(built.temporary.glob("_MEI*/base_library.zip")):
        assert time.monotonic() < end
        time.sleep(0.01)  # nothing tells from outside when a file appears
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def _age(built: Built) -> None:
    """Let what was left look an hour old."""
    for marker in built.temporary.glob(f"_MEI*/{_MARKER}"):
        moment = time.time() - 3600
        os.utime(marker, (moment, moment))


def test_killed_program_is_tidied_up_after_by_the_next(warm: Built, samples: Path) -> None:
    _kill_once_it_runs(warm, samples)
    assert len(warm.left_over()) == 1
    _age(warm)
    warm.reads()
    assert warm.left_over() == []


def test_folder_of_another_program_is_left_alone(warm: Built) -> None:
    foreign = warm.temporary / "_MEIother"
    foreign.mkdir()
    (foreign / "library.so").touch()
    warm.reads()
    assert (foreign / "library.so").exists()


def test_killed_while_unpacking_starts_the_next_time(built: Built, samples: Path) -> None:
    process = built.start("recognize", str(samples))
    end = time.monotonic() + 120
    while not list(built.cache.glob("draft-*/*")):
        assert time.monotonic() < end
        time.sleep(0.01)  # see above
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    built.reads()


def test_two_first_starts_at_once_both_work(built: Built, samples: Path) -> None:
    processes = [built.start("recognize", "--json", str(samples)) for _ in range(2)]
    outputs = [process.communicate(timeout=300) for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    assert outputs[0] == outputs[1]
    assert outputs[0][1] == ""
    assert built.unpacked().is_dir()


@pytest.mark.parametrize("harm", ["truncated", "altered", "removed"])
def test_harmed_cache_is_made_anew(warm: Built, harm: str) -> None:
    library = max(warm.unpacked().rglob("*"), key=lambda path: path.lstat().st_size)
    size = library.stat().st_size
    if harm == "removed":
        library.unlink()
    else:
        with library.open("r+b") as file:
            if harm == "truncated":
                file.truncate(size // 2)
            else:
                file.seek(size // 2)
                file.write(b"altered")
    warm.reads()
    assert library.stat().st_size == size


def test_older_versions_are_removed(warm: Built) -> None:
    old = warm.cache / ("0123456789abcdef" * 2)
    old.mkdir()
    (old / "library.so").touch()
    warm.reads()
    assert not old.exists()


def test_damaged_file_gives_one_sentence(built: Built, tmp_path: Path, samples: Path) -> None:
    """A byte in the middle of the file, where the network's part is, came over wrong."""
    copy = Path(shutil.copy(built.program, tmp_path / "qtdigits"))
    with copy.open("r+b") as file:
        file.seek(copy.stat().st_size // 2)
        byte = file.read(1)
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte[0] ^ 255]))
    done = subprocess.run(
        [str(copy), "recognize", str(samples)],
        env=built.environ(),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "is damaged" in done.stderr

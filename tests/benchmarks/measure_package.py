"""Measures the built executable file beside a plain one-file build of the same program.

The plain build is what PyInstaller makes of it by its own hooks, `pyinstaller --onefile`. Both are
started in turns, offscreen, each from a folder of its own for its temporary files.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from table import Goal, Row, Section, Unit, at_most, formatted
from timing import median

_ROOT: Final = Path(__file__).resolve().parents[2]
_PLAIN_WORK: Final = _ROOT / "build" / "plain"
_PLAIN: Final = _PLAIN_WORK / "dist" / "plain"
_BUILT: Final = _ROOT / "dist" / "qtdigits"
_PATIENCE_S: Final = 600
_POLL_S: Final = 0.1
_AGAINST: Final = "plain one-file build"


@dataclass(frozen=True, slots=True)
class Start:
    """One start: seconds since the process began, the longest freeze, what the disk held."""

    window_s: float
    answer_s: float
    freeze_ms: float
    temporary_mb: float
    left_over: int


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; returns the exit status, 1 when a goal is missed."""
    parser = argparse.ArgumentParser(prog="measure-package", description=__doc__)
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="starts (default: 5)")
    parser.add_argument("--keep-plain", action="store_true", help="use the plain build of before")
    args = parser.parse_args(arguments)
    if not _BUILT.is_file():
        print("There is no dist/qtdigits; run make package first.", file=sys.stderr)
        return 1
    if not (args.keep_plain and _PLAIN.is_file()):
        build_plain()
    first, later, plain = [], [], []
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        for number in range(args.runs):
            print(f"start {number + 1} of {args.runs} …", file=sys.stderr, flush=True)
            shutil.rmtree(home, ignore_errors=True)
            first.append(start(_BUILT, home))
            later.append(start(_BUILT, home))
            plain.append(start(_PLAIN, home))
    section = Section("The executable file, medians", tuple(_rows(first, later, plain)))
    print(formatted([section]))
    return 0 if all(goal.met for row in section.rows for goal in row.goals) else 1


def build_plain() -> None:
    """What PyInstaller makes of the program without any decision of ours; raises RuntimeError."""
    print("building the plain file, which takes many minutes …", file=sys.stderr, flush=True)
    command = [sys.executable, "-P", "-m", "PyInstaller", "--noconfirm", "--onefile"]
    command += ["--name", "plain", "--log-level", "ERROR", "--paths", str(_ROOT / "src")]
    for folder in ("resources", "models"):
        command += ["--add-data", f"{_ROOT / folder}{os.pathsep}{folder}"]
    command += ["--hidden-import", "qtdigits.app", "--collect-submodules", "qtdigits"]
    command += ["--distpath", str(_PLAIN.parent), "--workpath", str(_PLAIN_WORK / "work")]
    command += ["--specpath", str(_PLAIN_WORK), str(_ROOT / "packaging" / "run_folder.py")]
    done = subprocess.run(
        command,
        env=os.environ | {"PYINSTALLER_ZLIB_COMPRESSION_LEVEL": "6"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"the plain build failed: {done.stderr.strip()[-2000:]}")


def start(program: Path, home: Path) -> Start:
    """Start a program once, and let it write a digit; raises RuntimeError when it fails."""
    home.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="measured-") as folder:
        temporary = Path(folder)
        environ = {"PATH": "/usr/bin:/bin", "HOME": str(home), "TMPDIR": folder}
        most, stop = [0.0], threading.Event()
        watcher = threading.Thread(target=_watch_size, args=(temporary, most, stop))
        begun = time.monotonic()
        process = subprocess.Popen(
            [str(program), "--time-start"],
            env=environ | {"QT_QPA_PLATFORM": "offscreen"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        watcher.start()
        out, err = process.communicate(timeout=_PATIENCE_S)
        stop.set()
        watcher.join()
        if process.returncode != 0:
            raise RuntimeError(f"{program.name} did not start: {err.strip()}")
        stamps = json.loads(out)
        return Start(
            stamps["window"] - begun,
            stamps["answer"] - begun,
            stamps["freeze_ms"],
            most[0],
            len(list(temporary.iterdir())),
        )


def _watch_size(folder: Path, most: list[float], stop: threading.Event) -> None:
    """Keep the largest size that the folder has, megabytes, in most[0]."""
    while not stop.wait(_POLL_S):
        size = 0
        for parent, _, names in os.walk(folder):
            for name in names:
                with suppress(OSError):  # it may be gone by now
                    size += os.lstat(os.path.join(parent, name)).st_size
        most[0] = max(most[0], size / 1e6)


def _rows(first: list[Start], later: list[Start], plain: list[Start]) -> list[Row]:
    sizes = [file.stat().st_size / 1e6 for file in (_BUILT, _PLAIN)]
    runs = len(first)

    def row(what: str, name: str, ours: list[Start], limit: float, share: float | None) -> Row:
        unit = Unit.MS if name == "freeze_ms" else Unit.SECONDS
        mine, other = (median([getattr(one, name) for one in many]) for many in (ours, plain))
        goals = [at_most(mine, limit, unit)]
        if share is not None:
            goals.append(_share(mine, other, share))
        return Row(what, mine, unit, runs, other, _AGAINST, tuple(goals))

    temporary = max(one.temporary_mb for one in (*first, *later))
    left = sum(one.left_over for one in (*first, *later))
    return [
        Row(
            "size of the file",
            sizes[0],
            Unit.MB,
            1,
            sizes[1],
            _AGAINST,
            (at_most(sizes[0], 250, Unit.MB), _share(sizes[0], sizes[1], 0.7)),
        ),
        row("first start to window painted", "window_s", first, 0.8, 0.15),
        row("later start to window painted", "window_s", later, 0.8, 0.15),
        row("first start to first answer", "answer_s", first, 8, 0.5),
        row("later start to first answer", "answer_s", later, 5, 0.5),
        row("longest freeze, first start", "freeze_ms", first, 70, None),
        row("longest freeze, later start", "freeze_ms", later, 40, None),
        Row(
            "most in the temporary folder",
            temporary,
            Unit.MB,
            2 * runs,
            max(one.temporary_mb for one in plain),
            _AGAINST,
            (at_most(temporary, 115, Unit.MB),),
        ),
        Row(
            "files left in the temporary folder",
            left,
            Unit.FILES,
            2 * runs,
            goals=(at_most(left, 0, Unit.FILES),),
        ),
    ]


def _share(value: float, other: float, limit: float) -> Goal:
    return Goal(f"<= {limit:g} of it ({value / other:.2f})", value <= limit * other)


if __name__ == "__main__":
    sys.exit(main())

"""Builds the executable file dist/qtdigits, or the folder dist/folder/qtdigits, and tries it out.

What goes in is decided by a traced run of every feature, kept until a source changes. A build
whose program does not do the same as the sources do, or says anything unexpected, fails.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from feature_trace import read_trace, trace, write_trace
from features import FEATURES, prepare
from untraced import untraced

ROOT: Final = Path(__file__).resolve().parent.parent
WORK: Final = ROOT / "build" / "package"
REFERENCE: Final = WORK / "reference"
"""Where the features ran from source: their files and what they printed."""
SUFFIX: Final = ".exe" if sys.platform == "win32" else ""
EXECUTABLE: Final = ROOT / "dist" / f"qtdigits{SUFFIX}"
FOLDER: Final = ROOT / "dist" / "folder"
_DECIDING: Final = ("pyproject.toml", "constraints.txt", "packaging/features.py")


def main(arguments: Sequence[str] | None = None) -> int:
    """Build what the arguments ask for; returns the exit status."""
    parser = argparse.ArgumentParser(prog="build", description=__doc__)
    parser.add_argument("--folder", action="store_true", help="build the folder, not the file")
    parser.add_argument("--quick", action="store_true", help="try out the self-test alone")
    parser.add_argument(
        "--level",
        type=int,
        choices=range(1, 20),
        default=12,
        metavar="N",
        help="how hard to compress; 19 takes ten times as long as 12 and saves a sixteenth",
    )
    args = parser.parse_args(arguments)
    from check_build import BuildError, check

    begun = time.monotonic()
    try:
        _trace()
        _check_trace()
        program = _freeze(args.folder, args.level)
        say(f"built {program} after {time.monotonic() - begun:.0f} s")
        check(program, REFERENCE, quick=args.quick)
    except (BuildError, RuntimeError) as failure:
        print(f"The build failed: {failure}", file=sys.stderr)
        return 1
    size = sum(file.stat().st_size for file in _files(program))
    say(
        f"{program.relative_to(ROOT)}: {size / 1e6:.0f} MB, {time.monotonic() - begun:.0f} s in all"
    )
    return 0


def say(text: str) -> None:
    """One line of progress."""
    print(f"package: {text}", flush=True)


def _trace() -> None:
    """Trace all features, unless nothing has changed since they were traced."""
    target, stamp = WORK / "trace.json", WORK / "trace.key"
    key = _fingerprint()
    if target.is_file() and stamp.is_file() and stamp.read_text() == key:
        say("nothing has changed since the features were traced")
        return
    WORK.mkdir(parents=True, exist_ok=True)
    stamp.unlink(missing_ok=True)
    say(f"tracing {len(FEATURES)} features, some minutes")
    shutil.rmtree(REFERENCE, ignore_errors=True)
    REFERENCE.mkdir()
    prepare(REFERENCE)
    write_trace(trace(FEATURES, REFERENCE), target)
    stamp.write_text(key)


def _check_trace() -> None:
    """Raise RuntimeError when something of the program was not traced."""
    if missing := untraced(read_trace(WORK / "trace.json"), ROOT / "src"):
        raise RuntimeError(
            f"no feature loads {', '.join(missing)}; add one that does to packaging/features.py"
        )


def _freeze(as_folder: bool, level: int) -> Path:
    """Run PyInstaller; returns the program. Raises RuntimeError."""
    environ = os.environ | {
        "QTDIGITS_WORK": str(WORK),
        "QTDIGITS_LEVEL": str(level),
        "PYTHONHASHSEED": "0",  # so that the same sources give the same file
    }
    if as_folder:
        environ["QTDIGITS_AS_FOLDER"] = "1"
    dist = FOLDER if as_folder else EXECUTABLE.parent
    log = WORK / "pyinstaller.log"
    command = [sys.executable, "-P", "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    command += ["--distpath", str(dist), "--workpath", str(WORK / "pyinstaller")]
    say("packing, some minutes")
    with log.open("w", encoding="utf-8") as out:
        done = subprocess.run(
            [*command, str(ROOT / "packaging" / "qtdigits.spec")],
            cwd=ROOT,
            env=environ,
            stdout=out,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if done.returncode != 0:
        end = "\n".join(log.read_text(encoding="utf-8").splitlines()[-15:])
        raise RuntimeError(f"PyInstaller ended with status {done.returncode}:\n{end}")
    return FOLDER / "qtdigits" / f"qtdigits{SUFFIX}" if as_folder else EXECUTABLE


def _fingerprint() -> str:
    """A digest of all that decides what the features load."""
    digest = hashlib.sha256(f"{sys.version} {sys.prefix}".encode())
    sources = sorted((ROOT / "src").rglob("*.py"))
    for file in [*sources, *(ROOT / name for name in _DECIDING)]:
        digest.update(file.relative_to(ROOT).as_posix().encode() + file.read_bytes())
    return digest.hexdigest()


def _files(program: Path) -> list[Path]:
    if program == EXECUTABLE:
        return [program]
    return [file for file in program.parent.rglob("*") if file.is_file()]


if __name__ == "__main__":
    sys.exit(main())

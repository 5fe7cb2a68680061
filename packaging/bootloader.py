"""PyInstaller's bootloader, compiled with a temporary folder that is looked at first; Linux only.

The one in the wheel takes the first folder in which it can write. Where that is full or may hold no
programs, the program ends with words of the system's loader that tell a person nothing.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
from importlib.metadata import version
from pathlib import Path
from typing import Final

_HEADER: Final = Path(__file__).resolve().parent / "linux" / "temporary_folder.h"


def own_bootloader(work: Path) -> Path | None:
    """The bootloader, compiled in the work folder unless it lies there; None for the wheel's.

    That is taken on other systems, and where PyInstaller's sources or a compiler are out of reach.
    """
    if not sys.platform.startswith("linux"):
        return None
    release = version("pyinstaller")
    key = hashlib.sha256(release.encode() + _HEADER.read_bytes()).hexdigest()[:16]
    target = work / "bootloader" / key / "run"
    if not target.is_file():
        shutil.rmtree(target.parent, ignore_errors=True)
        target.parent.mkdir(parents=True)
        try:
            _compile(_fetched(release, target.parent), target)
        except RuntimeError as failure:
            print(f"taking the bootloader of PyInstaller's wheel: {failure}", file=sys.stderr)
            return None
    return target


def _fetched(release: str, folder: Path) -> Path:
    """The unpacked sources of this release of PyInstaller; raises RuntimeError."""
    _run(
        [
            *(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"),
            *("--no-binary", "pyinstaller", "--dest", str(folder), f"pyinstaller=={release}"),
        ],
        folder,
    )
    (archive,) = folder.glob("*.tar.gz")
    with tarfile.open(archive) as sources:
        sources.extractall(folder, filter="data")
    archive.unlink()
    return folder / archive.name.removesuffix(".tar.gz")


def _compile(sources: Path, target: Path) -> None:
    """Raises RuntimeError."""
    _run(
        [sys.executable, "./waf", "configure", "build_release"],
        sources / "bootloader",
        # The system's zlib would be loaded once more, from the folder that was unpacked.
        PYI_STATIC_ZLIB="1",
        CFLAGS=f"-D_GNU_SOURCE -include {_HEADER}",
    )
    shutil.copy2(sources / "bootloader" / "build" / "release" / "run", target)
    shutil.rmtree(sources)


def _run(command: list[str], folder: Path, **variables: str) -> None:
    done = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError("\n".join(done.stdout.strip().splitlines()[-5:]))

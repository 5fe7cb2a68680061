"""Leaving out of shared libraries what only a debugger reads; Linux only."""

from __future__ import annotations

import shutil
import struct
import subprocess
import sys
from pathlib import Path
from typing import Final

_ELF64: Final = b"\x7fELF\x02\x01"
_PROGRAM_HEADER: Final = struct.Struct("<IIQQQQQQ")
_LOAD: Final = 1
_PAGE: Final = 4096


def stripped(library: Path, folder: Path) -> Path:
    """A smaller copy of the library in the folder, or the library where there can be none."""
    strip = shutil.which("strip") if sys.platform.startswith("linux") else None
    if strip is None or library.read_bytes()[: len(_ELF64)] != _ELF64:
        return library
    folder.mkdir(parents=True, exist_ok=True)
    copy = folder / library.name
    done = subprocess.run(
        [strip, "--strip-unneeded", "-o", str(copy), str(library)],
        capture_output=True,
        check=False,
    )
    # patchelf moves tables behind the last segment; strip then breaks the alignment of segments.
    if done.returncode != 0 or not is_aligned(copy):
        copy.unlink(missing_ok=True)
        return library
    shutil.copymode(library, copy)
    return copy


def is_aligned(library: Path) -> bool:
    """Whether every loaded segment of a 64-bit ELF file lies where the system can map it."""
    with library.open("rb") as file:
        head = file.read(64)
        (table,) = struct.unpack_from("<Q", head, 32)
        size, count = struct.unpack_from("<HH", head, 54)
        file.seek(table)
        headers = file.read(size * count)
    for number in range(count):
        kind, _, offset, address, *_ = _PROGRAM_HEADER.unpack_from(headers, number * size)
        if kind == _LOAD and offset % _PAGE != address % _PAGE:
            return False
    return True

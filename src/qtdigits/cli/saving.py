"""Saving what a command makes: never half a file, never over a good one that cannot be replaced."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from qtdigits.core.atomic_file import replace_file
from qtdigits.core.data_files.regular import shown


def check_place(file: Path, suffix: str = "") -> None:
    """Raise ValueError, before any work is done, when a file could not be made there.

    suffix: how its name must end, such as '.png', where there is only one kind.
    """
    if not file.name.lower().endswith(suffix):
        raise ValueError(f"{shown(file)} does not end in {suffix}; only such files are made here")
    if file.is_dir():
        raise ValueError(f"{shown(file)} is a folder; give the name of a file")
    if not file.absolute().parent.is_dir():
        raise ValueError(
            f"the folder {shown(file.absolute().parent)} does not exist; make it first"
        )


def save(file: Path, content: bytes) -> None:
    """Write a file whole or not at all: beside its place first, then moved there.

    Raises ValueError with a sentence when it cannot be written.
    """
    try:
        replace_file(file, content)
    except OSError as error:
        raise ValueError(f"{shown(file)} cannot be written: {error.strerror or error}") from None


def save_json_lines(file: Path, values: Iterable[dict[str, Any]]) -> None:
    """Save one JSON object a line, gzipped where the name ends in .gz.

    The same values make the same file. Raises ValueError with a sentence when it cannot be written.
    """
    lines = [json.dumps(value, separators=(",", ":")) + "\n" for value in values]
    content = "".join(lines).encode()
    if file.suffix.lower() == ".gz":
        content = gzip.compress(content, mtime=0)  # no time in the header
    save(file, content)

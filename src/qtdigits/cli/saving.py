"""Saving what a command makes: never half a file, never over a good one that cannot be replaced."""

from __future__ import annotations

from pathlib import Path

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

"""Which files a command was given: by name, in folders, and by a list on standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, TextIO

LIST: Final = Path("-")
"""In the place of a file: the names on standard input, one a line."""

_SUFFIXES: Final = (
    *(".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp", ".tif", ".tiff"),
    *(".jsonl", ".jsonl.gz"),
)


def named_files(arguments: Sequence[Path]) -> Iterator[Path | ValueError]:
    """Every file that the arguments name, one after the other.

    Of a folder, and of the folders in it, the pictures and strokes files by their suffix; hidden
    ones and links to folders are passed over. What cannot be listed comes as an error with its
    sentence, and the rest goes on.
    """
    for argument in arguments:
        if argument == LIST:
            for name in _lines():
                yield from _files(name)
        else:
            yield from _files(argument)


def how_many(arguments: Sequence[Path]) -> int | None:
    """How many files that will be; None where only the end will tell."""
    if LIST in arguments:
        return None
    return sum(1 for _ in named_files(arguments))


def _lines() -> Iterator[Path]:
    for line in _standard_input():
        name = line.rstrip("\r\n")
        if name:
            yield Path(name)


def _standard_input() -> TextIO:
    """Standard input with names as the system has them, whatever bytes they are.

    Not sys.stdin itself, whose lock a thread that waits for a line would keep at the exit.
    """
    try:
        descriptor = sys.stdin.fileno()
    except (OSError, ValueError):  # a stream without a file beneath, in memory
        return sys.stdin
    coding, errors = sys.getfilesystemencoding(), sys.getfilesystemencodeerrors()
    return open(descriptor, encoding=coding, errors=errors, closefd=False)


def _files(path: Path) -> Iterator[Path | ValueError]:
    from qtdigits.core.data_files.regular import shown

    if not os.path.isdir(path):
        yield path
        return
    empty = True
    troubles: list[OSError] = []
    for folder, folders, names in os.walk(path, onerror=troubles.append):
        folders[:] = _seen(folders)
        for name in _seen(names):
            if name.lower().endswith(_SUFFIXES):
                empty = False
                yield Path(folder, name)
    for trouble in troubles:
        empty = False
        yield ValueError(
            f"the folder {shown(Path(trouble.filename))} cannot be read ({trouble.strerror}); "
            "change its permissions"
        )
    if empty:
        yield ValueError(f"{shown(path)} holds neither pictures nor strokes files; give another")


def _seen(names: Iterable[str]) -> list[str]:
    return sorted(name for name in names if not name.startswith("."))

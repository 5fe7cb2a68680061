"""Which pictures are meant by files and folders that a person chose."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

SUFFIXES: Final = (*(".png", ".jpg", ".jpeg", ".jfif", ".bmp", ".gif", ".webp", ".tif", ".tiff"),)
"""Endings of the names of pictures, in small letters."""

_DIGITS: Final = re.compile(r"(\d+)")


def pictures_in(paths: Iterable[Path]) -> Iterator[Path]:
    """The files, and for each folder the pictures in it and below, in the order of their names.

    A file that was named is taken whatever it is called: what it holds tells later. In folders,
    hidden ones, links to other folders and what cannot be looked into are passed over.
    """
    for path in paths:
        if os.path.isdir(path):
            yield from _below(path)
        else:
            yield path


def _below(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        folders[:] = sorted((name for name in folders if name[0] != "."), key=_natural)
        for name in sorted(files, key=_natural):
            if name[0] != "." and name.lower().endswith(SUFFIXES):
                yield Path(place, name)


def _natural(name: str) -> list[tuple[int, str]]:
    """The order in which people count: page 2 before page 10."""
    return [
        (int(part), "") if part.isdecimal() else (0, part.lower()) for part in _DIGITS.split(name)
    ]

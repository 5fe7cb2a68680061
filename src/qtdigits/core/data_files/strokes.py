"""Strokes files: JSON Lines, gzipped or not, one drawing a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedIOBase
from pathlib import Path
from typing import Final

import numpy as np

from qtdigits.core.data_files.digit_set import NOT_A_DIGIT, DigitSet
from qtdigits.core.data_files.regular import open_unpacked, shown
from qtdigits.core.foreign_text import brief, printable
from qtdigits.core.ink import Ink
from qtdigits.core.raster import SIDE, rasterize

_LINE_LIMIT: Final = 4 << 20
_POINT_LIMIT: Final = 100_000
_DRAWING_LIMIT: Final = 1_000_000
_LINES_LIMIT: Final = 2_000_000
"""Blank ones, too: a small packed file can have very many of them."""
_LONGEST_NAME: Final = 200
_UTF8_MARK: Final = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Drawing:
    """One line of a strokes file. label is as the file has it, None where it has none.

    created is when it was drawn, in the words of ISO 8601; kind, what kind of drawing it is, such
    as 'touching' for a number; both '' where the file does not say it.
    """

    line: int
    ink: Ink
    label: str | None
    writer: str
    created: str = ""
    kind: str = ""

    @property
    def digit(self) -> int:
        """The label as a digit, 0 to 9, or NOT_A_DIGIT."""
        label = self.label or ""
        return int(label) if len(label) == 1 and label in "0123456789" else NOT_A_DIGIT


def read_drawings(path: Path) -> Iterator[Drawing]:
    """Read the drawings of a strokes file one after the other.

    A line is `{"label": 7, "writer": "anna", "strokes": [[[x, y], …], …]}`; label and writer may be
    missing, x grows to the right and y down, in any unit. Raises ValueError naming file and line.
    """
    with open_unpacked(path) as file:
        yield from drawings_in(path, file)


def drawings_in(path: Path, file: BufferedIOBase) -> Iterator[Drawing]:
    """Read the drawings of an open strokes file, or of one that lies within the file `path`.

    Raises ValueError naming file and line.
    """
    count = 0
    for number, line in _lines(path, file):
        count += 1
        if count > _DRAWING_LIMIT:
            raise ValueError(
                f"{shown(path)} holds more than {_DRAWING_LIMIT:,} drawings; split the file"
            )
        yield _drawing(path, number, line)
    if count == 0:
        raise ValueError(f"{shown(path)} holds no drawings; give a strokes file with some")


def read_strokes(path: Path) -> DigitSet:
    """Read a strokes file whose drawings all have labels, rendered as digit images.

    Raises ValueError naming file and line.
    """
    images, labels, names, places, writers = [], [], [], [], []
    for drawing in read_drawings(path):
        if drawing.label is None:
            raise _line_error(path, drawing.line, "the drawing has no label")
        images.append(np.rint(rasterize(drawing.ink) * 255).astype(np.uint8))
        labels.append(drawing.digit)
        names.append(drawing.label)
        places.append(f"line {drawing.line}")
        writers.append(drawing.writer)
    return DigitSet(
        shown(path),
        np.array(images, np.uint8).reshape(-1, SIDE, SIDE),
        np.array(labels, np.int64),
        tuple(names),
        tuple(places),
        tuple(writers) if any(writers) else (),
    )


def _lines(path: Path, file: BufferedIOBase) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, with their numbers from 1."""
    number = 0
    while line := file.readline(_LINE_LIMIT + 1):
        number += 1
        if number > _LINES_LIMIT:
            raise ValueError(f"{shown(path)} has more than {_LINES_LIMIT:,} lines; split the file")
        if len(line) > _LINE_LIMIT:
            raise _line_error(path, number, f"it is longer than {_LINE_LIMIT >> 20} MB")
        if number == 1:
            line = line.removeprefix(_UTF8_MARK)
        if line.strip():
            yield number, line


def _line_error(path: Path, number: int, what: str) -> ValueError:
    return ValueError(f"line {number} of {shown(path)} cannot be used: {what}; correct the line")


def _drawing(path: Path, number: int, line: bytes) -> Drawing:
    try:
        values = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError):
        # The message of UnicodeDecodeError and JSONDecodeError says nothing to a person.
        raise _line_error(path, number, "it is not a JSON object") from None
    if not isinstance(values, dict) or "strokes" not in values:
        raise _line_error(path, number, 'it is not a JSON object with "strokes"')
    strokes = values["strokes"]
    if isinstance(strokes, list):
        points = sum(len(stroke) for stroke in strokes if isinstance(stroke, list))
        if points > _POINT_LIMIT:
            raise _line_error(path, number, f"it has more than {_POINT_LIMIT:,} points")
    try:
        ink = Ink.from_json(strokes)
        label = _label(values.get("label"))
    except ValueError as error:
        raise _line_error(path, number, str(error)) from None
    created, kind = values.get("created"), values.get("kind")
    return Drawing(
        number,
        ink,
        label,
        _writer(values.get("writer")),
        created[:40] if isinstance(created, str) else "",
        kind[:40] if isinstance(kind, str) else "",
    )


def _writer(value: object) -> str:
    """A name, or a number that stands for one."""
    if isinstance(value, str):
        return printable(value[:_LONGEST_NAME])
    return "" if value is None else brief(value)


def _label(value: object) -> str | None:
    if value is None:
        return None
    if isinstance(value, str) and value.strip():
        return printable(value[:_LONGEST_NAME])
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 9:
        return str(value)
    raise ValueError(f"a label is a digit from 0 to 9 or a text, got {brief(value)}")

"""The kinds of files that drawings go out to, and what all of them hold."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Final

from qtdigits.core.data_files.regular import shown
from qtdigits.core.history import HistoryEntry

PNG_KEY: Final = "qtdigits strokes"
"""The name of the text in a PNG file that holds the drawing's line of a strokes file."""

NPZ_NAME: Final = "strokes"
"""The name of the array in a numpy archive that holds a gzipped strokes file, byte by byte."""


class FileKind(StrEnum):
    """What drawings are exported as."""

    STROKES = "strokes"
    ARRAYS = "arrays"
    PICTURES = "pictures"


def kind_of(out: Path) -> FileKind:
    """The kind that a name asks for; raises ValueError for a name that asks for none."""
    name = out.name.lower()
    if name.endswith((".jsonl", ".jsonl.gz")):
        return FileKind.STROKES
    if name.endswith(".npz"):
        return FileKind.ARRAYS
    if "." not in name.strip("."):
        return FileKind.PICTURES
    raise ValueError(
        f"{shown(out)} is no name that drawings are exported to; end it in .jsonl.gz for strokes "
        "or .npz for arrays, or give a name without an ending for a folder of pictures"
    )


def line_of(entry: HistoryEntry, writer: str) -> str:
    """A drawing as a line of a strokes file."""
    values: dict[str, object] = {"strokes": entry.ink.to_json()}
    if entry.label is not None:
        values["label"] = entry.label
    values |= {"writer": writer, "created": entry.created.isoformat(timespec="milliseconds")}
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))

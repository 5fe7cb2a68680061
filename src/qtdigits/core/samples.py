"""The sample drawings that ship with the program."""

from __future__ import annotations

from qtdigits.core import paths
from qtdigits.core.data_files.strokes import Drawing, read_drawings


def sample_drawings() -> list[Drawing]:
    """All sample drawings: each digit at least twice, with its label."""
    return list(read_drawings(paths.resource("samples/digits.jsonl")))

"""Ink in columns: 111 may be as narrow as one letter, but no letter has three columns."""

from __future__ import annotations

from typing import Final

import numpy as np

from qtdigits.core.ink import Ink
from qtdigits.core.prediction import Verdict
from qtdigits.core.recognizer import Recognizer
from qtdigits.core.segmenting.memory import ShapeMemory
from qtdigits.core.verdict import interpret

_FEWEST: Final = 3
_GAP: Final = 0.1
"""Paper between two columns, in heights of the ink."""


def in_columns(ink: Ink, recognizer: Recognizer, memory: ShapeMemory) -> list[Ink]:
    """The columns of ink that is refused as it is, where each of them is a digit; else the ink."""
    columns = columns_of(ink)
    if len(columns) < _FEWEST:
        return [ink]
    logits = np.stack([row for _, row in memory.answers([ink, *columns], recognizer)])
    whole, *parts = (prediction.verdict for prediction in interpret(logits, recognizer.card))
    refused = whole is Verdict.NOT_A_DIGIT
    return columns if refused and all(part is Verdict.DIGIT for part in parts) else [ink]


def columns_of(ink: Ink) -> list[Ink]:
    """The strokes that lie above each other put together, from left to right."""
    tracks = [stroke.points()[:, 0] for stroke in ink.strokes]
    ends = [(float(xs.min()), float(xs.max())) for xs in tracks]
    box = ink.bounds()
    columns: list[list[int]] = []
    reach = 0.0
    for at in sorted(range(len(ends)), key=lambda at: ends[at]):
        left, right = ends[at]
        if columns and box is not None and left - reach < _GAP * box.height:
            columns[-1].append(at)
            reach = max(reach, right)
        else:
            columns.append([at])
            reach = right
    return [Ink(tuple(ink.strokes[at] for at in sorted(column))) for column in columns]

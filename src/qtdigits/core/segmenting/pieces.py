"""Pieces of ink, of which digits are put together: strokes, or parts of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import numpy as np
from numpy.typing import NDArray

from qtdigits.core.ink import Bounds, Ink, Stroke


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A whole stroke, or one part of a stroke that was cut.

    stroke: the place of its stroke in the ink. part, parts: which part it is, from 0, and of how
    many; neighbouring parts share the sample where the cut is. ink: it alone. track: its samples,
    shape (n, 2), page units.
    """

    stroke: int
    part: int
    parts: int
    ink: Stroke
    track: NDArray[np.float64]
    bounds: Bounds

    @classmethod
    def of(cls, stroke: Stroke, number: int, part: int = 0, parts: int = 1) -> Piece:
        track = stroke.points()
        (left, top), (right, bottom) = track.min(axis=0).tolist(), track.max(axis=0).tolist()
        return cls(number, part, parts, stroke, track, Bounds(left, top, right, bottom))


def whole_strokes(strokes: Sequence[Stroke]) -> list[Piece]:
    """One piece for each stroke, in the order they were written."""
    return [Piece.of(stroke, number) for number, stroke in enumerate(strokes)]


def cut_piece(piece: Piece, places: Sequence[int]) -> list[Piece]:
    """The parts of a whole stroke, cut at these samples (rising, inside it)."""
    ends = [0, *places, len(piece.track) - 1]
    samples = piece.ink.samples
    return [
        Piece.of(Stroke(samples[start : end + 1]), piece.stroke, part, len(ends) - 1)
        for part, (start, end) in enumerate(pairwise(ends))
    ]


def joined(pieces: Sequence[Piece], strokes: Sequence[Stroke]) -> Ink:
    """The ink of some pieces, which come in the order they were written.

    Parts of a stroke that follow each other become one stroke again; all parts, the stroke itself.
    """
    made: list[Stroke] = []
    for _, run in groupby(enumerate(pieces), key=lambda at: (at[1].stroke, at[1].part - at[0])):
        parts = [piece for _, piece in run]
        if len(parts) == parts[0].parts:
            made.append(strokes[parts[0].stroke])
        else:
            samples = list(parts[0].ink.samples)
            for part in parts[1:]:
                samples += part.ink.samples[1:]
            made.append(Stroke(tuple(samples)))
    return Ink(tuple(made))


def bounds_of(boxes: Sequence[Bounds]) -> Bounds:
    """The smallest rectangle around some others, at least one."""
    return Bounds(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )

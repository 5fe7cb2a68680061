"""Pieces of ink, of which digits are put together: strokes, or parts of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, groupby, pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from qtdigits.core.ink import Bounds, Ink, Stroke
from qtdigits.core.segmenting.score import Form, inside
from qtdigits.core.segmenting.tracks import come_near, resampled

_STEP: Final = 0.04
_TOUCHING: Final = 0.06
"""Tracks nearer to each other than this, in heights of the writing, touch as a pen draws them."""


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


def contacts(pieces: Sequence[Piece], height: float) -> set[tuple[int, int]]:
    """Which pieces of different strokes touch: their places, each pair both ways round."""
    points = [resampled(piece.track, _STEP * height)[0] for piece in pieces]
    found: set[tuple[int, int]] = set()
    for first, second in combinations(range(len(pieces)), 2):
        if pieces[first].stroke != pieces[second].stroke and come_near(
            points[first], points[second], _TOUCHING * height
        ):
            found |= {(first, second), (second, first)}
    return found


def form_of(
    shape: Sequence[int], pieces: Sequence[Piece], touching: set[tuple[int, int]], height: float
) -> Form:
    """The form and place of a shape, given as places in `pieces`, among the pieces of a cluster.

    touching: what contacts() found among them. height: of the writing, page units.
    """
    own = [pieces[at] for at in shape]
    others = [at for at in range(len(pieces)) if at not in shape]
    box = bounds_of([piece.bounds for piece in own])
    strokes = sorted({piece.stroke for piece in own})
    present = {(piece.stroke, piece.part) for piece in own}
    cuts = sum(
        (piece.stroke, neighbour) not in present
        for piece in own
        for neighbour in (piece.part - 1, piece.part + 1)
        if 0 <= neighbour < piece.parts
    )
    touched = {
        pieces[other].stroke for other in others if any((at, other) in touching for at in shape)
    }
    ends = [(pieces[at].bounds.left, pieces[at].bounds.right) for at in others]
    return Form(
        box.width / height,
        box.height / height,
        inside(box.left, box.right, ends),
        float(strokes[-1] - strokes[0] >= len(strokes)),
        cuts,
        len(strokes),
        len(touched),
    )

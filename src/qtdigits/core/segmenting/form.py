"""The form and place of a shape among the pieces of ink around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from qtdigits.core.segmenting.meetings import Meetings
from qtdigits.core.segmenting.pieces import Piece, bounds_of

_INSIDE: Final = 0.6


@dataclass(frozen=True, slots=True)
class Form:
    """The form and place of a shape; lengths are in heights of the writing.

    inside: for each piece of other ink, the share of its width that lies within the shape's width,
    as far as it is above 0.6, added up. out_of_time: 1 where its strokes were not written one after
    the other, else 0. cuts: how many cuts divide it from its neighbours. strokes: of how many it
    consists. contacts, crossings: how many other strokes it touches, and crosses. gap: how far one
    of its pieces lies from all its others.
    """

    width: float
    height: float
    inside: float = 0.0
    out_of_time: float = 0.0
    cuts: float = 0.0
    strokes: float = 1.0
    contacts: float = 0.0
    crossings: float = 0.0
    gap: float = 0.0


def form_of(
    shape: Sequence[int], pieces: Sequence[Piece], meetings: Meetings, height: float
) -> Form:
    """The form and place of a shape, given as places in `pieces`, among the pieces of a cluster.

    meetings: of all these pieces. height: of the writing, page units.
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
    ends = [(pieces[at].bounds.left, pieces[at].bounds.right) for at in others]
    return Form(
        box.width / height,
        box.height / height,
        inside(box.left, box.right, ends),
        float(strokes[-1] - strokes[0] >= len(strokes)),
        cuts,
        len(strokes),
        _strokes_met(shape, pieces, meetings.touching),
        _strokes_met(shape, pieces, meetings.crossing),
        meetings.gap(shape),
    )


def _strokes_met(
    shape: Sequence[int], pieces: Sequence[Piece], meet: Sequence[frozenset[int]]
) -> int:
    met = frozenset[int]().union(*(meet[at] for at in shape)).difference(shape)
    return len({pieces[at].stroke for at in met})


def inside(left: float, right: float, others: Sequence[tuple[float, float]]) -> float:
    """Form.inside of a shape from `left` to `right` for the ends of other pieces, in any unit."""
    total = 0.0
    for low, high in others:
        if high > low:
            share = max(0.0, min(high, right) - max(low, left)) / (high - low)
        else:
            share = float(left <= low <= right)
        total += max(0.0, share - _INSIDE)
    return total

"""Which pieces can be one digit together: the shapes that the network is asked about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from qtdigits.core.ink import Bounds
from qtdigits.core.segmenting.pieces import Piece, bounds_of

_SMALL: Final = 0.5
"""Strokes lower than this part of the highest one do not say how high the writing is."""
_ACROSS: Final = 0.3
_DOWN: Final = 0.6
"""Pieces farther apart than this, in heights of the writing, belong to different clusters."""
_WIDEST: Final = 1.35
"""A shape of several pieces that is wider, in heights of the writing, is no digit."""
_HIGHEST: Final = 1.7
"""A shape of several pieces that is higher, in heights of the writing, is no digit."""
_ALONE: Final = 6
"""All ink of so few pieces is looked at as one digit, however far apart they are."""
_MOST_IN_SHAPE: Final = 6
_MOST_IN_CLUSTER: Final = 30
"""More pieces so close together are a scribble, one shape."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How large the writing is, in page units: the usual height of its digits, above 0."""

    height: float

    @classmethod
    def of(cls, boxes: Sequence[Bounds]) -> Scale:
        """Find it from the boxes of all strokes: the median height of those that are not small."""
        highest = max(box.height for box in boxes)
        if highest <= 0:
            return cls(max(max(box.width for box in boxes), 1.0))
        heights = sorted(box.height for box in boxes if box.height >= _SMALL * highest)
        return cls(heights[len(heights) // 2])


def clusters(pieces: Sequence[Piece], scale: Scale) -> list[list[int]]:
    """Divide pieces into clusters so far apart that no digit can have ink in two of them.

    Each is a list of places in `pieces`, rising; the clusters come from left to right.
    """
    boxes = [piece.bounds for piece in pieces]
    whole = bounds_of(boxes)
    if (
        len(pieces) <= _ALONE
        and whole.width <= _WIDEST * max(whole.height, scale.height)
        and whole.height <= _HIGHEST * scale.height
    ):
        return [list(range(len(pieces)))]
    parent = list(range(len(pieces)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    order = sorted(range(len(pieces)), key=lambda at: boxes[at].left)
    for place, first in enumerate(order):
        for second in order[place + 1 :]:
            if boxes[second].left > boxes[first].right + _ACROSS * scale.height:
                break
            if _gap_down(boxes[first], boxes[second]) <= _DOWN * scale.height:
                parent[root(second)] = root(first)
    found: dict[int, list[int]] = {}
    for at in order:
        found.setdefault(root(at), []).append(at)
    return [sorted(members) for members in found.values()]


def shapes_in(pieces: Sequence[Piece], scale: Scale) -> list[tuple[int, ...]]:
    """The shapes of one cluster: each piece alone, neighbours together, and all of it.

    Neighbours are pieces that follow each other from left to right, or in time: a bar that was
    written last lies beside its digit, and a digit written in one go is one although the next one
    reaches into it. Returns places in `pieces`, rising; none twice.
    """
    count = len(pieces)
    everything = tuple(range(count))
    if count > _MOST_IN_CLUSTER:
        return [everything]
    across = sorted(everything, key=lambda at: pieces[at].bounds.left + pieces[at].bounds.right)
    found: dict[tuple[int, ...], None] = {(at,): None for at in everything}
    for order in (across, everything):
        for start in range(count):
            for end in range(start + 2, min(start + _MOST_IN_SHAPE, count) + 1):
                members = tuple(sorted(order[start:end]))
                box = bounds_of([pieces[at].bounds for at in members])
                if box.width > _WIDEST * max(scale.height, box.height):
                    break
                if box.height > _HIGHEST * scale.height:
                    break
                found[members] = None
    found[everything] = None
    return list(found)


def _gap_down(first: Bounds, second: Bounds) -> float:
    return max(first.top, second.top) - min(first.bottom, second.bottom)

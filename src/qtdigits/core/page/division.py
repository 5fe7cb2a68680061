"""All ways to divide a line of shapes among digits: its boundaries, and what lies between two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from qtdigits.core.page.seams import Cut, cuts
from qtdigits.core.page.shapes import Shape, gap_between, shape_of, together

_WIDEST: Final = 1.7
"""The widest digit, in heights of its line."""
_LEAST: Final = 0.4
"""The least height of what is cut off a shape, in heights of its line."""
_MOST_SHAPES: Final = 5
"""A digit is made of at most so many shapes."""

Span = tuple[int, int]
"""The boundaries at the left and at the right of a digit."""


@dataclass(frozen=True, slots=True, eq=False)
class _Boundary:
    """Where one digit may end and the next begin.

    shape: the number of the shape that it runs through, or that begins there. edge: for each row
    of that shape, the first column right of the boundary; None before the whole shape. ink: how
    much ink it runs through, in heights of the line.
    """

    shape: int
    edge: NDArray[np.intp] | None
    ink: float


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """What lies between two boundaries of a line.

    gaps: the paper between its shapes. cut: the ink that its right boundary runs through. Both in
    heights of the line.
    """

    shape: Shape
    gaps: float
    cut: float


class Division:
    """The boundaries of a line, and what may be one digit between two of them."""

    def __init__(self, shapes: Sequence[Shape], settled: Sequence[bool], height: float) -> None:
        """shapes: from left to right. settled: which are one digit each beyond doubt; they are not
        cut, and no two of them are joined. height: that of the line, in pixels.
        """
        self._shapes = shapes
        self._settled = settled
        self._height = height
        self._boundaries: list[_Boundary] = []
        for number, shape in enumerate(shapes):
            self._boundaries.append(_Boundary(number, None, 0.0))
            if not settled[number]:
                self._boundaries += [_through(number, cut) for cut in cuts(shape, height)]
        self._boundaries.append(_Boundary(len(shapes), None, 0.0))

    @property
    def end(self) -> int:
        """The number of the last boundary, behind the last shape."""
        return len(self._boundaries) - 1

    def parts(self) -> dict[Span, Part]:
        """What may be a digit, by the boundaries around it. Every whole shape is among them."""
        found = {}
        for first in range(self.end):
            for last in range(first + 1, self.end + 1):
                if self._too_many(first, last):
                    break
                part = self._between(first, last)
                if part is not None:
                    found[first, last] = part
        return found

    def whole(self, number: int) -> Span:
        """The boundaries of a whole shape."""
        places = [at for at, each in enumerate(self._boundaries) if each.edge is None]
        return places[number], places[number + 1]

    def _touched(self, first: int, last: int) -> range:
        """The numbers of the shapes that have ink between two boundaries."""
        end = self._boundaries[last]
        return range(self._boundaries[first].shape, end.shape + (end.edge is not None))

    def _too_many(self, first: int, last: int) -> bool:
        touched = self._touched(first, last)
        return len(touched) > _MOST_SHAPES or sum(self._settled[at] for at in touched) > 1

    def _between(self, first: int, last: int) -> Part | None:
        begin, end = self._boundaries[first], self._boundaries[last]
        pieces = []
        for number in self._touched(first, last):
            shape = self._shapes[number]
            start = begin.edge if number == begin.shape else None
            stop = end.edge if number == end.shape else None
            piece = _cut_between(shape, start, stop)
            if piece is None:
                return None
            pieces.append(piece)
        shape = together(pieces)
        whole = begin.edge is None and end.edge is None
        if len(pieces) == 1 and whole:
            return Part(shape, 0.0, 0.0)
        if shape.width > _WIDEST * self._height or shape.height < _LEAST * self._height:
            return None
        gaps = sum(max(0, gap_between(*pair)) for pair in pairwise(pieces))
        return Part(shape, gaps / self._height, end.ink)


def _through(number: int, cut: Cut) -> _Boundary:
    return _Boundary(number, cut.edge, cut.ink)


def _cut_between(
    shape: Shape, start: NDArray[np.intp] | None, stop: NDArray[np.intp] | None
) -> Shape | None:
    """The part of a shape between two edges; None if there is no ink."""
    if start is None and stop is None:
        return shape
    columns = np.arange(shape.width)
    mask = shape.mask.copy()
    if start is not None:
        mask &= columns >= start[:, None]
    if stop is not None:
        mask &= columns < stop[:, None]
    return shape_of(mask, shape.left, shape.top) if mask.any() else None

"""Shapes to lines of writing, top to bottom, and what is dirt beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from qtdigits.core.page.shapes import Shape, gap_between, shared_height, together

_LARGE: Final = 0.45
"""Shapes lower than this share of a line's height do not decide where the line runs."""
_SHARED: Final = 0.35
"""Share of the lower one's rows that two neighbours of a line have in common."""
_FARTHEST: Final = 12.0
"""The widest gap within a line, in heights of the line."""
_NEAR: Final = 0.45
"""How near a small shape must be to a large one to belong to its line, in heights."""
_DOT: Final = 0.2
"""What is smaller than this share of the height both ways, and touches no box, is a dot."""
_FLAT_DASH: Final = 0.22
_LONG_DASH: Final = 1.3
_DASH_FROM: Final = 0.25
_DASH_TO: Final = 0.75
"""A dash is no higher than this share of the height, so many times as long, and lies between."""
_INSIDE: Final = 0.8


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """The shapes of one line of writing from left to right, and its height in pixels."""

    shapes: tuple[Shape, ...]
    height: float


def lines_of(shapes: Sequence[Shape]) -> list[Line]:
    """Divide the shapes of a page among its lines; dots between them are left out."""
    if not shapes:
        return []
    if len(shapes) == 1:
        return [Line((shapes[0],), float(shapes[0].height))]
    heights = np.array([shape.height for shape in shapes])
    typical = _typical(heights)
    large = [shape for shape in shapes if shape.height >= _LARGE * typical]
    small = [shape for shape in shapes if shape.height < _LARGE * typical]
    rows: list[list[Shape]] = []
    for shape in sorted(large, key=lambda each: each.middle[0]):
        row = _row_for(shape, rows)
        if row is None:
            rows.append([shape])
        else:
            row.append(shape)
    for shape in small:
        _join_small(shape, rows)
    lines = [_line(row) for row in rows]
    return sorted(lines, key=_place)


def _typical(heights: NDArray[np.intp]) -> float:
    """The height that most of the inked rows belong to: dirt and dots count for little."""
    order = np.sort(heights)
    share = np.cumsum(order) / order.sum()
    return float(order[np.searchsorted(share, 0.5)])


def _row_for(shape: Shape, rows: list[list[Shape]]) -> list[Shape] | None:
    """The row whose shapes next to this one share most of its height."""
    best, most = None, _SHARED
    for row in rows:
        near = row[-3:]
        if gap_between(row[-1], shape) > _FARTHEST * max(shape.height, row[-1].height):
            continue
        shared = max(shared_height(shape, one) / min(shape.height, one.height) for one in near)
        if shared > most:
            best, most = row, shared
    return best


def _join_small(shape: Shape, rows: list[list[Shape]]) -> None:
    """Give a small shape to the row of the large shape that is nearest, if one is near."""
    nearest = min(
        (
            (_distance(shape, one) / one.height, number)
            for number, row in enumerate(rows)
            for one in row
        ),
        default=None,
    )
    if nearest is not None and nearest[0] <= _NEAR:
        rows[nearest[1]].append(shape)


def _distance(one: Shape, other: Shape) -> float:
    across = max(0, gap_between(one, other))
    first, second = sorted((one, other), key=lambda shape: shape.top)
    return float(np.hypot(across, max(0, second.top - first.bottom)))


def _line(row: list[Shape]) -> Line:
    height = _typical(np.array([shape.height for shape in row]))
    shapes = _enclosed_joined(row)
    kept = [shape for shape in shapes if max(shape.width, shape.height) >= _DOT * height]
    kept = [shape for shape in kept if not _is_dash(shape, kept, height)]
    return Line(tuple(sorted(kept or shapes, key=lambda shape: shape.middle[0])), height)


def _is_dash(shape: Shape, shapes: Sequence[Shape], height: float) -> bool:
    """Does it stand between two others in the middle of the line, with no part of a digit over or
    under it? The bars of a 5 and of a 7 have the rest of it there.
    """
    if shape.height > _FLAT_DASH * height or shape.width < _LONG_DASH * shape.height:
        return False
    others = [one for one in shapes if one is not shape and one.height >= _LARGE * height]
    left = [one for one in others if one.right <= shape.left]
    right = [one for one in others if one.left >= shape.right]
    if not left or not right or len(left) + len(right) < len(others):
        return False
    beside = (max(left, key=lambda one: one.right), min(right, key=lambda one: one.left))
    middle = shape.middle[1]
    return all(
        _DASH_FROM * one.height <= middle - one.top <= _DASH_TO * one.height for one in beside
    )


def _enclosed_joined(row: list[Shape]) -> list[Shape]:
    """What lies within the box of a larger shape belongs to it, as an eye to a face."""
    done: list[Shape] = []
    for shape in sorted(row, key=lambda each: -each.width * each.height):
        around = next((i for i, other in enumerate(done) if _encloses(other, shape)), None)
        if around is None:
            done.append(shape)
        else:
            done[around] = together([done[around], shape])
    return done


def _encloses(outer: Shape, inner: Shape) -> bool:
    across = min(outer.right, inner.right) - max(outer.left, inner.left)
    return (
        across >= _INSIDE * inner.width
        and shared_height(outer, inner) >= _INSIDE * inner.height
        and inner.height < 0.8 * outer.height
    )


def _place(line: Line) -> float:
    return float(np.mean([shape.middle[1] for shape in line.shapes]))

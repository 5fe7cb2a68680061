"""The ink of a whole page: local paper, printed lines taken away, and the shapes that are left."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from qtdigits.core.masks import Mask
from qtdigits.core.page.frames import without_frames
from qtdigits.core.page.ruling import without_ruling
from qtdigits.core.page.shapes import Shape, connected_shapes
from qtdigits.core.picture_ink import Grey, StandOut, any_in_blocks, ink_edge, stand_out

_RULED_FROM: Final = 100
"""Pictures with a shorter side have no printed lines."""
_LOCAL_SIDE: Final = 300
"""The paper around the ink is looked at in the picture reduced to this side."""
_LOCAL_REACH: Final = 6
"""Pixels of that, all around, whose paper is taken for that under the ink."""
_MOST_SHAPES: Final = 1500
"""More shapes than that are noise, not a page of digits."""
_MOST_INK: Final = 0.4
"""A page of several shapes with more than this share of ink is a photograph of something."""
_OFF_GROUND: Final = 0.15
"""A sheet is at least so much lighter or darker than what it lies on."""
_SOLID: Final = 0.75
_SHEET: Final = 0.5
_SHEET_RIM: Final = 0.03
"""A sheet of paper on a table fills such a share of its box, is so large a share of the picture
both ways, and is looked at without so much of it at each side."""
_LEAST_SHARE: Final = 0.12
"""Shapes smaller than this share of the typical height both ways are dirt."""
_LEAST_PX: Final = 6
_LEAST_WRITING: Final = 0.015
_LEAST_WRITING_PX: Final = 8
"""Writing on paper is at least so high: in pixels, and as a share of the shorter side."""
_AT_EDGE: Final = 0.5
"""What runs along the picture's edge for more of its own length is a shadow or a thing cut off."""
_FEWEST_ON_TABLE: Final = 3
"""So many shapes on a paper tell that what lies around it is a table."""
_FLAT: Final = 0.25
_LONG: Final = 2.5


@dataclass(frozen=True, slots=True, eq=False)
class PageInk:
    """What was found on a page.

    coverage: the share of ink in each pixel, 0..1, 0.5 at the edge of a stroke. shapes: in no
    order. plain: whether the shapes are all there is to read: as one digit (core/pictures.py), the
    picture would show the very same ink, or what it would show besides goes around other things.
    """

    coverage: NDArray[np.float32]
    shapes: list[Shape]
    plain: bool


def page_shapes(grey: Grey) -> PageInk:
    """Find the shapes of ink in a grey picture (0 black to 1 white) of paper or of a screen.

    There are no shapes where the picture shows nothing, or nothing but noise.
    """
    sheet = _sheet_in(grey) if min(grey.shape) >= _RULED_FROM else None
    if sheet is not None:
        on_sheet = page_shapes(grey[sheet])
        if len(on_sheet.shapes) >= _FEWEST_ON_TABLE:
            return _placed(on_sheet, sheet, grey.shape)
    found = stand_out(grey)
    if found is None:
        return PageInk(np.zeros(grey.shape, np.float32), [], plain=True)
    mask = found.mask()
    plain = found.even and min(grey.shape) < _RULED_FROM
    if not found.even:
        found, mask = _on_local_paper(grey, found)
    if min(grey.shape) >= _RULED_FROM:
        mask = _unruled(found, mask)
    connected = connected_shapes(mask, least_area=2)
    shapes = without_frames(connected)
    plain = plain or len(shapes) < len(connected)
    return PageInk(found.coverage(), _writing(shapes, grey.shape, found.even), plain)


def _sheet_in(grey: Grey) -> tuple[slice, slice] | None:
    """The rows and columns of a sheet that lies on an even ground, without its rim."""
    factor = max(1, -(-max(grey.shape) // _LOCAL_SIDE))
    small = np.asarray(Image.fromarray(grey).reduce(factor), np.float32)
    ring = np.concatenate([small[0], small[-1], small[:, 0], small[:, -1]])
    low, ground, high = np.quantile(ring, (0.25, 0.5, 0.75))
    away = np.abs(small - ground) > max(_OFF_GROUND, 2 * float(high - low))
    if np.count_nonzero(away) < _SOLID * _SHEET**2 * away.size:
        return None
    largest = max(connected_shapes(away), key=_area)
    if largest.area < _SOLID * largest.width * largest.height:
        return None
    if largest.height < _SHEET * away.shape[0] or largest.width < _SHEET * away.shape[1]:
        return None
    rim = round(_SHEET_RIM * min(largest.height, largest.width))
    top, bottom = factor * (largest.top + rim), factor * (largest.bottom - rim)
    return slice(top, bottom), slice(factor * (largest.left + rim), factor * (largest.right - rim))


def _area(shape: Shape) -> int:
    return shape.area


def _placed(ink: PageInk, place: tuple[slice, slice], size: tuple[int, ...]) -> PageInk:
    """What was found on a sheet, where it lies in the picture; what its edge cuts is left out."""
    coverage = np.zeros(size, np.float32)
    coverage[place] = ink.coverage
    rows, columns = place
    inside = _inside(ink.shapes, ink.coverage.shape)
    moved = [replace(s, left=s.left + columns.start, top=s.top + rows.start) for s in inside]
    return PageInk(coverage, moved, plain=False)


def _unruled(found: StandOut, mask: Mask) -> Mask:
    """Without printed lines; those may have been the most of what the edge was chosen by."""
    cleared = without_ruling(mask)
    if np.count_nonzero(cleared) > 0.9 * np.count_nonzero(mask) or not cleared.any():
        return cleared
    level = float(np.quantile(found.difference[cleared], 0.9))
    return np.asarray(cleared & (found.difference > max(found.edge, 0.4 * level)))


def _on_local_paper(grey: Grey, first: StandOut) -> tuple[StandOut, Mask]:
    """Look again, beside the paper close around the ink that was found: shadows have edges."""
    factor = max(1, -(-max(grey.shape) // _LOCAL_SIDE))
    ink = any_in_blocks(first.mask(), factor)
    near = ink.copy()
    near[1:] |= ink[:-1]
    near[:-1] |= ink[1:]
    near[:, 1:] |= near[:, :-1].copy()
    near[:, :-1] |= near[:, 1:].copy()
    height, width = ink.shape
    small = np.asarray(
        Image.fromarray(grey).resize((width, height), Image.Resampling.BOX), np.float64
    )
    weight = (~near).astype(np.float64)
    around, seen = _sums(small * weight), _sums(weight)
    overall = float(small[~near].mean()) if (~near).any() else float(small.mean())
    # Where no paper is near, that of the whole picture decides.
    paper = (around + 0.5 * overall) / (seen + 0.5)
    full = np.asarray(
        Image.fromarray(paper.astype(np.float32)).resize(
            grey.shape[::-1], Image.Resampling.BILINEAR
        )
    )
    room = 1 - full if first.light_ink else full
    sign = 1 if first.light_ink else -1
    difference = (sign * (grey - full) / np.maximum(room, 0.1)).astype(np.float32)
    edge = ink_edge(difference)
    if edge is None:
        return first, first.mask()
    second = replace(first, difference=difference, edge=edge)
    return second, second.mask()


def _sums(levels: NDArray[np.float64]) -> NDArray[np.float64]:
    """Sums over squares around each place, twice, which makes of the square a pyramid."""
    for _ in range(2):
        for axis in (0, 1):
            pad = [(0, 0), (0, 0)]
            pad[axis] = (_LOCAL_REACH + 1, _LOCAL_REACH)
            total = np.cumsum(np.pad(levels, pad), axis=axis)
            size = 2 * _LOCAL_REACH + 1
            first = np.take(total, range(size, total.shape[axis]), axis=axis)
            levels = first - np.take(total, range(total.shape[axis] - size), axis=axis)
    return levels


def _writing(shapes: list[Shape], size: tuple[int, ...], even: bool) -> list[Shape]:
    """The shapes that may be digits or parts of some."""
    if not shapes or len(shapes) > 60 * _MOST_SHAPES:
        return []
    if not even and not (shapes := _inside(shapes, size)):
        return []
    heights = np.sort([max(shape.height, shape.width // 3) for shape in shapes])
    share = np.cumsum(heights.astype(np.float64) ** 2)
    typical = float(heights[np.searchsorted(share, 0.5 * share[-1])])
    least = max(_LEAST_PX if min(size) > 24 else 1, _LEAST_SHARE * typical)
    kept = [
        shape
        for shape in shapes
        if max(shape.width, shape.height) >= least and not _is_rule(shape, typical)
    ]
    ink = sum(shape.area for shape in kept)
    if len(kept) > _MOST_SHAPES or (len(kept) > 12 and ink > _MOST_INK * size[0] * size[1]):
        return []
    return kept


def _inside(shapes: list[Shape], size: tuple[int, ...]) -> list[Shape]:
    """Uneven light comes from a camera: what the edge cuts off is the table or a shadow."""
    inside = [
        shape
        for shape in shapes
        if shape.left > 0 and shape.top > 0 and shape.right < size[1] and shape.bottom < size[0]
    ]
    if max((shape.area for shape in inside), default=0) > 0.04 * max(s.area for s in shapes):
        return inside
    # Beside a whole table all writing is small; beside a digit that is cut off there is only dirt.
    least = max(_LEAST_WRITING_PX, _LEAST_WRITING * min(size))
    writing = sum(shape.height >= least for shape in inside)
    if writing >= _FEWEST_ON_TABLE:
        return inside
    return [shape for shape in shapes if not _runs_along_edge(shape, size)]


def _runs_along_edge(shape: Shape, size: tuple[int, ...]) -> bool:
    """Does much of the shape lie at the picture's edge, so that what it was cannot be told?"""
    at_edge = (
        (shape.left == 0, shape.mask[:, 0]),
        (shape.top == 0, shape.mask[0]),
        (shape.right == size[1], shape.mask[:, -1]),
        (shape.bottom == size[0], shape.mask[-1]),
    )
    longest = max((np.count_nonzero(line) for touches, line in at_edge if touches), default=0)
    return bool(longest > _AT_EDGE * max(shape.width, shape.height))


def _is_rule(shape: Shape, typical: float) -> bool:
    """A rest of a printed line: long and thin, along or across."""
    low, long = sorted((shape.width, shape.height))
    if shape.width == long:
        return low < _FLAT * typical and long > _LONG * typical
    return low < _FLAT * typical and long > 2 * _LONG * typical

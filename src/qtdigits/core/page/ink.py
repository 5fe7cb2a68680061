"""The ink of a whole page: local paper, printed lines taken away, and the shapes that are left."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from qtdigits.core.masks import Mask
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
_LEAST_SHARE: Final = 0.12
"""Shapes smaller than this share of the typical height both ways are dirt."""
_LEAST_PX: Final = 4
_FLAT: Final = 0.25
_LONG: Final = 2.5


@dataclass(frozen=True, slots=True, eq=False)
class PageInk:
    """What was found on a page.

    coverage: the share of ink in each pixel, 0..1, 0.5 at the edge of a stroke. shapes: in no
    order. plain: whether a single digit would be found by the very same ink (core/pictures.py).
    """

    coverage: NDArray[np.float32]
    shapes: list[Shape]
    plain: bool


def page_shapes(grey: Grey) -> PageInk:
    """Find the shapes of ink in a grey picture (0 black to 1 white) of paper or of a screen.

    There are no shapes where the picture shows nothing, or nothing but noise.
    """
    found = stand_out(grey)
    if found is None:
        return PageInk(np.zeros(grey.shape, np.float32), [], plain=True)
    mask = found.mask()
    plain = found.even and min(grey.shape) < _RULED_FROM
    if not found.even:
        found, mask = _on_local_paper(grey, found)
    if min(grey.shape) >= _RULED_FROM:
        mask = _unruled(found, mask)
    shapes = connected_shapes(mask, least_area=2)
    return PageInk(found.coverage(), _writing(shapes, grey.shape, found.even), plain)


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
    if not even:
        shapes = _inside(shapes, size)
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
    largest = max((shape.area for shape in shapes), default=0)
    return inside if max((shape.area for shape in inside), default=0) > 0.04 * largest else shapes


def _is_rule(shape: Shape, typical: float) -> bool:
    """A rest of a printed line: long and thin, along or across."""
    low, long = sorted((shape.width, shape.height))
    if shape.width == long:
        return low < _FLAT * typical and long > _LONG * typical
    return low < _FLAT * typical and long > 2 * _LONG * typical

"""Masks of ink: their connected shapes, and strokes made wider."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
"""Shape (height, width), true for ink."""

_Level = TypeVar("_Level", bound=np.generic)


def padded(levels: NDArray[_Level], rim: int) -> NDArray[_Level]:
    """Shape (height, width) with a rim of zeros so wide, in a small part of numpy.pad's time."""
    height, width = levels.shape
    wider = np.zeros((height + 2 * rim, width + 2 * rim), levels.dtype)
    wider[rim : rim + height, rim : rim + width] = levels
    return wider


def components(mask: Mask) -> tuple[NDArray[np.intp], int]:
    """Number the connected shapes (8-neighbourhood): labels of the mask's shape, from 1, and how
    many there are. Runs of each row are joined by union-find.
    """
    rimmed = padded(mask, 1)[1:-1]
    rows, starts = np.nonzero(rimmed[:, 1:] & ~rimmed[:, :-1])
    ends = np.nonzero(rimmed[:, :-1] & ~rimmed[:, 1:])[1]
    # Places in the mask with its rows one after the other, so wide apart that no two runs of
    # different rows lie between the same ones: the runs above that touch a run follow each other.
    wide = mask.shape[1] + 2
    above = (rows - 1) * wide
    first = np.searchsorted(rows * wide + ends, above + starts).tolist()
    last = np.searchsorted(rows * wide + starts, above + ends, side="right").tolist()
    parent = list(range(len(rows)))
    for run, touching in enumerate(zip(first, last, strict=True)):
        for other in range(*touching):
            root, up = run, other
            while parent[up] != up:
                parent[up] = up = parent[parent[up]]
            while parent[root] != root:
                parent[root] = root = parent[parent[root]]
            parent[root] = up
    for run in range(len(parent)):
        root = run
        while parent[root] != root:
            root = parent[root]
        parent[run] = root
    roots = np.array(parent, dtype=np.intp)
    is_root = roots == np.arange(len(roots))
    numbers = np.cumsum(is_root)[roots]
    labels = np.zeros(mask.shape, np.intp)
    labels[mask] = np.repeat(numbers, ends - starts)
    return labels, int(np.count_nonzero(is_root))


def dilated(mask: Mask, radius: float) -> Mask:
    """The mask with all places within `radius` (pixels, 0 or more) of it; the shape stays."""
    reach = int(radius)
    height, width = mask.shape
    tall = np.zeros((height + 2 * reach, width), np.bool_)
    tall[reach : reach + height] = mask
    # The mask moved to both sides by up to so many pixels, for each number.
    wide = [tall]
    for across in range(1, reach + 1):
        wider = wide[-1].copy()
        wider[:, across:] |= tall[:, :-across]
        wider[:, :-across] |= tall[:, across:]
        wide.append(wider)
    result = np.zeros_like(mask)
    for down in range(-reach, reach + 1):
        across = int((radius * radius - down * down) ** 0.5)
        result |= wide[across][reach + down : reach + down + height]
    return result

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
    parent = list(range(len(rows)))

    def root(run: int) -> int:
        while parent[run] != run:
            parent[run] = parent[parent[run]]
            run = parent[run]
        return run

    first_of_row = np.searchsorted(rows, np.arange(len(mask) + 1)).tolist()
    starts_list, ends_list = starts.tolist(), ends.tolist()
    for row in range(1, len(mask)):
        above, above_end = first_of_row[row - 1], first_of_row[row]
        for run in range(first_of_row[row], first_of_row[row + 1]):
            while above < above_end and ends_list[above] < starts_list[run]:
                above += 1
            touching = above
            while touching < above_end and starts_list[touching] <= ends_list[run]:
                parent[root(run)] = root(touching)
                touching += 1
    roots = np.array([root(run) for run in range(len(rows))], dtype=np.intp)
    _, numbers = np.unique(roots, return_inverse=True)
    labels = np.zeros(mask.shape, np.intp)
    labels[mask] = np.repeat(numbers + 1, ends - starts)
    return labels, int(numbers.max()) + 1 if len(numbers) else 0


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

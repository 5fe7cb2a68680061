"""Masks of ink: their connected shapes, and strokes made wider."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
"""Shape (height, width), true for ink."""


def components(mask: Mask) -> tuple[NDArray[np.intp], int]:
    """Number the connected shapes (8-neighbourhood): labels of the mask's shape, from 1, and how
    many there are. Runs of each row are joined by union-find.
    """
    edges = np.diff(np.pad(mask, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    rows, starts = np.nonzero(edges == 1)
    ends = np.nonzero(edges == -1)[1]
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
    height = len(mask)
    tall = np.pad(mask, ((reach, reach), (0, 0)))
    wide: dict[int, Mask] = {}
    for down in range(reach + 1):
        across = int((radius * radius - down * down) ** 0.5)
        if across not in wide:
            # A window has ink where the count of ink before its end exceeds that before its start.
            counts = np.cumsum(np.pad(tall, ((0, 0), (across + 1, across))), axis=1, dtype=np.int32)
            wide[across] = counts[:, 2 * across + 1 :] != counts[:, : -2 * across - 1]
    result = np.zeros_like(mask)
    for down in range(-reach, reach + 1):
        across = int((radius * radius - down * down) ** 0.5)
        result |= wide[across][reach + down : reach + down + height]
    return result

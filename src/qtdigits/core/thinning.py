"""From a shape to the line that a pen would have followed: thinning, spurs cut, components."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
"""Shape (height, width), true for ink."""

# The eight neighbours, clockwise from north: the bits 0 to 7 of a pixel's code.
_NEIGHBOURS: Final = ((-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1))


def thin(mask: Mask) -> Mask:
    """Reduce a shape to lines one pixel wide that are connected as the shape was.

    Guo and Hall, 'Parallel thinning with two-subiteration algorithms', CACM 32 (1989).
    """
    ink = np.pad(mask, 1)
    changed = True
    while changed:
        changed = False
        for removable in _REMOVABLE:
            gone = removable[_codes(ink)] & ink[1:-1, 1:-1]
            if gone.any():
                ink[1:-1, 1:-1] &= ~gone
                changed = True
    return ink[1:-1, 1:-1]


def without_spurs(skeleton: Mask, length: int) -> Mask:
    """Cut branches of at most `length` pixels off a skeleton; longer ones keep their ends.

    Removes the ends `length` times, then lets those that are left grow back along the skeleton
    (Gonzalez and Woods, 'Digital Image Processing', pruning). A shape that is not longer than that
    as a whole, such as a dot, stays.
    """
    whole = np.pad(skeleton, 1)
    ink = whole.copy()
    for _ in range(length):
        ink[1:-1, 1:-1] &= ~_IS_END[_codes(ink)]
    labels, count = components(whole)
    vanished = np.ones(count + 1, np.bool_)
    vanished[labels[ink]] = False
    vanished[0] = False
    tips = np.zeros_like(ink)
    tips[1:-1, 1:-1] = ink[1:-1, 1:-1] & _IS_TIP[_codes(ink)]
    for _ in range(length):
        tips[1:-1, 1:-1] |= (_codes(tips) > 0) & whole[1:-1, 1:-1]
    return (ink | tips | vanished[labels])[1:-1, 1:-1]


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


def _codes(padded: Mask) -> NDArray[np.uint8]:
    """For each pixel but the padding: which of its neighbours are set, one bit for each."""
    height, width = padded.shape
    codes = np.zeros((height - 2, width - 2), np.uint8)
    for bit, (down, right) in enumerate(_NEIGHBOURS):
        neighbour = padded[1 + down : height - 1 + down, 1 + right : width - 1 + right]
        codes |= neighbour.view(np.uint8) << np.uint8(bit)
    return codes


def _removable(step: int) -> Mask:
    """For each of the 256 codes: may Guo and Hall's sub-iteration `step` remove the pixel?"""
    table = np.zeros(256, np.bool_)
    for code in range(256):
        north, north_east, east, south_east, south, south_west, west, north_west = (
            bool(code >> bit & 1) for bit in range(8)
        )
        crossings = (
            (not north and (north_east or east))
            + (not east and (south_east or south))
            + (not south and (south_west or west))
            + (not west and (north_west or north))
        )
        pairs_one = (
            (north_west or north)
            + (north_east or east)
            + (south_east or south)
            + (south_west or west)
        )
        pairs_two = (
            (north or north_east)
            + (east or south_east)
            + (south or south_west)
            + (west or north_west)
        )
        if step == 0:
            held = (north or north_east or not south_east) and east
        else:
            held = (south or south_west or not north_west) and west
        table[code] = crossings == 1 and 2 <= min(pairs_one, pairs_two) <= 3 and not held
    return table


_REMOVABLE: Final = (_removable(0), _removable(1))
_IS_END: Final = np.array([code.bit_count() == 1 for code in range(256)])
_IS_TIP: Final = np.array([code.bit_count() <= 1 for code in range(256)])

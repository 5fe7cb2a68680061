"""The order in which digits are read: lines from the top, and in a line from the left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from qtdigits.core.ink import Bounds

_SAME_LINE: Final = 0.3
"""A digit belongs to a line if so much of the lower of the two heights is common to both."""
_NEW_NUMBER: Final = 1.5
"""A gap wider than so many usual heights begins a new number."""


def reading_order(boxes: Sequence[Bounds]) -> list[tuple[int, int, int]]:
    """For each digit in reading order: its place in `boxes`, its line and its number in the line.

    Lines count from the top and numbers from the left, both from 0. A line follows the writing
    where it climbs or falls: a digit is compared with its neighbours at the left.
    """
    if not boxes:
        return []
    heights = sorted(box.height for box in boxes)
    usual = max(heights[len(heights) // 2], 0.5 * heights[-1])
    lines: list[list[int]] = []
    for at in sorted(range(len(boxes)), key=lambda at: _middle(boxes[at])):
        fitting = [line for line in lines if _is_beside(boxes[at], boxes[line[-1]], usual)]
        if fitting:
            nearest = min(fitting, key=lambda line: abs(_gap(boxes[at], boxes[line[-1]])))
            nearest.append(at)
        else:
            lines.append([at])
    lines.sort(key=lambda line: sum(boxes[at].top + boxes[at].bottom for at in line) / len(line))
    ordered = []
    for line, members in enumerate(lines):
        number, reach = 0, boxes[members[0]].right
        for at in members:
            if boxes[at].left - reach > _NEW_NUMBER * usual:
                number += 1
            reach = max(reach, boxes[at].right)
            ordered.append((at, line, number))
    return ordered


def _is_beside(box: Bounds, last: Bounds, usual: float) -> bool:
    """Whether a digit stands in the line whose last digit so far is `last`.

    Small shapes, such as a dash, are taken for as high as the others.
    """
    top, bottom = _stretched(box, usual)
    last_top, last_bottom = _stretched(last, usual)
    common = min(bottom, last_bottom) - max(top, last_top)
    return common >= _SAME_LINE * min(bottom - top, last_bottom - last_top)


def _stretched(box: Bounds, usual: float) -> tuple[float, float]:
    missing = max(0.0, 0.7 * usual - box.height) / 2
    return box.top - missing, box.bottom + missing


def _middle(box: Bounds) -> float:
    return box.left + box.right


def _gap(box: Bounds, last: Bounds) -> float:
    return box.left - last.right

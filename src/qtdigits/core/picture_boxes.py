"""The boxes on a picture as a person may change them: labelled, removed, added, joined, split."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from statistics import median
from typing import Final

from qtdigits.core.ink import Bounds
from qtdigits.core.reading import Reading

_SAME_LINE: Final = 0.4
"""Boxes of one line share at least this part of the lower one's height."""
_SAME_NUMBER: Final = 0.8
"""A gap of less than this part of the digits' height is one between digits, not numbers."""


@dataclass(frozen=True, slots=True)
class Box:
    """One box: the place of a digit in pixels of the picture.

    key: one for each place; a box that is moved gets another. line, number: as ReadDigit has them.
    label: the digit that a person says is in it, None while they said nothing.
    """

    key: int
    bounds: Bounds
    line: int = 0
    number: int = 0
    label: int | None = None


@dataclass(frozen=True, slots=True)
class Boxes:
    """All boxes of a picture in reading order. Every change makes other boxes."""

    boxes: tuple[Box, ...] = ()

    @classmethod
    def of(cls, reading: Reading, new_key: Callable[[], int]) -> Boxes:
        """The boxes of what was read, in the same order."""
        return cls(
            tuple(
                Box(new_key(), digit.bounds, digit.line, digit.number) for digit in reading.digits
            )
        )

    def __iter__(self) -> Iterator[Box]:
        return iter(self.boxes)

    def __len__(self) -> int:
        return len(self.boxes)

    def find(self, key: int) -> Box | None:
        return next((box for box in self.boxes if box.key == key), None)

    def labelled(self, keys: Iterable[int], label: int | None) -> Boxes:
        """These boxes hold this digit; None takes back what was said."""
        wanted = set(keys)
        return Boxes(
            tuple(replace(box, label=label) if box.key in wanted else box for box in self.boxes)
        )

    def without(self, keys: Iterable[int]) -> Boxes:
        """These boxes hold no digit."""
        gone = set(keys)
        return _in_order(box for box in self.boxes if box.key not in gone)

    def moved(self, key: int, bounds: Bounds, new_key: int) -> Boxes:
        """A box lies elsewhere; in its line and number it stays."""
        return _in_order(
            replace(box, key=new_key, bounds=bounds) if box.key == key else box
            for box in self.boxes
        )

    def joined(self, keys: Sequence[int], new_key: int) -> Boxes:
        """One box around these, in the line and number of the first; fewer than two stay."""
        joining = [box for box in self.boxes if box.key in set(keys)]
        if len(joining) < 2:
            return self
        whole = Bounds(
            min(box.bounds.left for box in joining),
            min(box.bounds.top for box in joining),
            max(box.bounds.right for box in joining),
            max(box.bounds.bottom for box in joining),
        )
        one = replace(joining[0], key=new_key, bounds=whole, label=None)
        return _in_order([*self.without(keys), one])

    def split(self, key: int, x: float, new_keys: tuple[int, int]) -> Boxes:
        """Two boxes in the place of one, cut at x; the same if x is not inside."""
        box = self.find(key)
        if box is None or not box.bounds.left < x < box.bounds.right:
            return self
        left = replace(box, key=new_keys[0], bounds=box.bounds._replace(right=x), label=None)
        right = replace(box, key=new_keys[1], bounds=box.bounds._replace(left=x), label=None)
        return _in_order([*self.without([key]), left, right])

    def with_box(self, bounds: Bounds, key: int) -> Boxes:
        """One box more, in the line and the number that it lies nearest to."""
        line, boxes = _line_for(self.boxes, bounds)
        same = [box for box in boxes if box.line == line]
        number, same = _number_for(same, bounds)
        others = [box for box in boxes if box.line != line]
        return _in_order([*others, *same, Box(key, bounds, line, number)])

    def text(self, digit_of: Callable[[Box], str]) -> str:
        """The numbers, as Reading.text writes them; digit_of says what is in a box, '' for none."""
        lines = []
        for _, line in groupby(self.boxes, key=lambda box: box.line):
            numbers = [
                "".join(digit_of(box) for box in number)
                for _, number in groupby(line, key=lambda box: box.number)
            ]
            lines.append(" ".join(number for number in numbers if number))
        return "\n".join(line for line in lines if line)


NO_BOXES: Final = Boxes()


def _in_order(boxes: Iterable[Box]) -> Boxes:
    return Boxes(tuple(sorted(boxes, key=lambda box: (box.line, box.number, box.bounds.left))))


def _line_for(boxes: Sequence[Box], bounds: Bounds) -> tuple[int, list[Box]]:
    """The line of a new box, and the boxes with room made for it where it is a line of its own.

    A line may slant: of each, the box that lies nearest is the one that counts.
    """
    middle = _middle(bounds)
    nearest = [
        min(line, key=lambda box: abs(_middle(box.bounds)[0] - middle[0]))
        for _, line in groupby(boxes, key=lambda box: box.line)
    ]
    fitting = [box for box in nearest if _shared_height(box.bounds, bounds) >= _SAME_LINE]
    if fitting:
        best = max(fitting, key=lambda box: _shared_height(box.bounds, bounds))
        return best.line, list(boxes)
    below = [box.line for box in nearest if _middle(box.bounds)[1] > middle[1]]
    if not below:
        return max((box.line for box in boxes), default=-1) + 1, list(boxes)
    line = min(below)
    return line, [replace(box, line=box.line + 1) if box.line >= line else box for box in boxes]


def _number_for(line: Sequence[Box], bounds: Bounds) -> tuple[int, list[Box]]:
    """The number of a new box within its line, and the line with room made for it."""
    if not line:
        return 0, []
    height = median([box.bounds.height for box in line] + [bounds.height])
    middle = _middle(bounds)[0]
    before = [box for box in line if _middle(box.bounds)[0] <= middle]
    after = [box for box in line if _middle(box.bounds)[0] > middle]
    left = max(before, key=lambda box: box.bounds.right, default=None)
    right = min(after, key=lambda box: box.bounds.left, default=None)
    gaps = [
        (gap, box.number)
        for box, gap in (
            (left, bounds.left - left.bounds.right if left else 0.0),
            (right, right.bounds.left - bounds.right if right else 0.0),
        )
        if box is not None and gap <= _SAME_NUMBER * height
    ]
    if gaps:
        return min(gaps)[1], list(line)
    if left is not None and right is not None and left.number == right.number:
        return left.number, list(line)
    number = left.number + 1 if left is not None else 0
    return number, [
        replace(box, number=box.number + 1) if box.number >= number else box for box in line
    ]


def _middle(bounds: Bounds) -> tuple[float, float]:
    return (bounds.left + bounds.right) / 2, (bounds.top + bounds.bottom) / 2


def _shared_height(one: Bounds, other: Bounds) -> float:
    """The height that two boxes share, as part of the lower one's height."""
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared / max(min(one.height, other.height), 1e-9)

"""Digits are read line by line, from the left."""

from __future__ import annotations

from qtdigits.core.ink import Bounds
from qtdigits.core.segmenting.layout import reading_order


def box(left: float, top: float, width: float = 6, height: float = 10) -> Bounds:
    return Bounds(left, top, left + width, top + height)


def test_lines_come_from_the_top_and_digits_from_the_left() -> None:
    boxes = [box(10, 20), box(10, 1), box(0, 0), box(0, 21)]
    assert reading_order(boxes) == [(2, 0, 0), (1, 0, 0), (3, 1, 0), (0, 1, 0)]


def test_line_that_climbs_is_one() -> None:
    boxes = [box(8 * at, 60 - 5 * at) for at in range(8)]
    assert [line for _, line, _ in reading_order(boxes)] == [0] * 8


def test_wide_gap_begins_a_number() -> None:
    assert [number for *_, number in reading_order([box(0, 0), box(8, 0), box(40, 0)])] == [0, 0, 1]


def test_small_shape_stays_in_its_line() -> None:
    boxes = [box(0, 0), box(8, 4, height=1), box(16, 0)]
    assert reading_order(boxes) == [(0, 0, 0), (1, 0, 0), (2, 0, 0)]


def test_nothing_has_no_order() -> None:
    assert reading_order([]) == []

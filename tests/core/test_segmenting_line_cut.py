"""Ink cut along a line loses nothing, and each part lies on its side."""

from __future__ import annotations

import pytest

from qtdigits.core.ink import Ink, PenSample, Stroke
from qtdigits.core.segment import cut_ink


def across(ink: Ink) -> list[list[float]]:
    return [[sample.x for sample in stroke.samples] for stroke in ink.strokes]


def test_strokes_on_one_side_stay_as_they_are() -> None:
    ink = Ink.from_json([[[0, 0], [2, 9]], [[8, 0], [6, 9]]])
    left, right = cut_ink(ink, (5, 0), (5, 9))
    assert left == Ink(ink.strokes[:1])
    assert right == Ink(ink.strokes[1:])


def test_stroke_that_crosses_is_cut_on_the_line() -> None:
    before, after = PenSample(0, 0, 100, 0.25), PenSample(10, 5, 200, 0.75)
    left, right = cut_ink(Ink((Stroke((before, after)),)), (5, 0), (5, 9))
    crossing = PenSample(5, 2.5, 150, 0.5)
    assert left.strokes[0].samples == (before, crossing)
    assert right.strokes[0].samples == (crossing, after)


def test_stroke_that_comes_back_gives_a_part_for_each_way() -> None:
    ink = Ink.from_json([[[0, 0], [10, 0], [10, 4], [0, 4]]])
    left, right = cut_ink(ink, (4, 0), (4, 9))
    assert across(left) == [[0, 4], [4, 0]]
    assert across(right) == [[4, 10, 10, 4]]


def test_sample_on_the_line_is_the_cut() -> None:
    left, right = cut_ink(Ink.from_json([[[0, 0], [5, 1], [10, 2]]]), (5, 0), (5, 9))
    assert across(left) == [[0, 5]]
    assert across(right) == [[5, 10]]


def test_line_may_slant_and_goes_on_beyond_its_points() -> None:
    left, right = cut_ink(Ink.from_json([[[0, 0], [10, 0]]]), (6, 5), (7, 10))
    assert across(left) == [[0, 5]]
    assert across(right) == [[5, 10]]


def test_line_of_one_point_is_refused() -> None:
    with pytest.raises(ValueError, match="two different points"):
        cut_ink(Ink(), (1, 1), (1, 1))

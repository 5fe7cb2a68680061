"""Boxes on a picture: every change keeps the reading order and says the numbers anew."""

from __future__ import annotations

from itertools import count

import numpy as np
import pytest

from qtdigits.core.ink import Bounds
from qtdigits.core.picture_boxes import Box, Boxes
from qtdigits.core.prediction import Prediction, Verdict
from qtdigits.core.reading import ReadDigit, Reading

#: 12 34 in the first line, 56 in the second; each digit is 10 wide and 20 high.
PLACES = ((0, 0), (12, 0), (60, 0), (72, 0), (0, 40), (12, 40))
NUMBERS = ((0, 0), (0, 0), (0, 1), (0, 1), (1, 0), (1, 0))


def at(left: float, top: float, width: float = 10, height: float = 20) -> Bounds:
    return Bounds(left, top, left + width, top + height)


@pytest.fixture
def page() -> Boxes:
    answer = Prediction((0.1,) * 10, Verdict.DIGIT, (0,))
    digits = tuple(
        ReadDigit(at(*place), np.zeros((28, 28), np.float32), answer, None, line, number)
        for place, (line, number) in zip(PLACES, NUMBERS, strict=True)
    )
    return Boxes.of(Reading(digits), count(1).__next__)


def said(box: Box) -> str:
    """The last place of the key, or what the person said."""
    return str(box.key % 10 if box.label is None else box.label)


def test_boxes_of_a_reading_say_what_it_says(page: Boxes) -> None:
    assert page.text(said) == "12 34\n56"


def test_label_takes_the_place_of_what_was_read(page: Boxes) -> None:
    assert page.labelled([2, 5], 0).text(said) == "10 34\n06"
    assert page.labelled([2], 0).labelled([2], None) == page


def test_box_without_a_digit_is_left_out(page: Boxes) -> None:
    assert page.without([1, 3]).text(said) == "2 4\n56"
    assert page.without([5, 6]).text(said) == "12 34"


def test_joined_boxes_are_one_around_both(page: Boxes) -> None:
    joined = page.labelled([1], 8).joined([1, 2], 7)
    assert joined.text(said) == "7 34\n56"
    assert joined.find(7) == Box(7, Bounds(0, 0, 22, 20), 0, 0)


def test_one_box_cannot_be_joined(page: Boxes) -> None:
    assert page.joined([2], 7) is page


def test_split_box_is_two_beside_each_other(page: Boxes) -> None:
    split = page.split(3, 64, (7, 8))
    assert split.text(said) == "12 784\n56"
    left, right = split.find(7), split.find(8)
    assert left is not None
    assert right is not None
    assert (left.bounds, right.bounds) == (Bounds(60, 0, 64, 20), Bounds(64, 0, 70, 20))


@pytest.mark.parametrize("x", [59.0, 60.0, 70.0, 200.0])
def test_cut_beside_a_box_changes_nothing(x: float, page: Boxes) -> None:
    assert page.split(3, x, (7, 8)) is page


def test_moved_box_is_another_place_in_the_same_number(page: Boxes) -> None:
    moved = page.moved(1, at(14, 0), 7)
    assert moved.text(said) == "27 34\n56"
    assert moved.find(1) is None


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (at(24, 0), "127 34\n56"),  # behind the first number
        (at(-12, 1), "712 34\n56"),  # before it
        (at(48, 2), "12 734\n56"),  # near the second one
        (at(120, -3), "12 34 7\n56"),  # far behind the line
        (at(24, 40), "12 34\n567"),
        (at(0, 80), "12 34\n56\n7"),  # a new line below,
        (at(0, -40), "7\n12 34\n56"),  # above,
        (at(0, 21, height=18), "12 34\n7\n56"),  # and between
    ],
)
def test_new_box_belongs_to_what_it_lies_nearest_to(place: Bounds, text: str, page: Boxes) -> None:
    assert page.with_box(place, 7).text(said) == text


def test_new_box_between_numbers_far_apart_is_a_number_of_its_own() -> None:
    line = Boxes((Box(1, at(0, 0)), Box(2, at(200, 0), 0, 1)))
    assert line.with_box(at(100, 0), 7).text(said) == "1 7 2"


def test_new_box_follows_a_line_that_slants() -> None:
    line = Boxes(tuple(Box(n + 1, at(30 * n, 12 * n), 0, n) for n in range(5)))
    assert line.with_box(at(150, 60), 7).text(said) == "1 2 3 4 5 7"


def test_first_box_of_an_empty_picture_is_all_of_it() -> None:
    assert Boxes().with_box(at(5, 5), 7).text(said) == "7"

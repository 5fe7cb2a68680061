"""Numbers composed of single digits keep what was written, and measuring counts what is right."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from qtdigits.core.data_files.strokes import Drawing
from qtdigits.core.ink import Ink
from qtdigits.core.numbers.components import connected_components
from qtdigits.core.numbers.compose import ComposedNumber, compose_numbers
from qtdigits.core.numbers.measuring import ReadNumber, number_figures, right_digits
from qtdigits.core.numbers.spacing import PEN, Spacing, dense
from qtdigits.core.synthetic_pen import synthetic_digits, tracks_to_ink


@pytest.fixture(scope="module")
def drawings() -> list[Drawing]:
    """Forty digits each by two writers, ten of each digit in all."""
    return [
        Drawing(line, tracks_to_ink(tracks), str(label), "anna" if line % 2 else "ben")
        for line, (label, tracks) in enumerate(synthetic_digits(80, 4), start=1)
    ]


def parts(number: ComposedNumber) -> list[Ink]:
    """The ink of each digit of a number."""
    made: list[list[list[list[float]]]] = [[] for _ in number.label]
    for stroke, digits in zip(number.ink.to_json(), number.digits, strict=True):
        for place in sorted(set(digits)):
            made[place].append([xy for xy, own in zip(stroke, digits, strict=True) if own == place])
    return [Ink.from_json(strokes) for strokes in made]


def distances(number: ComposedNumber) -> list[float]:
    """How near the middles of the traces of neighbouring digits come, in heights."""
    traces = [dense([stroke.points() / 100 for stroke in ink.strokes]) for ink in parts(number)]
    return [
        float(np.hypot(*(a[:, None] - b[None, :]).transpose(2, 0, 1)).min())
        for a, b in pairwise(traces)
    ]


@pytest.mark.parametrize("spacing", list(Spacing))
def test_numbers_have_two_to_six_digits_of_one_writer(
    drawings: list[Drawing], spacing: Spacing
) -> None:
    numbers = compose_numbers(drawings, spacing, 30, 1)
    assert {len(number.label) for number in numbers} == {2, 3, 4, 5, 6}
    by_line = {drawing.line: drawing for drawing in drawings}
    for number in numbers:
        used = [by_line[line] for line in number.sources]
        assert "".join(drawing.label or "" for drawing in used) == number.label
        assert {drawing.writer for drawing in used} == {number.writer}


def test_same_seed_makes_the_same_numbers(drawings: list[Drawing]) -> None:
    first = compose_numbers(drawings, Spacing.TOUCHING, 5, 8)
    assert compose_numbers(drawings, Spacing.TOUCHING, 5, 8) == first
    assert compose_numbers(drawings, Spacing.TOUCHING, 5, 9) != first


def test_digits_apart_have_empty_width_between_them(drawings: list[Drawing]) -> None:
    for number in compose_numbers(drawings, Spacing.APART, 20, 2):
        boxes = [box for ink in parts(number) if (box := ink.bounds())]
        for left, right in pairwise(boxes):
            assert right.left - left.right > PEN * 100


def test_digits_close_to_each_other_have_paper_between_them(drawings: list[Drawing]) -> None:
    for number in compose_numbers(drawings, Spacing.CLOSE, 20, 2):
        assert min(distances(number)) > PEN
        assert min(distances(number)) < 0.3


def test_touching_digits_touch(drawings: list[Drawing]) -> None:
    numbers = compose_numbers(drawings, Spacing.TOUCHING, 40, 2)
    assert all(min(distances(number)) < PEN for number in numbers if not number.joined)
    assert sum(number.joined > 0 for number in numbers) >= 4


def test_joined_digits_share_a_stroke(drawings: list[Drawing]) -> None:
    for number in compose_numbers(drawings, Spacing.TOUCHING, 40, 2):
        shared = sum(len(set(digits)) - 1 for digits in number.digits)
        assert shared == number.joined


def test_drawings_without_a_busy_writer_are_refused(drawings: list[Drawing]) -> None:
    with pytest.raises(ValueError, match="writer of at least 5 digits"):
        compose_numbers(drawings[:4], Spacing.APART, 1, 0)


@pytest.mark.parametrize(
    ("text", "right"),
    [("2026", 4), ("226", 3), ("20126", 4), ("6202", 3), ("", 0), ("9999", 0)],
)
def test_right_digits_count_what_is_there_in_order(text: str, right: int) -> None:
    assert right_digits("2026", text) == right


def test_figures_count_whole_numbers_and_digits() -> None:
    numbers = [ReadNumber("12", "12", "1"), ReadNumber("345", "35", "345")]
    own = number_figures(numbers, lambda number: number.text)
    assert (own.n, own.right, own.digits, own.digits_right) == (2, 1, 5, 4)
    plain = number_figures(numbers, lambda number: number.components)
    assert (plain.right, plain.digits_right) == (1, 4)


def test_components_are_strokes_that_touch_from_the_left() -> None:
    right, cross = [[60, 0], [60, 100]], [[50, 50], [70, 50]]
    left = [[0, 0], [0, 100]]
    pieces = connected_components(Ink.from_json([right, left, cross]))
    assert pieces == [Ink.from_json([left]), Ink.from_json([right, cross])]


def test_ink_that_comes_nearer_than_the_pen_is_wide_is_connected() -> None:
    beside = [[[0, 0], [0, 100]], [[5, 0], [5, 100]]]
    farther = [[[0, 0], [0, 100]], [[7, 0], [7, 100]]]
    assert len(connected_components(Ink.from_json(beside))) == 1
    assert len(connected_components(Ink.from_json(farther))) == 2

"""Joining, splitting and cutting digits: nothing of the ink is lost, nothing is there twice."""

from __future__ import annotations

import numpy as np
import pytest

from qtdigits.core.arrangement import ArrangedInk, Arrangement
from qtdigits.core.ink import Ink, Stroke
from qtdigits.core.prediction import Prediction, Verdict
from qtdigits.core.reading import ReadDigit, Reading
from qtdigits.core.regroup import cut_between, cut_place, joined, split

ONE = Prediction((0.01, 0.91) + (0.01,) * 8, Verdict.DIGIT, (1,))


def upright(x: float, y: float = 0.0) -> Stroke:
    return Stroke.from_points([(x, y), (x + 1, y + 20), (x, y + 40)])


def wave() -> Stroke:
    """A stroke that runs through three digits, with samples far apart."""
    return Stroke.from_points([(0, 0), (0, 40), (90, 40), (90, 0)])


def reading(*digits: Ink, lines: tuple[int, ...] | None = None) -> Reading:
    read = []
    for at, ink in enumerate(digits):
        bounds = ink.bounds()
        assert bounds is not None
        line = 0 if lines is None else lines[at]
        read.append(ReadDigit(bounds, np.zeros((28, 28), np.float32), ONE, ink, line))
    return Reading(tuple(read))


def inks(*strokes: Stroke) -> list[Ink]:
    return [Ink((stroke,)) for stroke in strokes]


def length(ink: Ink) -> float:
    ways = [np.hypot(*np.diff(stroke.points(), axis=0).T).sum() for stroke in ink.strokes]
    return float(sum(ways))


def test_joined_digits_are_one_and_the_others_stay_free() -> None:
    strokes = [upright(x) for x in (0, 20, 40, 60)]
    drawing = ArrangedInk(Ink(tuple(strokes)))
    after = joined(drawing, reading(*inks(*strokes)), 1)
    assert after == ArrangedInk(
        drawing.ink, (Arrangement((strokes[1], strokes[2]), (Ink((strokes[1], strokes[2])),)),)
    )


@pytest.mark.parametrize("at", [-1, 1, 2])
def test_only_neighbours_are_joined(at: int) -> None:
    strokes = [upright(0), upright(20)]
    drawing = ArrangedInk(Ink(tuple(strokes)))
    assert joined(drawing, reading(*inks(*strokes)), at) is None
    assert joined(drawing, reading(*inks(*strokes), lines=(0, 1)), 0) is None


def test_split_parts_a_digit_where_least_ink_is() -> None:
    left, right = upright(0), upright(11)
    whole = Ink((left, right))
    after = split(ArrangedInk(whole), reading(whole), 0)
    assert after is not None
    assert after.arrangements == (Arrangement((left, right), (Ink((left,)), Ink((right,)))),)


def test_split_cuts_a_stroke_in_two() -> None:
    whole = Ink((wave(),))
    after = split(ArrangedInk(whole), reading(whole), 0)
    assert after is not None
    (arrangement,) = after.arrangements
    assert arrangement.strokes == whole.strokes
    left, right = arrangement.digits
    assert length(left) + length(right) == pytest.approx(length(whole))


def test_what_has_no_width_is_not_split() -> None:
    dot = Ink((Stroke.from_points([(5, 5)]),))
    assert split(ArrangedInk(dot), reading(dot), 0) is None
    assert split(ArrangedInk(dot), reading(dot), 1) is None


def test_cut_moves_ink_from_one_digit_to_its_neighbour() -> None:
    body, bar, other = upright(0), Stroke.from_points([(8, 0), (14, 0)]), upright(20)
    drawing = ArrangedInk(Ink((body, bar, other)))
    wrong = reading(Ink((body,)), Ink((bar, other)))
    after = cut_between(drawing, wrong, 0, (17, 0), (17, 40))
    assert after is not None
    assert after.arrangements[0].digits == (Ink((body, bar)), Ink((other,)))


def test_cut_leans_as_the_line_does() -> None:
    strokes = (Stroke.from_points([(10, 0), (12, 0)]), Stroke.from_points([(10, 40), (12, 40)]))
    drawing = ArrangedInk(Ink(strokes))
    after = cut_between(drawing, reading(*inks(*strokes)), 0, (20, 0), (0, 40))
    assert after is not None
    assert after.arrangements[0].digits == (Ink((strokes[0],)), Ink((strokes[1],)))


def test_cut_past_a_digit_joins_unless_it_must_not() -> None:
    strokes = (upright(0), upright(20))
    drawing, read = ArrangedInk(Ink(strokes)), reading(*inks(*strokes))
    after = cut_between(drawing, read, 0, (50, 0), (50, 40))
    assert after is not None
    assert after.arrangements[0].digits == (Ink(strokes),)
    assert cut_between(drawing, read, 0, (50, 0), (50, 40), may_join=False) is None


def three_of_one_stroke() -> tuple[ArrangedInk, Reading]:
    """A number whose three digits are parts of one stroke, as the program cut it."""
    whole = Ink((wave(),))
    pieces = (
        Stroke.from_points([(0, 0), (0, 40), (30, 40)]),
        Stroke.from_points([(30, 40), (60, 40)]),
        Stroke.from_points([(60, 40), (90, 40), (90, 0)]),
    )
    return ArrangedInk(whole), reading(*inks(*pieces))


def test_arrangement_takes_in_all_digits_of_a_stroke() -> None:
    drawing, read = three_of_one_stroke()
    after = joined(drawing, read, 1)
    assert after is not None
    (arrangement,) = after.arrangements
    assert arrangement.strokes == drawing.ink.strokes
    assert len(arrangement.digits) == 2
    assert arrangement.digits[0] == read.digits[0].ink
    # The cut between the two is mended: one stroke again.
    assert len(arrangement.digits[1].strokes) == 1
    assert sum(length(ink) for ink in arrangement.digits) == pytest.approx(length(drawing.ink))


def test_stroke_that_is_put_together_again_is_the_very_one() -> None:
    drawing, read = three_of_one_stroke()
    once = joined(drawing, read, 0)
    assert once is not None
    after = joined(once, reading(*once.arrangements[0].digits), 0)
    assert after == ArrangedInk(drawing.ink, (Arrangement(drawing.ink.strokes, (drawing.ink,)),))


def test_arrangement_swallows_those_it_touches_and_leaves_the_others() -> None:
    strokes = [upright(x) for x in (0, 20, 40, 60, 80, 100)]
    digits = inks(*strokes)
    pair = Arrangement((strokes[0], strokes[1]), (Ink((strokes[0], strokes[1])),))
    far = Arrangement((strokes[4], strokes[5]), (Ink((strokes[4], strokes[5])),))
    drawing = ArrangedInk(Ink(tuple(strokes)), (pair, far))
    read = reading(pair.digits[0], digits[2], digits[3], far.digits[0])
    after = joined(drawing, read, 0)
    assert after is not None
    assert after.arrangements == (
        far,
        Arrangement(tuple(strokes[:3]), (Ink(tuple(strokes[:3])),)),
    )
    held = [stroke for one in after.arrangements for stroke in one.strokes]
    assert len(set(held)) == len(held)


def test_cut_lies_where_strokes_were_cut_or_in_the_gap() -> None:
    _, read = three_of_one_stroke()
    assert cut_place(read, 0) == 30
    assert cut_place(reading(*inks(upright(0), upright(21))), 0) == 11

"""How pieces of ink lie to each other, and the form of a shape among them."""

from __future__ import annotations

import pytest

from qtdigits.core.ink import Ink
from qtdigits.core.segmenting.form import form_of, inside
from qtdigits.core.segmenting.meetings import Meetings
from qtdigits.core.segmenting.pieces import Piece, cut_piece, whole_strokes

HEIGHT = 100.0


def upright(x: float, top: float = 0.0, bottom: float = 100.0) -> list[list[float]]:
    return [[x, top], [x, bottom]]


def level(y: float, left: float, right: float) -> list[list[float]]:
    return [[left, y], [right, y]]


def pieces_of(*strokes: list[list[float]]) -> list[Piece]:
    return whole_strokes(Ink.from_json(list(strokes)).strokes)


def meetings_of(*strokes: list[list[float]]) -> Meetings:
    return Meetings.of(pieces_of(*strokes), HEIGHT)


def test_strokes_that_cross_touch() -> None:
    meetings = meetings_of(upright(50), level(40, 30, 70), upright(90))
    assert meetings.touching == (frozenset({1}), frozenset({0}), frozenset())
    assert meetings.crossing == (frozenset({1}), frozenset({0}), frozenset())


@pytest.mark.parametrize(
    "bar", [level(40, 47, 90), level(40, 53, 90), level(95, 30, 70)], ids=["over", "short", "low"]
)
def test_stroke_that_ends_at_another_does_not_cross_it(bar: list[list[float]]) -> None:
    meetings = meetings_of(upright(50), bar)
    assert meetings.touching == (frozenset({1}), frozenset({0}))
    assert not any(meetings.crossing)


def test_distances_are_in_heights_of_the_writing() -> None:
    meetings = meetings_of(upright(50), upright(70), level(130, 50, 70))
    assert meetings.distances[0][1] == pytest.approx(0.2)
    assert meetings.distances[0][2] == pytest.approx(0.3)
    assert meetings.distances[2][0] == meetings.distances[0][2]


def test_far_pieces_are_as_far_as_their_boxes() -> None:
    assert meetings_of(upright(0), level(150, 50, 90)).distances[0][1] == pytest.approx(0.5**0.5)


def test_parts_of_one_stroke_neither_touch_nor_are_apart() -> None:
    (stroke,) = pieces_of([[x, 0] for x in range(10)])
    meetings = Meetings.of(cut_piece(stroke, [3, 6]), HEIGHT)
    assert not any(meetings.touching)
    assert meetings.distances[0][2] == 0.0


def test_gap_is_that_of_the_piece_that_lies_apart() -> None:
    meetings = meetings_of(upright(0), level(50, 0, 40), upright(70))
    assert meetings.gap((0,)) == 0.0
    assert meetings.gap((0, 1)) < 0.06
    assert meetings.gap((0, 1, 2)) == pytest.approx(0.3, abs=0.01)


def test_form_tells_of_size_and_neighbours() -> None:
    pieces = pieces_of(upright(50), upright(55, 20, 60), level(40, 30, 70))
    form = form_of((0, 2), pieces, Meetings.of(pieces, HEIGHT), HEIGHT)
    assert (form.width, form.height, form.strokes) == (0.4, 1.0, 2)
    assert form.inside == pytest.approx(0.4)
    assert (form.out_of_time, form.contacts, form.crossings, form.cuts) == (1.0, 1, 1, 0)


def test_form_counts_the_cuts_to_its_neighbours() -> None:
    (stroke,) = pieces_of([[x, 0] for x in range(10)])
    parts = cut_piece(stroke, [3, 6])
    meetings = Meetings.of(parts, HEIGHT)
    assert [form_of((at,), parts, meetings, HEIGHT).cuts for at in range(3)] == [1, 2, 1]
    assert form_of((0, 1, 2), parts, meetings, HEIGHT).cuts == 0


@pytest.mark.parametrize(
    ("others", "expected"),
    [
        ([(0.0, 10.0)], 0.4),
        ([(5.0, 15.0)], 0.0),
        ([(2.0, 10.5), (0.0, 10.0)], 0.8 - 0.5 / 8.5),
        ([(5.0, 5.0)], 0.4),
        ([(20.0, 20.0)], 0.0),
    ],
)
def test_inside_counts_what_lies_mostly_within(
    others: list[tuple[float, float]], expected: float
) -> None:
    assert inside(0.0, 10.0, others) == pytest.approx(expected)

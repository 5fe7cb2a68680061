"""Strokes are cut and put together again without loss, and grouped by what lies together."""

from __future__ import annotations

import numpy as np

from qtdigits.core.ink import Bounds, Ink, Stroke
from qtdigits.core.segmenting.candidates import Scale, clusters, shapes_in
from qtdigits.core.segmenting.cuts import MOST_CUTS, cut_places
from qtdigits.core.segmenting.pieces import (
    Piece,
    cut_piece,
    joined,
    whole_strokes,
)

_SCALE = Scale(100.0)


def upright(x: float, top: float = 0.0, bottom: float = 100.0) -> list[list[float]]:
    return [[x, top], [x, (top + bottom) / 2], [x, bottom]]


def level(y: float, left: float, right: float) -> list[list[float]]:
    return [[left, y], [(left + right) / 2, y], [right, y]]


def pieces_of(*strokes: list[list[float]]) -> list[Piece]:
    return whole_strokes(Ink.from_json(list(strokes)).strokes)


def test_parts_of_a_stroke_make_the_stroke_again() -> None:
    ink = Ink.from_json([[[x, 0] for x in range(10)], [[0, 5], [9, 5]]])
    first, second = whole_strokes(ink.strokes)
    parts = cut_piece(first, [3, 7])
    assert [len(part.ink.samples) for part in parts] == [4, 5, 3]
    assert joined([*parts, second], ink.strokes) == ink
    assert joined(parts, ink.strokes).strokes[0] is ink.strokes[0]


def test_neighbouring_parts_are_one_stroke_and_others_are_not() -> None:
    ink = Ink.from_json([[[x, 0] for x in range(10)]])
    parts = cut_piece(whole_strokes(ink.strokes)[0], [3, 7])
    assert joined(parts[1:], ink.strokes) == Ink((Stroke(ink.strokes[0].samples[3:]),))
    assert len(joined([parts[0], parts[2]], ink.strokes).strokes) == 2


def test_scale_does_not_count_low_strokes() -> None:
    boxes = [Bounds(0, 0, 50, height) for height in (100, 110, 3, 120, 5, 4)]
    assert Scale.of(boxes).height == 110


def test_scale_of_a_dash_is_its_width() -> None:
    assert Scale.of([Bounds(0, 7, 40, 7)]).height == 40


def test_digits_far_apart_are_clusters_of_their_own() -> None:
    pieces = pieces_of(upright(0), upright(200), upright(210), upright(20))
    assert clusters(pieces, _SCALE) == [[0, 3], [1, 2]]


def test_lines_below_each_other_are_clusters_of_their_own() -> None:
    pieces = pieces_of(*[upright(10 * at) for at in range(4)], *[upright(5, 250, 350)] * 4)
    assert clusters(pieces, _SCALE) == [[0, 1, 2, 3], [4, 5, 6, 7]]


def test_shapes_hold_neighbours_in_place_and_in_time() -> None:
    """The last stroke lies on the first; the first and the third are neighbours neither way."""
    pieces = pieces_of(upright(0), upright(60), upright(120), level(50, -5, 8))
    shapes = shapes_in(pieces, _SCALE)
    assert {(0,), (1,), (2,), (3,), (0, 3), (0, 1), (1, 2)} <= set(shapes)
    assert (0, 2) not in shapes
    assert len(set(shapes)) == len(shapes)


def test_crowd_of_strokes_is_one_shape() -> None:
    pieces = pieces_of(*[upright(at) for at in range(40)])
    assert shapes_in(pieces, _SCALE) == [tuple(range(40))]


def test_cuts_lie_at_corners_and_at_the_bridge_between_digits() -> None:
    """Down, over to the right along a line with nothing above or below, and down again."""
    down = [[0.0, float(y)] for y in range(0, 101, 5)]
    over = [[float(x), 100.0 - x] for x in range(5, 60, 5)]
    again = [[60.0, float(y)] for y in range(40, 141, 5)]
    track = np.array([*down, *over, *again])
    places = cut_places(track, 100.0)
    assert {20, 32} <= {at + near for at in places for near in (-1, 0, 1)}
    assert places == sorted(set(places))
    assert all(0 < at < len(track) - 1 for at in places)


def test_short_stroke_is_not_cut() -> None:
    assert cut_places(np.array([[0.0, 0.0], [5.0, 5.0], [10.0, 0.0]]), 100.0) == []


def test_zigzag_is_cut_only_so_often() -> None:
    track = np.array([[10.0 * at, 100.0 * (at % 2)] for at in range(40)])
    assert 0 < len(cut_places(track, 100.0)) <= MOST_CUTS

from __future__ import annotations

import dataclasses
import math

import pytest

from qtdigits.core.ink import Bounds, Ink, PenSample, Stroke


def test_stroke_without_samples_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one pen sample"):
        Stroke(())


@pytest.mark.parametrize(
    "points",
    [
        [(1.0,)],
        [(1.0, math.nan)],
        [(math.inf, 0.0)],
        [("1", "2")],
        [(True, 0)],
        [3],
        [(1e12, 0)],
        [(10**400, 0)],
    ],
)
def test_points_that_are_no_numbers_are_refused(points: list[tuple[float, float]]) -> None:
    with pytest.raises(ValueError, match="a point is a pair of"):
        Stroke.from_points(points)


def test_points_are_an_array_of_pairs() -> None:
    stroke = Stroke.from_points([(1, 2), (3, 4)])
    assert stroke.points().tolist() == [[1.0, 2.0], [3.0, 4.0]]


def test_points_of_a_dot_keep_their_shape() -> None:
    assert Stroke((PenSample(1, 2),)).points().shape == (1, 2)


def test_with_stroke_leaves_the_old_ink_alone() -> None:
    old = Ink()
    new = old.with_stroke(Stroke.from_points([(0, 0)]))
    assert old.is_empty
    assert not new.is_empty


def test_ink_is_equal_to_ink_of_the_same_samples() -> None:
    one, other = (Ink((Stroke.from_points([(0, 0), (1, 2), (3, 4)]),)) for _ in range(2))
    assert one == other
    assert hash(one) == hash(other)
    assert Ink() == Ink()


@pytest.mark.parametrize(
    "strokes",
    [
        [],
        [[(0, 0), (1, 2), (3, 4)], [(0, 0)]],
        [[(0, 0), (1, 2)]],
        [[(0, 0), (1, 9), (3, 4)]],
    ],
    ids=["empty", "a stroke more", "a sample less", "a sample elsewhere"],
)
def test_ink_of_other_samples_is_not_equal(strokes: list[list[tuple[float, float]]]) -> None:
    ink = Ink((Stroke.from_points([(0, 0), (1, 2), (3, 4)]),))
    assert ink != Ink(tuple(Stroke.from_points(points) for points in strokes))


def test_ink_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Ink().strokes = ()  # type: ignore[misc] # that it fails is the test


def test_bounds_hold_every_stroke() -> None:
    ink = Ink((Stroke.from_points([(1, 9), (4, 2)]), Stroke.from_points([(-3, 5)])))
    assert ink.bounds() == Bounds(-3, 2, 4, 9)
    assert ink.bounds() is not None


def test_bounds_know_their_size() -> None:
    bounds = Bounds(1, 2, 4, 9)
    assert (bounds.width, bounds.height) == (3, 7)


def test_empty_ink_has_no_bounds() -> None:
    assert Ink().bounds() is None


def test_json_there_and_back_gives_the_same_ink() -> None:
    ink = Ink((Stroke.from_points([(1.25, 2.5), (3, 4)]), Stroke.from_points([(0, 0)])))
    assert Ink.from_json(ink.to_json()) == ink


def test_json_leaves_out_empty_strokes() -> None:
    assert Ink.from_json([[], [[1, 2]]]).strokes == (Stroke.from_points([(1, 2)]),)


def test_json_ignores_what_follows_x_and_y() -> None:
    assert Ink.from_json([[[1, 2, 700, 0.5]]]) == Ink.from_json([[[1, 2]]])


@pytest.mark.parametrize("strokes", [None, "strokes", {"a": 1}, [1], ["ab"], [[1, 2]]])
def test_json_that_is_no_ink_is_refused(strokes: object) -> None:
    with pytest.raises(ValueError, match=r"must be a list|a point is a pair"):
        Ink.from_json(strokes)

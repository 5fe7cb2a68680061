from __future__ import annotations

import math

import pytest

from qtdigits.core.eraser import erased
from qtdigits.core.ink import Ink, PenSample, Stroke

LINE = Stroke.from_points([(0, 0), (100, 0)])


def lengths(ink: Ink) -> list[float]:
    return [
        sum(
            math.dist((p.x, p.y), (q.x, q.y))
            for p, q in zip(s.samples, s.samples[1:], strict=False)
        )
        for s in ink.strokes
    ]


def ends(stroke: Stroke) -> tuple[float, float, float, float]:
    first, last = stroke.samples[0], stroke.samples[-1]
    return first.x, first.y, last.x, last.y


def test_untouched_ink_is_the_same_object() -> None:
    ink = Ink((LINE,))
    assert erased(ink, (0, 20), (100, 20), 10) is ink


def test_empty_ink_is_the_same_object() -> None:
    ink = Ink()
    assert erased(ink, (0, 0), (1, 1), 5) is ink


def test_disc_cuts_a_line_of_two_samples_in_two() -> None:
    left, right = erased(Ink((LINE,)), (50, 0), (50, 0), 10).strokes
    assert ends(left) == pytest.approx((0, 0, 40, 0))
    assert ends(right) == pytest.approx((60, 0, 100, 0))


def test_disc_that_is_off_the_line_cuts_a_chord() -> None:
    left, right = erased(Ink((LINE,)), (50, 6), (50, 6), 10).strokes
    assert ends(left)[2] == pytest.approx(42)
    assert ends(right)[0] == pytest.approx(58)


def test_fast_eraser_cuts_all_on_its_way() -> None:
    rungs = [Stroke.from_points([(x, -50), (x, 50)]) for x in (20, 50, 80)]
    ink = erased(Ink(tuple(rungs)), (0, 0), (100, 0), 5)
    assert lengths(ink) == pytest.approx([45.0] * 6)


def test_slanted_way_cuts_at_its_edge() -> None:
    upright = Stroke.from_points([(0, -50), (0, 50)])
    ink = erased(Ink((upright,)), (-50, -50), (50, 50), 5)
    assert lengths(ink) == pytest.approx([50 - 5 * math.sqrt(2)] * 2)


def test_end_is_shortened() -> None:
    (stroke,) = erased(Ink((LINE,)), (100, 0), (100, 0), 10).strokes
    assert ends(stroke) == pytest.approx((0, 0, 90, 0))


def test_covered_stroke_is_gone() -> None:
    assert erased(Ink((LINE,)), (0, 0), (100, 0), 1).is_empty


@pytest.mark.parametrize(("distance", "is_left"), [(4.0, False), (6.0, True)])
def test_dot_goes_when_touched(distance: float, is_left: bool) -> None:
    ink = erased(Ink((Stroke((PenSample(50, distance),)),)), (0, 0), (100, 0), 5)
    assert bool(ink.strokes) is is_left


def test_untouched_strokes_stay_the_same_objects_in_order() -> None:
    other = Stroke.from_points([(0, 80), (100, 80)])
    last = Stroke.from_points([(0, 90), (100, 90)])
    ink = erased(Ink((other, LINE, last)), (50, 0), (50, 0), 10)
    assert len(ink.strokes) == 4
    assert ink.strokes[0] is other
    assert ink.strokes[3] is last


def test_loop_is_cut_each_time_it_comes_by() -> None:
    angles = [2 * math.pi * i / 60 for i in range(61)]
    loop = Stroke.from_points([(50 * math.cos(a), 50 * math.sin(a)) for a in angles])
    assert len(erased(Ink((loop,)), (0, -80), (0, 80), 4).strokes) == 3


def test_cut_has_the_time_and_pressure_of_its_place() -> None:
    stroke = Stroke((PenSample(0, 0, 0.0, 0.2), PenSample(100, 0, 1000.0, 0.6)))
    left, _ = erased(Ink((stroke,)), (60, 0), (60, 0), 10).strokes
    assert left.samples[-1].time_ms == pytest.approx(500)
    assert left.samples[-1].pressure == pytest.approx(0.4)


def test_what_is_left_is_out_of_reach() -> None:
    zigzag = Stroke.from_points([(x, 30 * (-1) ** (x // 10)) for x in range(0, 200, 10)])
    ink = erased(Ink((zigzag,)), (0, -10), (200, 15), 8)
    assert ink.strokes
    assert erased(ink, (0, -10), (200, 15), 7.99) is ink


def test_doubled_samples_do_no_harm() -> None:
    stroke = Stroke.from_points([(0, 0), (0, 0), (50, 0), (50, 0), (100, 0)])
    assert lengths(erased(Ink((stroke,)), (50, 0), (50, 0), 10)) == pytest.approx([40, 40])


@pytest.mark.parametrize("radius", [0.0, -1.0, math.nan])
def test_eraser_without_a_size_is_refused(radius: float) -> None:
    with pytest.raises(ValueError, match="radius must be above 0"):
        erased(Ink(), (0, 0), (1, 1), radius)

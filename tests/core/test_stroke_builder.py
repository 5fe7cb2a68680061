from __future__ import annotations

import math
import random

import pytest

from qtdigits.core.ink import PenSample, Stroke
from qtdigits.core.stroke_builder import DOT_RADIUS, MIN_STEP, StrokeBuilder


def written(points: list[tuple[float, float]], unit: float = 1.0) -> Stroke:
    builder = StrokeBuilder()
    samples = [PenSample(x, y) for x, y in points]
    builder.begin(samples[0], unit)
    for sample in samples[1:]:
        builder.add(sample)
    return builder.finish(samples[-1])


def circle(radius: float, points: int, jitter: float = 0.0) -> list[tuple[float, float]]:
    noise = random.Random(5)
    angles = [2 * math.pi * i / points for i in range(points + 1)]
    reach = [radius + noise.uniform(-jitter, jitter) for _ in angles]
    return [(r * math.cos(a), r * math.sin(a)) for r, a in zip(reach, angles, strict=True)]


def roughness(stroke: Stroke, radius: float) -> float:
    return math.sqrt(
        sum((math.hypot(s.x, s.y) - radius) ** 2 for s in stroke.samples) / len(stroke.samples)
    )


def test_tap_is_a_dot() -> None:
    assert written([(5, 6)]).samples == (PenSample(5, 6),)


def test_tap_with_a_trembling_hand_is_a_dot_where_it_began() -> None:
    tremble = [
        (5 + DOT_RADIUS * 0.9 * math.cos(a), 6 + DOT_RADIUS * 0.9 * math.sin(a)) for a in range(12)
    ]
    assert [(s.x, s.y) for s in written([(5, 6), *tremble]).samples] == [(5, 6)]


def test_dot_is_as_strong_as_the_tap_became() -> None:
    builder = StrokeBuilder()
    builder.begin(PenSample(0, 0, pressure=0.1))
    builder.add(PenSample(0.5, 0, pressure=0.8))
    builder.add(PenSample(0.5, 0, pressure=0.2))
    assert builder.finish().samples[0].pressure == 0.8


def test_jitter_on_the_spot_adds_nothing() -> None:
    builder = StrokeBuilder()
    builder.begin(PenSample(0, 0))
    assert builder.add(PenSample(10, 0))
    assert not builder.add(PenSample(10 + MIN_STEP * 0.9, 0))
    assert len(builder.samples) == 2


def test_jitter_is_measured_on_the_screen_not_on_the_page() -> None:
    points = [(x / 100, 0.0) for x in range(0, 100, 5)]
    assert len(written(points).samples) == 1
    assert len(written(points, unit=0.01).samples) == len(points)


def test_ends_are_exact() -> None:
    points = circle(50, 40)[:31]
    stroke = written([*points, (points[-1][0] + 0.5, points[-1][1])])
    assert (stroke.samples[0].x, stroke.samples[0].y) == points[0]
    assert (stroke.samples[-1].x, stroke.samples[-1].y) == (points[-1][0] + 0.5, points[-1][1])


def test_lifting_a_little_farther_adds_no_hook() -> None:
    builder = StrokeBuilder()
    builder.begin(PenSample(0, 0))
    builder.add(PenSample(10, 0))
    stroke = builder.finish(PenSample(10, 1))
    assert [(s.x, s.y) for s in stroke.samples] == [(0, 0), (10, 1)]


def test_lifting_farther_away_reaches_there() -> None:
    builder = StrokeBuilder()
    builder.begin(PenSample(0, 0))
    assert builder.finish(PenSample(30, 0, pressure=0.0)).samples == (
        PenSample(0, 0),
        PenSample(30, 0),
    )


def test_straight_line_stays_straight_and_complete() -> None:
    points = [(float(x), 2.0 * x) for x in range(0, 60, 3)]
    stroke = written(points)
    assert [s.x for s in stroke.samples] == pytest.approx([x for x, _ in points])
    assert [s.y for s in stroke.samples] == pytest.approx([y for _, y in points])


@pytest.mark.parametrize("points", [12, 60, 400])
def test_circle_does_not_shrink(points: int) -> None:
    stroke = written(circle(60, points))
    assert all(math.hypot(s.x, s.y) > 60 - 1.3 for s in stroke.samples)
    assert sum(math.hypot(s.x, s.y) for s in stroke.samples) / len(stroke.samples) > 58.7


def test_smoothing_takes_jitter_away() -> None:
    points = circle(60, 120, jitter=0.7)
    rough = Stroke.from_points(points)
    assert roughness(written(points), 60) < 0.7 * roughness(rough, 60)


def test_corner_is_kept_to_about_a_pixel() -> None:
    stroke = written([(0, 0), (20, 0), (40, 0), (40, 20), (40, 40)])
    assert min(math.hypot(s.x - 40, s.y) for s in stroke.samples) <= 0.5 * MIN_STEP + 1e-9


def test_only_the_newest_sample_still_changes() -> None:
    builder = StrokeBuilder()
    points = circle(40, 80, jitter=0.5)
    builder.begin(PenSample(*points[0]))
    for point in points[1:]:
        settled = list(builder.samples[:-1])
        builder.add(PenSample(*point))
        assert list(builder.samples[: len(settled)]) == settled


def test_newest_sample_is_where_the_pen_is() -> None:
    builder = StrokeBuilder()
    builder.begin(PenSample(0, 0))
    for x in (10.0, 25.0, 45.0):
        builder.add(PenSample(x, x * x / 10))
        assert builder.samples[-1] == PenSample(x, x * x / 10)


def test_snapshot_does_not_change_afterwards() -> None:
    builder = StrokeBuilder()
    builder.begin(PenSample(0, 0))
    builder.add(PenSample(10, 0))
    snapshot = builder.snapshot()
    builder.add(PenSample(10, 10))
    assert snapshot.samples == (PenSample(0, 0), PenSample(10, 0))


def test_pressure_and_time_are_kept() -> None:
    builder = StrokeBuilder()
    builder.begin(PenSample(0, 0, 1.0, 0.3))
    builder.add(PenSample(10, 0, 2.0, 0.6))
    builder.add(PenSample(20, 5, 3.0, 0.9))
    stroke = builder.finish(PenSample(20, 5, 4.0, 0.0))
    assert [s.pressure for s in stroke.samples] == [0.3, 0.6, 0.9]
    assert [s.time_ms for s in stroke.samples] == [1.0, 2.0, 4.0]


def test_cancel_forgets_the_stroke() -> None:
    builder = StrokeBuilder()
    builder.begin(PenSample(0, 0))
    builder.cancel()
    assert not builder.is_writing
    builder.begin(PenSample(3, 3))
    assert builder.finish().samples == (PenSample(3, 3),)


def test_second_begin_is_refused() -> None:
    builder = StrokeBuilder()
    builder.begin(PenSample(0, 0))
    with pytest.raises(ValueError, match="being written already"):
        builder.begin(PenSample(1, 1))


def test_finish_without_a_stroke_is_refused() -> None:
    with pytest.raises(ValueError, match="no stroke is being written"):
        StrokeBuilder().finish()

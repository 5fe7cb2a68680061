"""Scratching out: a dense zigzag takes the ink under it away, and nothing else does."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest

from qtdigits.core.data_files.strokes import Drawing
from qtdigits.core.ink import Ink, Stroke
from qtdigits.core.samples import sample_drawings
from qtdigits.core.scratch import is_zigzag, scratched_out


def zigzag(
    passes: int = 8, size: float = 100.0, turned: float = 0.0, at: tuple[float, float] = (0, 0)
) -> Stroke:
    """So many passes over a square, with a place every 5 units, turned by so many degrees."""
    corners = [(size * (n % 2), size * n / passes) for n in range(passes + 1)]
    points = [
        (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)
        for a, b in pairwise(corners)
        for share in np.linspace(0, 1, 20, endpoint=False).tolist()
    ]
    angle = math.radians(turned)
    middle = size / 2
    return Stroke.from_points(
        [
            (
                at[0] + middle + (x - middle) * math.cos(angle) - (y - middle) * math.sin(angle),
                at[1] + middle + (x - middle) * math.sin(angle) + (y - middle) * math.cos(angle),
            )
            for x, y in points
        ]
    )


def ring(x: float = 50.0, y: float = 50.0, radius: float = 30.0) -> Stroke:
    angles = np.linspace(0, 2 * math.pi, 40).tolist()
    return Stroke.from_points(
        [(x + radius * math.cos(a), y + radius * math.sin(a)) for a in angles]
    )


@pytest.mark.parametrize("passes", [8, 10, 20])
@pytest.mark.parametrize("turned", [0, 30, 45, 90, 160])
def test_zigzag_takes_away_what_lies_under_it(passes: int, turned: float) -> None:
    beside = ring(180)
    left = scratched_out(Ink((ring(), beside)), zigzag(passes, turned=turned))
    assert left == Ink((beside,))


def test_all_strokes_under_it_go_and_grazed_ones_stay() -> None:
    bar = Stroke.from_points([(20, 50), (80, 50)])
    grazed = Stroke.from_points([(90, 50), (260, 50)])
    left = scratched_out(Ink((ring(), bar, grazed)), zigzag())
    assert left == Ink((grazed,))


def test_zigzag_on_empty_paper_or_beside_ink_is_a_drawing() -> None:
    assert scratched_out(Ink(), zigzag()) is None
    assert scratched_out(Ink((ring(250),)), zigzag()) is None


def test_few_passes_are_no_scratching() -> None:
    assert not is_zigzag(zigzag(4).points())


def test_dot_under_a_zigzag_goes() -> None:
    dot = Stroke.from_points([(50, 50)])
    assert scratched_out(Ink((dot,)), zigzag()) == Ink()


@pytest.mark.parametrize("drawing", sample_drawings(), ids=lambda drawing: drawing.label)
def test_no_digit_is_a_zigzag(drawing: Drawing) -> None:
    assert not any(is_zigzag(stroke.points()) for stroke in drawing.ink.strokes)


@pytest.mark.parametrize("stroke", [ring(), Stroke.from_points([(1, 1)]), zigzag(1)])
def test_other_strokes_are_none(stroke: Stroke) -> None:
    assert not is_zigzag(stroke.points())


def test_spiral_is_no_zigzag_that_digits_would_need() -> None:
    turns = np.linspace(0, 4 * math.pi, 80).tolist()
    spiral = Stroke.from_points([(t * math.cos(t), t * math.sin(t)) for t in turns])
    assert not is_zigzag(spiral.points())

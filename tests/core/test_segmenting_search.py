"""The best division is the best of all divisions."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from qtdigits.core.segmenting.search import best_division


def test_division_takes_each_piece_once() -> None:
    shapes = [(0b001, 1.0), (0b010, 1.0), (0b100, 1.0), (0b011, 2.5), (0b110, 2.4)]
    assert best_division(3, shapes) == [3, 2]


def test_shape_of_pieces_that_are_not_neighbours_is_found() -> None:
    """A bar written last belongs to the first digit."""
    shapes = [(0b001, -1.0), (0b010, 0.0), (0b100, -1.0), (0b101, 0.5)]
    assert best_division(3, shapes) == [3, 1]


def test_division_is_the_best_of_all() -> None:
    rng = np.random.default_rng(5)
    for _ in range(20):
        shapes = [(1 << at, float(rng.normal())) for at in range(5)]
        shapes += [(int(rng.integers(1, 32)), float(rng.normal())) for _ in range(6)]
        chosen = best_division(5, shapes)
        best = max(
            sum(shapes[at][1] for at in some)
            for count in range(1, 6)
            for some in combinations(range(len(shapes)), count)
            if sum(shapes[at][0] for at in some) == 31
            and sum(shapes[at][0].bit_count() for at in some) == 5
        )
        assert sum(shapes[at][1] for at in chosen) == pytest.approx(best)


def test_pieces_in_no_shape_are_refused() -> None:
    with pytest.raises(ValueError, match="do not cover"):
        best_division(2, [(0b01, 1.0)])

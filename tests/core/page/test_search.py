"""Which ways to divide a line need not be looked at, and that none of them would have won."""

from __future__ import annotations

import numpy as np
import pytest

from qtdigits.core.page.division import Part, Span
from qtdigits.core.page.search import Score, best_spans, never_divided, promising
from qtdigits.core.page.shapes import Shape

_HEIGHT = 40.0


def _part(width: int, height: int = 40, cut: float = 0.0) -> Part:
    mask = np.ones((height, width), np.bool_)
    return Part(Shape(0, 0, mask, mask.size), 0.0, cut)


def _line(seed: int, end: int = 7) -> tuple[dict[Span, Part], dict[Span, Score]]:
    """All parts of a line with `end` boundaries, and how each would read."""
    rng = np.random.default_rng(seed)
    parts, read = {}, {}
    for first in range(end):
        for last in range(first + 1, end + 1):
            width = int(rng.integers(3, 7)) * (last - first)
            cut = 0.0 if last == end else float(rng.uniform(0.02, 0.2))
            cost = float(rng.exponential(1.5))
            parts[first, last] = _part(width, int(rng.integers(20, 41)), cut)
            read[first, last] = Score(cost, sure=cost < 0.2)
    return parts, read


def _read_in_turn(end: int, parts: dict[Span, Part], read: dict[Span, Score]) -> dict[Span, Score]:
    """What is read of a line, of which the whole is read at first."""
    known = {(0, end): read[0, end]}
    while wanted := promising(end, _HEIGHT, parts, known):
        assert not known.keys() & wanted
        known |= {span: read[span] for span in wanted}
    return known


@pytest.mark.parametrize("seed", range(40))
def test_promising_parts_are_enough_to_find_the_best_way(seed: int) -> None:
    parts, read = _line(seed)
    known = _read_in_turn(7, parts, read)
    best = best_spans(7, _HEIGHT, {span: parts[span] for span in known}, known)
    assert best == best_spans(7, _HEIGHT, parts, read)


def test_parts_that_read_badly_rule_out_most_others() -> None:
    parts, read = _line(seed=3, end=24)
    bad = {span: Score(6.0, sure=False) for span in read} | {(0, 24): Score(9.0, sure=False)}
    assert len(_read_in_turn(24, parts, bad)) < 0.7 * len(parts)


def test_promising_leaves_out_what_must_cost_more() -> None:
    parts, _ = _line(seed=1)
    wanted = promising(7, _HEIGHT, parts, {(0, 7): Score(0.1, sure=True)})
    assert (0, 7) not in wanted
    assert len(wanted) < len(parts) - 1


def test_shape_that_reads_well_is_never_divided() -> None:
    assert never_divided(_part(30).shape, Score(0.1, sure=True), _HEIGHT)


def test_shape_that_reads_badly_may_be_divided() -> None:
    assert not never_divided(_part(30).shape, Score(4.0, sure=False), _HEIGHT)


def test_broad_shape_may_be_divided_however_well_it_reads() -> None:
    assert not never_divided(_part(60).shape, Score(0.0, sure=True), _HEIGHT)

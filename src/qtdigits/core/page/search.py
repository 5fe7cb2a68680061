"""Which parts of a line are digits: the network's answers decide between all ways to divide it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from qtdigits.core.model_card import ModelCard
from qtdigits.core.page.division import Part, Span
from qtdigits.core.page.shapes import Shape
from qtdigits.core.segmenting.search import best_division
from qtdigits.core.verdict import free_energy, softmax

_PER_DIGIT: Final = 0.6
"""What each digit costs, so that one is not read as two for nothing."""
_PER_GAP: Final = 8.0
"""What joining two shapes costs for each height of the line that lies between them."""
_CUT: Final = 1.0
"""What a cut through ink costs, and _PER_CUT for each height of the line that it runs through."""
_PER_CUT: Final = 5.0
_DOUBT: Final = 2.0
"""What it costs more where one of the parts is doubtful."""
_STRANGE: Final = 4.0
"""What a shape costs for each unit of free energy above one below the card's threshold."""
_LOW: Final = 6.0
"""What a shape lower than _TALL costs for each height of the line that it lacks."""
_TALL: Final = 0.6
_BROAD: Final = 8.0
"""What a shape wider than _BROADEST costs for each height of the line beyond that."""
_BROADEST: Final = 1.15

_AT_ONCE: Final = 8
"""So many parts are read at once, more where many are read already."""


@dataclass(frozen=True, slots=True)
class Score:
    """How well a shape reads as a digit: a cost in nats, and whether it is one beyond doubt."""

    cost: float
    sure: bool


_BEYOND_DOUBT: Final = Score(0.0, sure=True)


def scores(logits: NDArray[np.float32], card: ModelCard) -> list[Score]:
    """A score for each row of logits, shape (n, 10), by the card's contract.

    The cost is -log of the best probability, and what the free energy has above the threshold less
    one: a shape that is no digit reads badly whichever digit it is taken for.
    """
    if not len(logits):
        return []
    best = softmax(logits, card.temperature).max(axis=1)
    above = free_energy(logits, card.temperature) - card.energy_threshold
    costs = -np.log(np.maximum(best, 1e-6)) + _STRANGE * np.maximum(above + 1, 0)
    sure = (best >= card.conformal_threshold) & (above <= -1)
    return [Score(float(c), bool(s)) for c, s in zip(costs, sure, strict=True)]


def never_divided(shape: Shape, score: Score, height: float) -> bool:
    """Would a shape be left whole if nothing but itself were on its line, wherever it is cut?

    Two digits with a cut through no ink, both read without any cost, are the cheapest that it can
    be divided into: what costs no more than that as a whole need not be cut to know.
    """
    return _cost(Part(shape, 0.0, 0.0), score, height) <= 2 * _PER_DIGIT + _CUT


def promising(
    end: int, height: float, parts: Mapping[Span, Part], read: Mapping[Span, Score]
) -> list[Span]:
    """The parts to be read next to find the cheapest way from boundary 0 to `end`; none once it is
    among those that are read.

    read: how some parts read, a whole way from 0 to `end` among them. Whatever way leads through a
    part that is not read yet costs at least what it would if all such parts were digits beyond
    doubt. Where that is more than the cheapest way that is read, the part is left alone (branch and
    bound, Land and Doig 1960); of the others, those on the cheapest ways come first, a few at a
    time, for what they read as rules out most of the rest.
    """
    costs = {
        span: _cost(part, read.get(span, _BEYOND_DOUBT), height) for span, part in parts.items()
    }
    before = _cheapest(end, costs)
    turned = {(end - last, end - first): cost for (first, last), cost in costs.items()}
    behind = _cheapest(end, turned)[::-1]
    least = _cheapest(end, {span: costs[span] for span in read})[end]
    ways = {
        span: before[span[0]] + cost + behind[span[1]]
        for span, cost in costs.items()
        if span not in read
    }
    found = sorted((span for span in ways if ways[span] <= least), key=ways.__getitem__)
    return found[: max(_AT_ONCE, len(read) // 2)]


def _cheapest(end: int, costs: Mapping[Span, float]) -> list[float]:
    """What the cheapest way from boundary 0 to each boundary costs."""
    least = [0.0] + [np.inf] * end
    for first, last in sorted(costs):
        least[last] = min(least[last], least[first] + costs[first, last])
    return least


def best_spans(
    end: int, height: float, parts: Mapping[Span, Part], read: Mapping[Span, Score]
) -> list[Span]:
    """The cheapest way from boundary 0 to boundary `end`, from left to right.

    height: that of the line, in pixels. read: how each part reads.
    """
    found = list(parts)
    # A part holds what lies between neighbouring boundaries, a bit for each.
    shapes = [
        ((1 << last) - (1 << first), -_cost(part, read[first, last], height))
        for (first, last), part in parts.items()
    ]
    return [found[at] for at in best_division(end, shapes)]


def _cost(part: Part, score: Score, height: float) -> float:
    low = max(0.0, _TALL - part.shape.height / height)
    broad = max(0.0, part.shape.width / height - _BROADEST)
    shape = _LOW * low + _BROAD * broad
    cut = _CUT + _PER_CUT * part.cut + (0.0 if score.sure else _DOUBT) if part.cut else 0.0
    return _PER_DIGIT + score.cost + shape + _PER_GAP * part.gaps + cut

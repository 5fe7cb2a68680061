"""Which parts of a line are digits: the network's answers decide between all ways to divide it.

Each part has a cost, linear in a few features of its form and of the network's answer, and the
cheapest way to divide a line wins. The weights are those of a conditional random field (Lafferty,
McCallum and Pereira 2001): of numbers composed from digits of known writers they make it as
probable as can be that what they read is right, whichever way they are divided; the probability of
a way is proportional to exp(-cost).
"""

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

_DOUBT: Final = 0.38
"""What a part costs for each nat that its best digit is improbable, two nats at most."""
_MOST_DOUBT: Final = 2.0
_STRANGE: Final = 0.49
"""What a part costs for each temperature of free energy between two knots above the threshold."""
_KNOTS: Final = (-5.5, 1.0)
_ONE: Final = 0.56
"""What a 1 costs: other digits hold many of them."""
_BROAD: Final = 4.43
"""What a part wider than _BROADEST costs for each height of the line beyond that."""
_BROADEST: Final = 0.75
_LOW: Final = 3.68
"""What a part lower than _TALL costs for each height of the line that it lacks."""
_TALL: Final = 0.65
_PER_GAP: Final = 4.0
"""What joining two shapes costs for each height of the line that lies between them. This one is not
fitted: from a tenth of it on, as many are read right, and the more, the sooner it is known."""
_CUT: Final = 0.83
"""What a cut through ink costs, and _PER_CUT for each height of the line that it runs through."""
_PER_CUT: Final = 0.38

_AT_ONCE: Final = 8
"""So many parts are read at once, more where many are read already."""


@dataclass(frozen=True, slots=True)
class Score:
    """How well a shape reads as a digit: a cost in nats, and whether it is one beyond doubt, or
    none by the card's threshold.
    """

    cost: float
    sure: bool
    refused: bool = False


_BEYOND_DOUBT: Final = Score(0.0, sure=True)


def scores(logits: NDArray[np.float32], card: ModelCard) -> list[Score]:
    """A score for each row of logits, shape (n, 10), by the card's contract."""
    if not len(logits):
        return []
    probabilities = softmax(logits, card.temperature)
    best = probabilities.max(axis=1)
    above = free_energy(logits, card.temperature) - card.energy_threshold
    low, high = _KNOTS
    costs = (
        _DOUBT * np.minimum(-np.log(np.maximum(best, 1e-6)), _MOST_DOUBT)
        + _STRANGE * (np.clip(above / card.temperature, low, high) - low)
        + _ONE * probabilities[:, 1]
    )
    sure = (best >= card.conformal_threshold) & (above <= -1)
    refused = above > 0
    columns = costs.tolist(), sure.tolist(), refused.tolist()
    return [Score(*each) for each in zip(*columns, strict=True)]


def never_divided(shape: Shape, score: Score, height: float) -> bool:
    """Would a shape be left whole if nothing but itself were on its line, wherever it is cut?

    Two digits with a cut through no ink, both read without any cost, are the cheapest that it can
    be divided into: what costs no more than that as a whole need not be cut to know.
    """
    return cost_of(Part(shape, 0.0, 0.0), score, height) <= _CUT


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
        span: cost_of(part, read.get(span, _BEYOND_DOUBT), height) for span, part in parts.items()
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
        ((1 << last) - (1 << first), -cost_of(part, read[first, last], height))
        for (first, last), part in parts.items()
    ]
    return [found[at] for at in best_division(end, shapes)]


def cost_of(part: Part, score: Score, height: float) -> float:
    """What a part costs that reads so, in nats; `height` is that of its line, in pixels."""
    low = max(0.0, _TALL - part.shape.height / height)
    broad = max(0.0, part.shape.width / height - _BROADEST)
    cut = _CUT + _PER_CUT * part.cut if part.cut else 0.0
    return score.cost + _LOW * low + _BROAD * broad + _PER_GAP * part.gaps + cut

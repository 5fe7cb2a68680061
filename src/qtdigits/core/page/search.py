"""Which parts of a line are digits: the network's answers decide between all ways to divide it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from qtdigits.core.model_card import ModelCard
from qtdigits.core.page.shapes import Shape, gap_between
from qtdigits.core.verdict import free_energy, softmax

_MOST_PIECES: Final = 5
"""A digit is made of at most so many pieces."""
_WIDEST: Final = 1.7
"""The widest digit, in heights of its line."""
_PER_DIGIT: Final = 0.6
"""What each digit costs, so that one is not read as two for nothing."""
_PER_GAP: Final = 8.0
"""What joining two pieces costs for each height of the line that lies between them."""
_PER_CUT: Final = 5.0
"""What a cut costs for each height of the line that it runs through ink."""
_STRANGENESS: Final = 1.0
_STRANGEST: Final = 6.0
_LOW: Final = 6.0
"""What a shape lower than _TALL costs for each height of the line that it lacks."""
_TALL: Final = 0.6

Span = tuple[int, int]
"""The first piece of a digit and the one behind its last."""


@dataclass(frozen=True, slots=True)
class Score:
    """How well a shape reads as a digit: a cost in nats, and whether it stands by itself."""

    cost: float
    sure: bool


def scores(logits: NDArray[np.float32], card: ModelCard) -> list[Score]:
    """A score for each row of logits, shape (n, 10), by the card's contract.

    The cost is -log of the best probability, and what the free energy has above the threshold less
    one: a shape that is no digit reads badly whichever digit it is taken for.
    """
    if not len(logits):
        return []
    best = softmax(logits, card.temperature).max(axis=1)
    above = free_energy(logits, card.temperature) - card.energy_threshold
    strange = np.clip(_STRANGENESS * (above + 1), 0, _STRANGEST)
    costs = -np.log(np.maximum(best, 1e-6)) + strange
    sure = (best >= card.conformal_threshold) & (above <= -1)
    return [Score(float(c), bool(s)) for c, s in zip(costs, sure, strict=True)]


def spans(pieces: Sequence[Shape], height: float, alone: Sequence[bool]) -> list[Span]:
    """The runs of pieces that may be one digit in a line of this height (pixels).

    alone: which pieces are surely a digit each; no two of them are joined.
    """
    found = []
    for first in range(len(pieces)):
        right = pieces[first].right
        for last in range(first, min(first + _MOST_PIECES, len(pieces))):
            right = max(right, pieces[last].right)
            if last > first and (
                right - pieces[first].left > _WIDEST * height or sum(alone[first : last + 1]) > 1
            ):
                break
            found.append((first, last + 1))
    return found


def best_spans(
    pieces: Sequence[Shape], height: float, costs: Mapping[Span, tuple[Shape, Score]]
) -> list[Span]:
    """The cheapest way to divide the pieces of a line into digits, from left to right.

    costs: the whole shape of each span, and how it reads.
    """
    best = [0.0] + [np.inf] * len(pieces)
    begins = [0] * (len(pieces) + 1)
    for (first, end), (whole, score) in sorted(costs.items(), key=lambda item: item[0][1]):
        cost = best[first] + _cost(pieces[first:end], whole, score, height)
        if cost < best[end]:
            best[end], begins[end] = cost, first
    chosen = []
    end = len(pieces)
    while end > 0:
        chosen.append((begins[end], end))
        end = begins[end]
    return chosen[::-1]


def _cost(parts: Sequence[Shape], whole: Shape, score: Score, height: float) -> float:
    gaps = sum(max(0, gap_between(one, other)) for one, other in pairwise(parts) if one.cost == 0)
    low = max(0.0, _TALL - whole.height / height)
    return (
        _PER_DIGIT + score.cost + _PER_GAP * gaps / height + _PER_CUT * parts[-1].cost + _LOW * low
    )

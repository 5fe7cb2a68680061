"""Whether ink that was divided into a few digits is rather one thing: one digit, or a letter.

A number of two digits may be as narrow as one letter, and each stroke of an H or an M may look like
a digit. What tells them apart is how the parts stand to each other, which no sum over shapes knows.
The weights are those of a logistic regression; `tests/benchmarks/fit_numbers.py` finds them.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from qtdigits.core.ink import Bounds, Ink
from qtdigits.core.model_card import ModelCard
from qtdigits.core.segmenting.pieces import bounds_of
from qtdigits.core.segmenting.tracks import nearest, resampled
from qtdigits.core.verdict import free_energy, softmax

_WIDEST: Final = 1.35
"""What is wider, in its own height, is more than one thing."""
_MOST_PARTS: Final = 4
_STEP: Final = 0.04
_TOUCHING: Final = 0.06
_STRANGE: Final = (-7.0, 3.0)
"""Free energy above the card's threshold, in temperatures, counts between these."""
_LEAST_LOG: Final = -2.0
_FARTHEST: Final = 1.5

WEIGHTS: Final = (
    (0.0, "always"),
    (0.0, "free energy of the whole"),
    (0.0, "log-probability of the whole"),
    (0.0, "free energy of the worst part"),
    (0.0, "log-probability of the worst part"),
    (0.0, "parts beyond two"),
    (0.0, "cuts"),
    (0.0, "parts that touch"),
    (0.0, "parts of unequal height"),
    (0.0, "parts that stand at unequal heights"),
    (0.0, "parts over each other"),
    (0.0, "paper above parts that lie over each other"),
    (0.0, "paper beside parts"),
)
"""The weight of each of the features; above 0 for what speaks for one thing."""


def may_be_one_thing(whole: Bounds, parts: int) -> bool:
    """Whether the question arises for ink with such bounds that was divided into so many parts."""
    return 2 <= parts <= _MOST_PARTS and whole.width <= _WIDEST * whole.height


def is_one_thing(
    ink: Ink, parts: Sequence[Ink], logits: NDArray[np.float32], card: ModelCard
) -> bool:
    """Decide for ink and its parts. logits: shape (1 + n, 10), of all ink and of the n parts."""
    weights = np.array([weight for weight, _ in WEIGHTS])
    return bool(one_thing_features(ink, parts, logits, card) @ weights > 0)


def one_thing_features(
    ink: Ink, parts: Sequence[Ink], logits: NDArray[np.float32], card: ModelCard
) -> NDArray[np.float64]:
    """The features of one division, shape (13,), in the order of WEIGHTS."""
    best = np.log(softmax(logits, card.temperature).max(axis=1))
    # -inf for a network whose card has no threshold: nothing is strange to it.
    strange = (free_energy(logits, card.temperature) - card.energy_threshold) / card.temperature
    best, strange = np.maximum(best, _LEAST_LOG), np.clip(strange, *_STRANGE)
    boxes = [box for part in parts if (box := part.bounds()) is not None]
    height = max(max(box.height for box in boxes), 0.3 * bounds_of(boxes).height) or 1.0
    tracks = [
        np.concatenate([resampled(stroke.points(), _STEP * height)[0] for stroke in part.strokes])
        for part in parts
    ]
    touching = sum(
        nearest(first, second) < _TOUCHING * height for first, second in combinations(tracks, 2)
    )
    ordered = sorted(boxes, key=lambda box: box.left + box.right)
    beside = [(right.left - left.right) / height for left, right in pairwise(ordered)]
    above = [
        (max(a.top, b.top) - min(a.bottom, b.bottom)) / height for a, b in combinations(boxes, 2)
    ]
    return np.array(
        [
            1.0,
            strange[0],
            best[0],
            strange[1:].max(),
            best[1:].min(),
            len(parts) - 2,
            sum(len(part.strokes) for part in parts) - len(ink.strokes),
            touching,
            1 - min(box.height for box in boxes) / height,
            min(_FARTHEST, (max(b.bottom for b in boxes) - min(b.bottom for b in boxes)) / height),
            min(1.0, max(0.0, -min(beside))),
            min(_FARTHEST, max(0.0, *above) if len(above) > 1 else max(0.0, above[0])),
            min(_FARTHEST, max(0.0, min(beside))),
        ]
    )

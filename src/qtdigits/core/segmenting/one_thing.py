"""Whether ink that was divided into a few digits is rather one thing: one digit, or a letter.

A number of two digits may be as narrow as one letter, and each stroke of an H or an M may look like
a digit. What tells them apart is how the parts stand to each other, which no sum over shapes knows.
The weights are those of a logistic regression; `tests/benchmarks/fit_numbers.py` finds them.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise, product
from typing import Final

import numpy as np
from numpy.typing import NDArray

from qtdigits.core.ink import Ink
from qtdigits.core.model_card import ModelCard
from qtdigits.core.segmenting.meetings import cross
from qtdigits.core.segmenting.pieces import bounds_of
from qtdigits.core.segmenting.tracks import nearest, resampled
from qtdigits.core.verdict import free_energy

_WIDEST: Final = 1.35
"""What is wider, in its own height, is more than one thing."""
_MOST_PARTS: Final = 4
_LOWEST: Final = 0.3
"""Lengths are in heights of the highest part, or in this share of the whole height if it is more:
the dots of a colon are no digits, however well they look like ones."""
_STEP: Final = 0.04
_TOUCHING: Final = 0.06
_BEGINNING: Final = 0.1
_STRANGE: Final = (-7.0, 3.0)
"""Free energy above the card's threshold, in temperatures, counts between these."""
_FARTHEST: Final = 1.5

WEIGHTS: Final = (
    (-0.07, "always"),
    (-0.17, "free energy of the whole"),
    (0.69, "free energy of the worst part"),
    (-2.57, "parts beyond two"),
    (2.13, "cuts"),
    (1.97, "parts that touch"),
    (2.98, "parts that cross"),
    (1.57, "parts that begin at another"),
    (-1.90, "strokes beyond the first of a part"),
    (1.99, "parts of unequal height"),
    (2.32, "parts that stand at unequal heights"),
    (5.03, "paper between parts"),
)
"""The weight of each feature; those above 0 are of what speaks for one thing."""


def may_be_one_thing(ink: Ink, parts: int) -> bool:
    """Whether the question arises for ink that was divided into so many parts."""
    box = ink.bounds()
    return box is not None and 2 <= parts <= _MOST_PARTS and box.width <= _WIDEST * box.height


def is_one_thing(
    ink: Ink, parts: Sequence[Ink], logits: NDArray[np.float32], card: ModelCard
) -> bool:
    """Decide for ink and its parts. logits: shape (1 + n, 10), of all ink and of the n parts."""
    weights = np.array([weight for weight, _ in WEIGHTS])
    return bool(one_thing_features(ink, parts, logits, card) @ weights > 0)


def one_thing_features(
    ink: Ink, parts: Sequence[Ink], logits: NDArray[np.float32], card: ModelCard
) -> NDArray[np.float64]:
    """The features of one division, shape (12,), in the order of WEIGHTS."""
    # -inf for a network whose card has no threshold: nothing is strange to it.
    strange = (free_energy(logits, card.temperature) - card.energy_threshold) / card.temperature
    strange = np.clip(strange, *_STRANGE)
    boxes = [box for part in parts if (box := part.bounds()) is not None]
    height = max(max(box.height for box in boxes), _LOWEST * bounds_of(boxes).height) or 1.0
    tracks = [
        [resampled(stroke.points(), _STEP * height)[0] / height for stroke in part.strokes]
        for part in parts
    ]
    points = [np.concatenate(own) for own in tracks]
    pen_downs = {stroke.samples[0] for stroke in ink.strokes}
    begins = [
        part.strokes[0].samples[0] in pen_downs
        and any(nearest(own[0][:1], other) < _BEGINNING for other in points if other is not mine)
        for part, own, mine in zip(parts, tracks, points, strict=True)
    ]
    ordered = sorted(boxes, key=lambda box: box.left + box.right)
    bottoms = [box.bottom / height for box in boxes]
    strokes = sum(len(part.strokes) for part in parts)
    return np.array(
        [
            1.0,
            strange[0],
            strange[1:].max(),
            len(parts) - 2,
            strokes - len(ink.strokes),
            sum(nearest(one, other) < _TOUCHING for one, other in combinations(points, 2)),
            sum(
                any(cross(a, b) for a, b in product(one, other))
                for one, other in combinations(tracks, 2)
            ),
            sum(begins),
            strokes - len(parts),
            1 - min(box.height for box in boxes) / height,
            min(_FARTHEST, max(bottoms) - min(bottoms)),
            np.clip(
                min(after.left - before.right for before, after in pairwise(ordered)) / height,
                0.0,
                _FARTHEST,
            ),
        ]
    )

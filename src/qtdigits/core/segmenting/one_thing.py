"""Whether ink that was divided into a few digits is rather one thing: one digit, or a letter.

A number of two digits may be as narrow as one letter, and each stroke of an H or an M may look like
a digit. What tells them apart is how the parts stand to each other, which no sum over shapes knows.
The weights are those of a logistic regression; `tests/benchmarks/fit_one_thing.py` finds them.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, product
from typing import Final

import numpy as np
from numpy.typing import NDArray

from qtdigits.core.ink import Ink
from qtdigits.core.model_card import ModelCard
from qtdigits.core.segmenting.meetings import cross
from qtdigits.core.segmenting.pieces import bounds_of
from qtdigits.core.segmenting.tracks import nearest, resampled
from qtdigits.core.verdict import free_energy

_WIDEST: Final = 2.3
"""What is wider, in its own height, is more than one thing."""
_WIDEST_GAP: Final = 0.6
"""And so is what has more paper between its parts, in heights of the highest one."""
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
    (2.63, "always"),
    (-0.22, "free energy of the whole"),
    (0.69, "free energy of the worst part"),
    (-3.25, "parts beyond two"),
    (2.38, "cuts"),
    (0.34, "parts that touch"),
    (3.36, "parts that cross"),
    (1.33, "parts that begin at another"),
    (-2.07, "strokes beyond the first of a part"),
    (0.86, "parts of unequal height"),
    (0.72, "parts that stand at unequal heights"),
)
"""The weight of each feature; those above 0 are of what speaks for one thing."""

_LETTER_WIDTH: Final = 1.35
_SURE: Final = 1.0
"""The sum of weighed features from which ink is one thing, and …"""
_SURE_IF_WIDER: Final = 2.5
"""… where it is wider, in its own height, than most letters are. Both were chosen on the writers
that the weights were fitted on, so that hardly a number is taken for a letter."""


def is_narrow(ink: Ink) -> bool:
    """Whether ink is narrow enough, for its height, to be one thing."""
    box = ink.bounds()
    return box is not None and box.width <= _WIDEST * box.height


def may_be_one_thing(ink: Ink, parts: Sequence[Ink]) -> bool:
    """Whether the question arises for ink that was divided into these parts."""
    if not (2 <= len(parts) <= _MOST_PARTS and is_narrow(ink)):
        return False
    boxes = sorted(
        (box for part in parts if (box := part.bounds()) is not None), key=lambda box: box.left
    )
    reach, gap = boxes[0].right, 0.0
    for box in boxes[1:]:
        gap, reach = max(gap, box.left - reach), max(reach, box.right)
    return gap <= _WIDEST_GAP * max(box.height for box in boxes)


def is_one_thing(
    ink: Ink, parts: Sequence[Ink], logits: NDArray[np.float32], card: ModelCard
) -> bool:
    """Decide for ink and its parts. logits: shape (1 + n, 10), of all ink and of the n parts."""
    weights = np.array([weight for weight, _ in WEIGHTS])
    box = ink.bounds()
    wider = box is not None and box.width > _LETTER_WIDTH * box.height
    enough = _SURE_IF_WIDER if wider else _SURE
    return bool(one_thing_features(ink, parts, logits, card) @ weights > enough)


def one_thing_features(
    ink: Ink, parts: Sequence[Ink], logits: NDArray[np.float32], card: ModelCard
) -> NDArray[np.float64]:
    """The features of one division, shape (11,), in the order of WEIGHTS."""
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
        ]
    )

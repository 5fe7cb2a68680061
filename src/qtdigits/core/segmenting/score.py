"""How well a shape fits being one digit: what the network says of it, and its form and place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from qtdigits.core.ink import Bounds
from qtdigits.core.model_card import ModelCard
from qtdigits.core.segmenting.pieces import Piece, bounds_of
from qtdigits.core.verdict import free_energy, softmax

WEIGHTS: Final = (1.0, -2.0, -1.0, -2.0, -4.0, -6.0, -3.0, -1.0, -1.0)
"""One for each feature."""

_WIDE: Final = 0.95
_LOW: Final = 0.6


def form_features(
    shape: Sequence[Piece], others: Sequence[Piece], height: float
) -> tuple[float, ...]:
    """What its form and place say of a shape; `height` is that of the writing, page units.

    1; how much wider than a digit; how much lower; the widest gap inside it, from left to right;
    how much of the other ink lies within its width; whether its strokes were not written one after
    the other; how many cuts divide it from its neighbours. Lengths are in heights of the writing.
    """
    box = bounds_of([piece.bounds for piece in shape])
    strokes = sorted({piece.stroke for piece in shape})
    cuts = 0.0
    for piece in shape:
        members = {other.part for other in shape if other.stroke == piece.stroke}
        cuts += (piece.part > 0) and (piece.part - 1 not in members)
        cuts += (piece.part < piece.parts - 1) and (piece.part + 1 not in members)
    return (
        1.0,
        max(0.0, box.width / height - _WIDE),
        max(0.0, _LOW - box.height / height),
        _widest_gap([piece.bounds for piece in shape]) / height,
        sum(_share_within(other.bounds, box) for other in others),
        float(strokes[-1] - strokes[0] >= len(strokes)),
        cuts,
    )


def network_features(logits: NDArray[np.float32], card: ModelCard) -> NDArray[np.float64]:
    """What the network says of n shapes, shape (n, 2), from logits of shape (n, 10).

    The log-probability of its best digit, and how far the free energy lies above the threshold for
    not being a digit, in temperatures; both cut off where more says no more.
    """
    best = np.log(softmax(logits, card.temperature).max(axis=1))
    strange = (free_energy(logits, card.temperature) - card.energy_threshold) / card.temperature
    return np.stack([np.maximum(best, -2.0), np.clip(strange, -2.0, 2.0) + 2.0], axis=1)


def scores(
    logits: NDArray[np.float32], forms: Sequence[tuple[float, ...]], card: ModelCard
) -> NDArray[np.float64]:
    """The scores of n shapes, shape (n,): a division's score is the sum of those of its shapes."""
    features = np.concatenate([network_features(logits, card), np.array(forms)], axis=1)
    return np.asarray(features @ np.array(WEIGHTS))


def _widest_gap(boxes: Sequence[Bounds]) -> float:
    """The widest empty strip between boxes, from left to right, 0 where they overlap."""
    widest, reach = 0.0, None
    for box in sorted(boxes, key=lambda box: box.left):
        if reach is not None:
            widest = max(widest, box.left - reach)
        reach = box.right if reach is None else max(reach, box.right)
    return widest


def _share_within(box: Bounds, within: Bounds) -> float:
    """The share of a box's width that lies within the width of another, 0..1."""
    if box.width <= 0:
        return float(within.left <= box.left <= within.right)
    return max(0.0, min(box.right, within.right) - max(box.left, within.left)) / box.width

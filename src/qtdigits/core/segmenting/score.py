"""How well a shape fits being one digit: what the network says of it, and its form and place.

The score is linear in a few features, and that of a division is the sum over its shapes. The
weights are those of a conditional random field (Lafferty, McCallum and Pereira 2001): they make the
right divisions as probable as can be among all divisions, where the probability of a division is
proportional to exp(score). `tests/benchmarks/fit_numbers.py` finds them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from itertools import pairwise
from operator import attrgetter
from typing import Final

import numpy as np
from numpy.typing import NDArray

from qtdigits.core.model_card import ModelCard
from qtdigits.core.segmenting.form import Form
from qtdigits.core.verdict import free_energy, softmax

_LEAST_LOG: Final = -2.0
WIDE_INK: Final = 1.35
"""Ink that is wider than so many heights of the writing is more than one thing."""
_KNOTS: Final = (-7.0, -5.5, -3.5, -1.5, 0.0, 1.0)
"""Free energy above the card's threshold, in temperatures: most digits lie about -6."""
_WIDTHS: Final = (0.75, 1.05, 1.6)
_WIDEST: Final = 4.0
_FARTHEST: Final = 0.6
_HEIGHT: Final = 0.65
_OFTEN_TWO: Final = [4, 5, 7]
"""Digits that many people write in two strokes."""

WEIGHTS: Final = (
    (-0.23, 0.83, "log-probability of the best digit"),
    (-0.26, -0.20, "free energy, first part"),
    (-1.04, -0.89, "second part"),
    (-0.69, -0.43, "third part"),
    (-1.26, -1.56, "fourth part"),
    (0.48, 1.94, "fifth part"),
    (-0.37, -0.87, "a shape more"),
    (-8.47, -8.45, "width above 0.75"),
    (2.72, 1.80, "width above 1.05"),
    (0.87, 0.30, "width above 1.6"),
    (-10.17, -8.21, "height below 0.65"),
    (-5.16, -5.17, "other ink inside"),
    (-0.57, -0.56, "out of time"),
    (-1.74, -1.61, "cuts"),
    (-0.51, -0.18, "touched strokes"),
    (-2.85, -3.06, "crossed strokes"),
    (-0.38, -3.83, "gap between its strokes"),
    (-1.84, -0.33, "probability of a 1"),
    (1.05, 1.52, "further strokes of a 4, 5 or 7"),
    (0.12, 0.16, "further strokes of a 1"),
    (-1.63, -1.50, "further strokes of another digit"),
)
"""The weights of each feature: in ink that may be one thing, a letter too, and in wide ink.

Whoever writes one thing may have written anything, and what is no digit is then left whole; ink too
wide for one thing is a number, in which two digits that touch are likelier than a letter."""


_of_form = attrgetter(*(field.name for field in fields(Form)))
"""All of a Form: dataclasses.astuple, which copies deeply, took a third of the features' time."""


def features(
    logits: NDArray[np.float32], forms: Sequence[Form], card: ModelCard
) -> NDArray[np.float64]:
    """The features of n shapes, shape (n, 21), in the order of WEIGHTS.

    logits: shape (n, 10). The free energy counts piecewise linearly: each of its features is the
    part of it that lies between two knots.
    """
    probabilities = softmax(logits, card.temperature)
    best = np.maximum(np.log(probabilities.max(axis=1)), _LEAST_LOG)
    # -inf for a network whose card has no threshold: nothing is strange to it.
    strange = (free_energy(logits, card.temperature) - card.energy_threshold) / card.temperature
    parts = [np.clip(strange, low, high) - low for low, high in pairwise(_KNOTS)]
    form = np.array([_of_form(form) for form in forms], np.float64).reshape(-1, 9)
    width, height, within, out_of_time, cuts, strokes, contacts, crossings, gap = form.T
    one, often_two = probabilities[:, 1], probabilities[:, _OFTEN_TWO].sum(axis=1)
    more = strokes - 1
    return np.stack(
        [
            best,
            *parts,
            np.ones(len(best)),
            *(np.clip(width, limit, _WIDEST) - limit for limit in _WIDTHS),
            np.maximum(0.0, _HEIGHT - height),
            within,
            out_of_time,
            cuts,
            contacts,
            crossings,
            np.minimum(gap, _FARTHEST),
            one,
            more * often_two,
            more * one,
            more * (1 - one - often_two),
        ],
        axis=1,
    )


def scores(
    logits: NDArray[np.float32], forms: Sequence[Form], card: ModelCard, *, wide: bool
) -> NDArray[np.float64]:
    """The scores of n shapes, shape (n,), from logits of shape (n, 10).

    wide: whether all the ink is wider than one thing (WIDE_INK).
    """
    weights = np.array([weights[wide] for weights in WEIGHTS], np.float64)
    return np.asarray(features(logits, forms, card) @ weights)

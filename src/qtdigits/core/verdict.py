"""From the network's raw outputs to an honest answer."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from qtdigits.core.model_card import ModelCard
from qtdigits.core.prediction import Prediction, Verdict

NOTHING_WRITTEN = Prediction((0.1,) * 10, Verdict.EMPTY, ())
"""The answer for an empty canvas, which no network is asked for."""


UNREAD = Prediction((0.1,) * 10, Verdict.UNREAD, ())
"""In the place of an answer, for a drawing that no network was asked about."""


def softmax(logits: NDArray[np.float32], temperature: float = 1.0) -> NDArray[np.float64]:
    """Probabilities for logits of shape (n, k) divided by the temperature (Guo et al. 2017)."""
    scaled = np.asarray(logits, np.float64) / temperature
    powers = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def free_energy(logits: NDArray[np.float32], temperature: float = 1.0) -> NDArray[np.float64]:
    """-T log sum exp(z / T) of the centred logits z, shape (n,): low for digits, else high.

    After W. Liu et al. 2020, 'Energy-based out-of-distribution detection'. Softmax leaves it open
    what constant is added to all ten logits of an image; centring them takes that freedom, and the
    noise that it adds to the energy, away.
    """
    scaled = np.asarray(logits, np.float64) / temperature
    scaled = scaled - scaled.mean(axis=1, keepdims=True)
    highest = scaled.max(axis=1)
    return np.asarray(
        -temperature * (highest + np.log(np.exp(scaled - highest[:, None]).sum(axis=1)))
    )


def interpret(logits: NDArray[np.float32], card: ModelCard) -> list[Prediction]:
    """One prediction for each row of logits of shape (n, 10), by the card's contract.

    The candidates are the conformal set of Sadinle, Lei and Wasserman 2019 ('Least ambiguous
    set-valued classifiers with bounded error levels'): each digit at least as probable as the
    card's threshold. Where no digit is, the set is empty and the answer unsure: the candidates
    are then the two most probable.
    """
    probabilities = softmax(logits, card.temperature)
    strange = free_energy(logits, card.temperature) > card.energy_threshold
    return [
        _prediction(row, bool(is_strange), card.conformal_threshold)
        for row, is_strange in zip(probabilities, strange, strict=True)
    ]


def _prediction(row: NDArray[np.float64], strange: bool, threshold: float) -> Prediction:
    order = [int(digit) for digit in np.argsort(-row, kind="stable")]
    candidates = tuple(digit for digit in order if row[digit] >= threshold) or tuple(order[:2])
    if strange:
        verdict = Verdict.NOT_A_DIGIT
    else:
        verdict = Verdict.DIGIT if len(candidates) == 1 else Verdict.UNSURE
    return Prediction(tuple(float(p) for p in row), verdict, candidates)

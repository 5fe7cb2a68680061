"""The contract of a network's answers: temperature and thresholds, chosen on validation digits."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from qtdigits.core.verdict import free_energy, softmax

_COVERAGE: Final = 0.99
_KEPT_DIGITS: Final = 0.9985
"""This share of validation digits must not be taken for something else."""


@dataclass(frozen=True, slots=True)
class Contract:
    """How the logits of a network are to be read; see ModelCard for the meaning of each."""

    temperature: float
    conformal_threshold: float
    energy_threshold: float


def calibrated_contract(
    logits: NDArray[np.float32], labels: NDArray[np.int64], has_seen_non_digits: bool
) -> Contract:
    """Choose temperature and thresholds on logits (n, 10) and labels (n,) of validation digits.

    A network that never saw what is not a digit has no say in it: its energy threshold is infinite.
    """
    temperature = _best_temperature(logits, labels)
    right = softmax(logits, temperature)[np.arange(len(labels)), labels]
    # Split conformal prediction (Vovk et al. 2005): with this rank the set of all digits at least
    # as probable holds the right one with the wanted coverage, on writers like these.
    rank = math.floor((1 - _COVERAGE) * (len(right) + 1))
    conformal = float(np.sort(right)[max(rank - 1, 0)])
    energy = math.inf
    if has_seen_non_digits:
        energy = float(np.quantile(free_energy(logits, temperature), _KEPT_DIGITS))
    return Contract(temperature, conformal, energy)


def _best_temperature(logits: NDArray[np.float32], labels: NDArray[np.int64]) -> float:
    """The temperature of least negative log-likelihood (Guo et al. 2017), by golden section."""

    def loss(log_temperature: float) -> float:
        probabilities = softmax(logits, math.exp(log_temperature))
        return float(-np.log(probabilities[np.arange(len(labels)), labels] + 1e-12).mean())

    low, high = math.log(0.05), math.log(20.0)
    ratio = (math.sqrt(5) - 1) / 2
    for _ in range(40):
        left, right = high - ratio * (high - low), low + ratio * (high - low)
        if loss(left) < loss(right):
            high = right
        else:
            low = left
    return math.exp((low + high) / 2)

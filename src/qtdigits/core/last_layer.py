"""Changing the last layer of a network for some drawings, and little for everything else.

The last layer is linear in the features before it, so that what a change does to any logits is
known exactly. The change sought is the one that reads the given drawings right with a margin and
is smallest on familiar features, those of digits by many hands:

    min over D   sum w_i loss(z_i + g_i D, y_i) + lambda/2 |D|^2,   g = [f, 1] L^-T,
    L L^T = weighted mean of [f, 1]^T [f, 1] over familiar f, plus a multiple of the identity.

A familiar digit weighs as much as its answer can be tipped: by 1 - |p|^2, the trace of softmax's
second derivative at its probabilities p, so that L L^T is the Fisher information of the last layer
but for what it says of single classes (elastic weight consolidation, Kirkpatrick et al. 2017). A
digit that is read with certainty may change much before its answer does.

The loss is softmax cross-entropy with the right logit lowered by the margin first: drawings
that are read right already ask for nothing. It is kernel logistic regression on top of the
network's own logits, convex, and solved in its dual, which has a row for each drawing, by
accelerated gradients (Nesterov 1983). All logits are in units of the temperature.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

_FLOOR: Final = 0.5
"""What is added to the familiar covariance, as a share of its mean eigenvalue."""
_LEAST_WEIGHT: Final = 0.1
"""Of a familiar digit that is read with certainty, where their mean weight is 1."""
_MARGIN: Final = 2.7
"""In units of the temperature: the right digit is fifteen times as probable as any other."""
_SOFTNESS: Final = 0.8
"""Temperature of the loss, in the same units: how sharply it ends at the margin."""
_LAMBDA: Final = 0.1
_STEPS: Final = 200

Matrix = NDArray[np.float32]


def whitening(familiar: Matrix, logits: Matrix, temperature: float) -> Matrix:
    """The matrix L^-T of the module's formula, shape (d + 1, d + 1).

    familiar: features (n, d), n > 0, with their logits (n, 10).
    """
    probabilities = softmax_rows(logits / np.float32(temperature)).astype(np.float64)
    doubt = 1 - (probabilities**2).sum(axis=1)
    weights = _LEAST_WEIGHT + (1 - _LEAST_WEIGHT) * doubt / max(float(doubt.mean()), 1e-12)
    with_one = extended(familiar).astype(np.float64)
    covariance = (with_one * weights[:, None]).T @ with_one / weights.sum()
    side = len(covariance)
    floor = _FLOOR * float(np.trace(covariance)) / side
    factor = np.linalg.cholesky(covariance + floor * np.eye(side))
    return np.asarray(np.linalg.inv(factor).T, np.float32)


def extended(features: Matrix) -> Matrix:
    """Features (n, d) with a column of ones for the bias, (n, d + 1)."""
    return np.concatenate([features, np.ones((len(features), 1), np.float32)], axis=1)


def learnt_change(
    features: Matrix,
    logits: Matrix,
    labels: NDArray[np.int64],
    weights: Matrix,
    whitener: Matrix,
    temperature: float,
) -> Matrix:
    """What to add to the last layer, shape (d + 1, 10): rows of its kernel, then its bias.

    features (n, d) and logits (n, 10) of drawings before the change, labels (n,) 0 to 9, weights
    (n,) of the drawings, whitener as of whitening().
    """
    whitened = extended(features) @ whitener
    kernel = whitened @ whitened.T
    target = np.eye(logits.shape[1], dtype=np.float32)[labels]
    lowered = logits / np.float32(temperature) - np.float32(_MARGIN) * target
    each = weights[:, None].astype(np.float32)
    # Half is the largest eigenvalue that the softmax's second derivative can have.
    step = 1 / (_largest_eigenvalue(kernel) * float(each.max()) * 0.5 / _SOFTNESS + _LAMBDA)
    dual = ahead = np.zeros_like(target)
    momentum = 1.0
    for _ in range(_STEPS):
        asked = softmax_rows((lowered + kernel @ ahead) / np.float32(_SOFTNESS)) - target
        moved = ahead - np.float32(step) * (each * asked + np.float32(_LAMBDA) * ahead)
        following = (1 + (1 + 4 * momentum * momentum) ** 0.5) / 2
        ahead = moved + np.float32((momentum - 1) / following) * (moved - dual)
        dual, momentum = moved, following
    return np.asarray(whitener @ (whitened.T @ dual) * np.float32(temperature), np.float32)


def softmax_rows(values: Matrix) -> Matrix:
    """Softmax of each row, shape (n, k)."""
    powers = np.exp(values - values.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def _largest_eigenvalue(kernel: Matrix) -> float:
    """An upper bound that is nearly reached: the power method, with a little to spare."""
    vector = np.ones(len(kernel), np.float32)
    size = 1.0
    for _ in range(30):
        vector = kernel @ vector
        size = float(np.linalg.norm(vector))
        if size == 0:
            return 0.0
        vector /= size
    return 1.1 * size

"""The gate of a lesson: how much of a change does no harm, and whether it is worth having.

Two witnesses are heard. The guard, digits by invented hands that no lesson ever sees, says what
the change does to everybody else's digits; as the change is linear in the logits, it is made
weaker until the guard is content. The person's own drawings, each read after a lesson without it
(cross-fitting), say whether what was learnt carries over to their other drawings.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from qtdigits.core.last_layer import softmax_rows
from qtdigits.core.lesson import GuardFigures

_STRENGTHS: Final = (1.0, 0.85, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2)
_MOST_FALL: Final = 0.001
"""The guard's accuracy may fall by a tenth of a point."""
_MOST_DOUBT: Final = 0.01
"""Its mean confidence by a point."""
_MOST_DRIFT: Final = 0.001
_MOST_DRIFT_SHARE: Final = 0.2
"""Its answers may differ from those before by so many nats on average, and by that share of what
they lack to being certain and right: a network that often errs has more to learn."""
_LEAST_RIGHT: Final = 0.6
"""Fewer of a person's drawings read right mean wrong labels, or drawings of something else."""


@dataclass(frozen=True, slots=True, eq=False)
class Witness:
    """Drawings (n of them) with logits before the change, what it adds to them, and labels.

    logits and change: (n, 10), in units of the temperature. labels: (n,), 0 to 9.
    """

    logits: NDArray[np.float32]
    change: NDArray[np.float32]
    labels: NDArray[np.int64]

    def right(self, strength: float = 0.0) -> NDArray[np.bool_]:
        """Which are read right when so much of the change is taken, shape (n,)."""
        answers = (self.logits + np.float32(strength) * self.change).argmax(axis=1)
        return np.asarray(answers == self.labels)

    def probabilities(self, strength: float = 0.0) -> NDArray[np.float32]:
        """The answers when so much of the change is taken, shape (n, 10)."""
        return softmax_rows(self.logits + np.float32(strength) * self.change)

    def share_of_label(self, strength: float = 0.0) -> NDArray[np.float32]:
        """The probability of each right digit, shape (n,)."""
        return self.probabilities(strength)[np.arange(len(self.labels)), self.labels]


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether the change may be used, at which strength, and a sentence that says why."""

    used: bool
    strength: float
    reason: str
    guard: GuardFigures


def judge(own: Witness, guard: Witness) -> Judgement:
    """Judge a change by a person's drawings, each cross-fitted, and by the guard."""
    lacking = float(-np.log(guard.share_of_label() + 1e-9).mean())
    for strength in _STRENGTHS:
        figures = _guard_figures(guard, strength)
        if _is_harmless(figures, _MOST_DRIFT + _MOST_DRIFT_SHARE * lacking):
            break
    else:
        return Judgement(
            False, 0.0, f"It would read other people’s digits worse: {_harm(figures)}.", figures
        )
    reason = _objection(own, strength)
    if reason:
        return Judgement(False, strength, reason, figures)
    return Judgement(True, strength, _praise(own, strength), figures)


def _guard_figures(guard: Witness, strength: float) -> GuardFigures:
    before, after = guard.probabilities(), guard.probabilities(strength)
    drift = (before * (np.log(before + 1e-9) - np.log(after + 1e-9))).sum(axis=1)
    return GuardFigures(
        n=len(guard.labels),
        accuracy_before=float(guard.right().mean()),
        accuracy_after=float(guard.right(strength).mean()),
        confidence_before=float(before.max(axis=1).mean()),
        confidence_after=float(after.max(axis=1).mean()),
        drift=float(drift.mean()),
    )


def _is_harmless(figures: GuardFigures, most_drift: float) -> bool:
    # A float's rounding must not decide: the shares are multiples of 1 / n.
    return (
        figures.accuracy_before - figures.accuracy_after <= _MOST_FALL + 1e-9
        and figures.confidence_before - figures.confidence_after <= _MOST_DOUBT
        and figures.drift <= most_drift
    )


def _harm(figures: GuardFigures) -> str:
    fall = 100 * (figures.accuracy_before - figures.accuracy_after)
    if fall > 100 * _MOST_FALL:
        return f"{fall:.1f} points fewer of {figures.n:,} are read right"
    return "its answers to them change too much"


def _objection(own: Witness, strength: float) -> str:
    """Why a person's own drawings speak against the change, in a sentence; '' if they do not."""
    n = len(own.labels)
    before, after = int(own.right().sum()), int(own.right(strength).sum())
    if after < before:
        return (
            f"It would read your own drawings worse: {after} of {n} right, "
            f"where {before} were (each read after a lesson without it)."
        )
    if after < _LEAST_RIGHT * n:
        return (
            f"Only {after} of {n} drawings are read as what they are said to be; "
            "look through them for wrong labels."
        )
    if own.share_of_label(strength).mean() <= own.share_of_label().mean():
        return (
            "It would not help: your drawings are read no better after a lesson "
            "from the others than before."
        )
    return ""


def _praise(own: Witness, strength: float) -> str:
    n = len(own.labels)
    before, after = int(own.right().sum()), int(own.right(strength).sum())
    if after > before:
        return (
            f"It reads your hand better: {after} of {n} drawings right where {before} were "
            "(each read after a lesson without it)."
        )
    return (
        f"It is surer of your hand: {after} of {n} drawings are read right as before, "
        "and their digits are more probable."
    )

"""How much lessons help writers: figures over writer by writer trials."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qtdigits.core.evaluation import SIGNIFICANCE, coverage, expected_calibration_error
from qtdigits.core.model_card import ModelCard
from qtdigits.core.prediction import Verdict
from qtdigits.core.verdict import interpret


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """A writer's drawings that no lesson saw, read before and after.

    before, after: logits (n, 10). labels: (n,). used: in how many of `lessons` the gate let the
    taught network read; after a refused lesson, both are the same.
    """

    before: NDArray[np.float32]
    after: NDArray[np.float32]
    labels: NDArray[np.int64]
    used: int
    lessons: int = 1


@dataclass(frozen=True, slots=True)
class WriterFigures:
    """n: drawings read, those of repeated lessons counted again; errors among them."""

    writer: str
    n: int
    errors_before: int
    errors_after: int
    turned_right: int
    turned_wrong: int
    used: int
    lessons: int


@dataclass(frozen=True, slots=True)
class Reading:
    """How all drawings are read. Shares in 0..1; error_when_sure is None where nothing is sure."""

    errors: int
    ece: float
    sure: float
    error_when_sure: float | None
    refused: float


@dataclass(frozen=True, slots=True)
class AdaptationFigures:
    """All trials together.

    removed: the share of the errors that the lessons took away, None where there were none.
    better, worse: writers with fewer and with more errors after; p: of the sign test on them.
    clearly_worse: writers whose drawings alone show it (exact binomial, p < 0.05).
    """

    writers: tuple[WriterFigures, ...]
    n: int
    before: Reading
    after: Reading
    removed: float | None
    better: int
    worse: int
    p: float
    clearly_worse: int

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def sign_test(first: int, second: int) -> float:
    """The p-value for two outcomes being equally likely that came so often; exact, two-sided."""
    n, fewer = first + second, min(first, second)
    tail: float = 2 * sum(math.comb(n, k) for k in range(fewer + 1)) / 2**n
    return min(1.0, tail)


def adaptation_figures(answers: Mapping[str, Answers], card: ModelCard) -> AdaptationFigures:
    """The figures for the answers by writer, at least one, read by the card's contract.

    The writers with most errors before the lessons come first.
    """
    writers = sorted(
        (_writer(name, one) for name, one in answers.items()),
        key=lambda one: (-one.errors_before, -one.errors_after, one.writer),
    )
    labels = np.concatenate([one.labels for one in answers.values()])
    before = _reading(np.concatenate([one.before for one in answers.values()]), labels, card)
    after = _reading(np.concatenate([one.after for one in answers.values()]), labels, card)
    better = sum(one.errors_after < one.errors_before for one in writers)
    worse = sum(one.errors_after > one.errors_before for one in writers)
    return AdaptationFigures(
        writers=tuple(writers),
        n=len(labels),
        before=before,
        after=after,
        removed=1 - after.errors / before.errors if before.errors else None,
        better=better,
        worse=worse,
        p=sign_test(better, worse),
        clearly_worse=sum(_is_clearly_worse(one) for one in writers),
    )


def _writer(name: str, answers: Answers) -> WriterFigures:
    was_right = answers.before.argmax(axis=1) == answers.labels
    is_right = answers.after.argmax(axis=1) == answers.labels
    return WriterFigures(
        writer=name,
        n=len(answers.labels),
        errors_before=int((~was_right).sum()),
        errors_after=int((~is_right).sum()),
        turned_right=int((is_right & ~was_right).sum()),
        turned_wrong=int((was_right & ~is_right).sum()),
        used=answers.used,
        lessons=answers.lessons,
    )


def _is_clearly_worse(one: WriterFigures) -> bool:
    is_worse = one.turned_wrong > one.turned_right
    return is_worse and sign_test(one.turned_right, one.turned_wrong) < SIGNIFICANCE


def _reading(logits: NDArray[np.float32], labels: NDArray[np.int64], card: ModelCard) -> Reading:
    predictions = interpret(logits, card)
    digits = np.array([one.digit for one in predictions])
    confidences = np.array([one.confidence for one in predictions])
    right = digits == labels
    is_sure = np.array([one.verdict is Verdict.DIGIT for one in predictions])
    sure = coverage(right, is_sure)
    return Reading(
        errors=int((~right).sum()),
        ece=expected_calibration_error(confidences, right),
        sure=sure.share,
        error_when_sure=sure.error,
        refused=float(np.mean([one.verdict is Verdict.NOT_A_DIGIT for one in predictions])),
    )

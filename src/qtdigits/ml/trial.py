"""A lesson tried out: some of a writer's drawings are learnt from, the others are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qtdigits.core.last_layer import extended
from qtdigits.core.lesson import LessonDrawing
from qtdigits.core.lesson_gate import Judgement
from qtdigits.ml.adapt import Teacher
from qtdigits.ml.features import Matrix


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """What came of it. before, after: logits (n, 10) of the other drawings; labels: (n,).

    change: what the last layer was given, (d + 1, 10), all zero where the lesson was refused.
    """

    judgement: Judgement
    change: Matrix
    before: Matrix
    after: Matrix
    labels: NDArray[np.int64]


def lesson_places(
    labels: Sequence[int], each: int, rng: np.random.Generator
) -> NDArray[np.bool_] | None:
    """Which drawings to learn from: `each` of every digit at random, shape (n,).

    None where some digit has no drawing more than that.
    """
    digits = np.array(labels, np.int64)
    chosen = np.zeros(len(digits), np.bool_)
    for digit in range(10):
        places = np.flatnonzero(digits == digit)
        if len(places) <= each:
            return None
        chosen[rng.permutation(places)[:each]] = True
    return chosen


def try_lesson(
    teacher: Teacher,
    lesson: Sequence[LessonDrawing],
    others: Sequence[LessonDrawing],
    rng: np.random.Generator,
) -> Trial:
    """Learn from a lesson and read the other drawings before and after it."""
    judgement, change, _ = teacher.learn(teacher.see(lesson, rng), rng)
    taken = change * np.float32(judgement.strength if judgement.used else 0)
    features = teacher.features(others)
    before = teacher.logits(features)
    labels = np.array([one.label for one in others], np.int64)
    return Trial(judgement, taken, before, before + extended(features) @ taken, labels)

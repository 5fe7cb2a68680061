"""Learning a hand: what it takes away of a new writer's errors, what it costs, what it refuses."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from held_out import MNIST, PENDIGITS, UNIPEN
from plan import Plan
from qtdigits.core.adaptation import AdaptationFigures, Answers, adaptation_figures
from qtdigits.core.data_files.reader import read_digit_set
from qtdigits.core.data_files.strokes import read_drawings
from qtdigits.core.held_out import held_out_writers
from qtdigits.core.ink import Ink, Stroke
from qtdigits.core.lesson import LessonDrawing, to_strokes
from qtdigits.core.non_digits import synthetic_non_digits
from table import Row, Section, Unit, at_least, at_most

if TYPE_CHECKING:
    from qtdigits.ml.adapt import Teacher

_TITLE: Final = "Learning a hand from three drawings of each digit"
_EACH: Final = 3
_HARMFUL: Final = 100
_FRESH_GUARD: Final = 4000
_MOST_FALL: Final = 0.001

_Writers = dict[str, list[LessonDrawing]]


def measure(plan: Plan) -> Section:
    """Simulated lessons of writers that no network learnt from, harmful ones, and the clock."""
    if plan.data is None or not (plan.data / UNIPEN).is_file():
        return Section(_TITLE, (), (f"Left out: {UNIPEN} is in no folder that was given.",))
    from qtdigits.ml.preload import import_keras

    import_keras()
    from qtdigits.ml.adapt import Teacher

    teacher = Teacher.load(plan.model)
    writers = _writers(plan.data / UNIPEN)
    if (path := plan.data / PENDIGITS).is_file():
        every = _writers(path)
        kept = held_out_writers(every, float(teacher.card.settings.get("validation_share", 0.1)))
        writers |= {name: drawings for name, drawings in every.items() if name in kept}
    trials = _Trials(plan, teacher, writers)
    harmful = _Harmful(plan, teacher, writers)
    return Section(_TITLE, (*trials.rows(), *harmful.rows(), *_clock_rows(plan, writers)))


class _Trials:
    """Lessons of each writer with enough drawings, several times, and MNIST after each of them."""

    def __init__(self, plan: Plan, teacher: Teacher, writers: _Writers) -> None:
        from qtdigits.core.last_layer import extended
        from qtdigits.ml.trial import Trial, lesson_places, try_lesson

        self._falls: list[float] = []
        mnist = None
        if plan.data is not None and (path := plan.data / MNIST).is_file():
            digits = read_digit_set(path, "test")
            count = plan.runs(len(digits))
            features = teacher.features_of(digits.images[:count])
            mnist = (extended(features), teacher.logits(features), digits.labels[:count])
        answers: dict[str, Answers] = {}
        enough = [one for one in writers if _is_enough(writers[one])]
        for at, name in enumerate(enough[: plan.runs(len(enough))]):
            found: list[Trial] = []
            rng = np.random.default_rng([1, at])
            for _ in range(1 if plan.quick else 6):
                chosen = lesson_places([one.label for one in writers[name]], _EACH, rng)
                assert chosen is not None  # there are enough drawings
                lesson, others = _parted(writers[name], chosen)
                found.append(try_lesson(teacher, lesson, others, rng))
                if mnist is not None and found[-1].judgement.used:
                    self._falls.append(_fall(*mnist, found[-1].change))
            answers[name] = Answers(
                np.concatenate([one.before for one in found]),
                np.concatenate([one.after for one in found]),
                np.concatenate([one.labels for one in found]),
                sum(one.judgement.used for one in found),
                len(found),
            )
        self._figures: AdaptationFigures = adaptation_figures(answers, teacher.card)

    def rows(self) -> list[Row]:
        figures = self._figures
        count = len(figures.writers)
        lessons = sum(one.lessons for one in figures.writers)
        used = sum(one.used for one in figures.writers)
        removed = 100 * (figures.removed or 0.0)
        worse = 100 * figures.clearly_worse / count
        shares = (figures.before.errors, figures.after.errors)
        rows = [
            Row(
                f"errors on their other drawings taken away, {shares[0]} to {shares[1]}",
                removed,
                Unit.PER_CENT,
                figures.n,
                goals=(at_least(removed, 40, Unit.PER_CENT),),
            ),
            Row(
                f"writers clearly worse ({figures.better} better, {figures.worse} worse at all)",
                worse,
                Unit.PER_CENT,
                count,
                goals=(at_most(worse, 0, Unit.PER_CENT),),
            ),
            Row("lessons used", 100 * used / lessons, Unit.PER_CENT, lessons),
            Row(
                "calibration error on their other drawings",
                100 * figures.after.ece,
                Unit.PER_CENT,
                figures.n,
                100 * figures.before.ece,
                "before",
            ),
        ]
        if self._falls:
            mean, most = 100 * float(np.mean(self._falls)), 100 * max(self._falls)
            what = "MNIST test falls by"
            goal = (at_most(mean, 0.05, Unit.POINTS),)
            rows += [
                Row(f"{what}, mean of the lessons used", mean, Unit.POINTS, used, goals=goal),
                Row(f"{what}, the worst of them", most, Unit.POINTS, used),
            ]
        return rows


class _Harmful:
    """Lessons that should not be held, past the check that asks for several digits."""

    def __init__(self, plan: Plan, teacher: Teacher, writers: _Writers) -> None:
        from qtdigits.core.last_layer import extended
        from qtdigits.ml.rehearsal import drawn_digits

        images, labels = drawn_digits(plan.runs(_FRESH_GUARD), 20_000)
        features = teacher.features_of(images)
        guard = (extended(features), teacher.logits(features), labels)
        self._count = plan.runs(_HARMFUL)
        self._used = 0
        self._own_falls: list[float] = []
        self._fresh_falls: list[float] = []
        rng = np.random.default_rng(2)
        for at in range(self._count):
            seen = teacher.see(_LESSONS[at % len(_LESSONS)](writers, rng), rng)
            judgement, change, _ = teacher.learn(seen, rng)
            if judgement.used:
                self._used += 1
                figures = judgement.guard
                self._own_falls.append(figures.accuracy_before - figures.accuracy_after)
                taken = change * np.float32(judgement.strength)
                self._fresh_falls.append(_fall(*guard, taken))

    def rows(self) -> list[Row]:
        own, fresh = (
            100 * (1 - sum(fall > _MOST_FALL + 1e-9 for fall in falls) / self._count)
            for falls in (self._own_falls, self._fresh_falls)
        )
        refused = 100 * (1 - self._used / self._count)
        return [
            Row(
                "harmful lessons after which the guard falls by 0.1 points at most",
                own,
                Unit.PER_CENT,
                self._count,
                goals=(at_least(own, 99, Unit.PER_CENT),),
            ),
            Row(
                f"the same for a guard that no gate asked, {_FRESH_GUARD:,} drawings",
                fresh,
                Unit.PER_CENT,
                self._count,
                goals=(at_least(fresh, 99, Unit.PER_CENT),),
            ),
            Row("of them refused", refused, Unit.PER_CENT, self._count),
        ]


def _clock_rows(plan: Plan, writers: _Writers) -> list[Row]:
    """A lesson of 30 drawings by the child process that the window starts."""
    name = next(one for one in writers if _is_enough(writers[one]))
    by_digit: dict[int, list[LessonDrawing]] = defaultdict(list)
    for one in writers[name]:
        by_digit[one.label].append(one)
    text = to_strokes([one for digit in by_digit.values() for one in digit[:_EACH]])
    times = [_child_times(plan.model, text) for _ in range(plan.runs(5))]
    cold, warm = (float(np.median([one[at] for one in times])) for at in range(2))
    return [
        Row(
            "a lesson of 30, from the start of the child",
            cold,
            Unit.SECONDS,
            len(times),
            goals=(at_most(cold, 12, Unit.SECONDS),),
        ),
        Row(
            "a lesson of 30, the child waiting for it",
            warm,
            Unit.SECONDS,
            len(times),
            goals=(at_most(warm, 5, Unit.SECONDS),),
        ),
    ]


def _child_times(model: Path, text: str) -> tuple[float, float]:
    """Seconds from the start of a child, and from its being ready, to the result."""
    with TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "qtdigits", "learn", "--events", "--model", str(model)]
        started = time.monotonic()
        with subprocess.Popen(
            [*command, "--out", f"{folder}/taught.keras"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as child:
            assert child.stdin is not None
            assert child.stdout is not None
            _event(child.stdout.readline(), "ready")
            ready = time.monotonic()
            child.stdin.write(f"{text}\n")
            child.stdin.flush()
            _event(child.stdout.readline(), "result")
            ended = time.monotonic()
    return ended - started, ended - ready


def _event(line: str, wanted: str) -> None:
    found = json.loads(line or "{}")
    if found.get("event") != wanted:
        raise ValueError(f"the lesson's child said {line[:200]!r} instead of {wanted!r}")


def _writers(path: Path) -> _Writers:
    writers: _Writers = defaultdict(list)
    for one in read_drawings(path):
        if one.digit >= 0 and not one.ink.is_empty:
            writers[one.writer].append(LessonDrawing(one.ink, one.digit))
    return dict(writers)


def _is_enough(drawings: Sequence[LessonDrawing]) -> bool:
    counts = np.bincount([one.label for one in drawings], minlength=10)
    return bool(counts.min() > _EACH)


def _parted(
    drawings: Sequence[LessonDrawing], chosen: NDArray[np.bool_]
) -> tuple[list[LessonDrawing], list[LessonDrawing]]:
    pairs = list(zip(drawings, chosen.tolist(), strict=True))
    return [one for one, learns in pairs if learns], [one for one, learns in pairs if not learns]


def _fall(
    features: NDArray[np.float32],
    logits: NDArray[np.float32],
    labels: NDArray[np.int64],
    change: NDArray[np.float32],
) -> float:
    """By how much a change lowers the share read right, 0..1."""
    before = (logits.argmax(axis=1) == labels).mean()
    return float(before - ((logits + features @ change).argmax(axis=1) == labels).mean())


# The kinds of harmful lesson, each of about 30 drawings


def _wrong_labels(writers: _Writers, rng: np.random.Generator) -> list[LessonDrawing]:
    """Three of ten labels are wrong."""
    lesson = _other_hand(writers, rng)
    return [
        LessonDrawing(one.ink, (one.label + int(rng.integers(1, 10))) % 10)
        if rng.random() < 0.3
        else one
        for one in lesson
    ]


def _one_digit(writers: _Writers, rng: np.random.Generator) -> list[LessonDrawing]:
    """One digit only, by many writers."""
    digit = int(rng.integers(0, 10))
    every = [one for drawings in writers.values() for one in drawings if one.label == digit]
    return [every[at] for at in rng.choice(len(every), 30, replace=False).tolist()]


def _scribbles(writers: _Writers, rng: np.random.Generator) -> list[LessonDrawing]:
    """Letters, symbols and doodles that are said to be digits."""
    drawn = synthetic_non_digits(30, int(rng.integers(0, 1 << 30)))
    return [
        LessonDrawing(
            Ink(tuple(Stroke.from_points(track) for track in tracks)), int(rng.integers(0, 10))
        )
        for _, tracks in drawn
    ]


def _other_hand(writers: _Writers, rng: np.random.Generator) -> list[LessonDrawing]:
    """Up to three drawings of each digit by anybody, rightly labelled."""
    drawings = writers[list(writers)[int(rng.integers(0, len(writers)))]]
    while len({one.label for one in drawings}) < 10:
        drawings = writers[list(writers)[int(rng.integers(0, len(writers)))]]
    lesson: list[LessonDrawing] = []
    for digit in range(10):
        of_it = [one for one in drawings if one.label == digit]
        lesson += [of_it[at] for at in rng.permutation(len(of_it))[:_EACH].tolist()]
    return lesson


_LESSONS: Final[tuple[Callable[[_Writers, np.random.Generator], list[LessonDrawing]], ...]] = (
    _wrong_labels,
    _one_digit,
    _scribbles,
    _other_hand,
)

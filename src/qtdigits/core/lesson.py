"""A lesson: drawings with their right digits, and what came of learning from them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from qtdigits.core.data_files.regular import shown
from qtdigits.core.data_files.strokes import read_drawings
from qtdigits.core.foreign_text import brief
from qtdigits.core.ink import Ink
from qtdigits.core.training_figures import count, number, share

FEWEST_DRAWINGS: Final = 10
FEWEST_DIGITS: Final = 3
"""A lesson about one digit alone would not notice what it does to all others."""
MOST_DRAWINGS: Final = 200
"""Of more, those that are read wrong or with least confidence are learnt from."""


@dataclass(frozen=True, slots=True)
class LessonDrawing:
    """A drawing and the digit, 0 to 9, that it shows."""

    ink: Ink
    label: int


@dataclass(frozen=True, slots=True)
class TaughtDrawing:
    """How one drawing of the lesson is read before and after it.

    before and after: the digit read; the shares in 0..1 are the probabilities of the right digit.
    held_back: the digit that is read after the same lesson without this drawing.
    """

    label: int
    before: int
    after: int
    before_share: float
    after_share: float
    held_back: int

    @property
    def turns_right(self) -> bool:
        """Was it read wrong before, and is it read right after the lesson?"""
        return self.before != self.label == self.after

    @property
    def turns_wrong(self) -> bool:
        """Was it read right before, and is it read wrong after the lesson?"""
        return self.before == self.label != self.after


@dataclass(frozen=True, slots=True)
class GuardFigures:
    """How digits by many invented hands are read, before and after.

    accuracy and confidence (the mean probability of the answers) in 0..1; drift is the mean
    Kullback-Leibler divergence of the answers after from those before, in nats.
    """

    n: int
    accuracy_before: float
    accuracy_after: float
    confidence_before: float
    confidence_after: float
    drift: float


@dataclass(frozen=True, slots=True)
class LessonOutcome:
    """What came of a lesson.

    used: whether the taught network may take the place of the one before; reason says why or why
    not, in a sentence. strength: how much of the change was taken, 0..1. drawings: in the order
    they were given, as far as the lesson went on to read them. guard is None where no change was
    tried. seconds: from the drawings to the judgement.
    """

    used: bool
    reason: str
    strength: float
    drawings: tuple[TaughtDrawing, ...]
    guard: GuardFigures | None
    seconds: float

    @property
    def right_before(self) -> int:
        return sum(one.before == one.label for one in self.drawings)

    @property
    def right_after(self) -> int:
        return sum(one.after == one.label for one in self.drawings)

    @property
    def right_held_back(self) -> int:
        """How many are read right after the same lesson without them."""
        return sum(one.held_back == one.label for one in self.drawings)

    def to_json(self) -> dict[str, Any]:
        """As `qtdigits learn` prints it; from_json reads it."""
        turned = {"turned_right": [], "turned_wrong": []}  # type: dict[str, list[int]]
        for place, one in enumerate(self.drawings):
            if one.turns_right:
                turned["turned_right"].append(place)
            elif one.turns_wrong:
                turned["turned_wrong"].append(place)
        counts = {
            "n": len(self.drawings),
            "right_before": self.right_before,
            "right_after": self.right_after,
            "right_held_back": self.right_held_back,
        }
        return asdict(self) | counts | turned

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> LessonOutcome:
        """Raises KeyError, TypeError or ValueError for what to_json did not write."""
        guard = values["guard"]
        return cls(
            used=values["used"] is True,
            reason=str(values["reason"]),
            strength=share(values["strength"]),
            drawings=tuple(_taught(one) for one in values["drawings"]),
            guard=None if guard is None else _guard(guard),
            seconds=number(values["seconds"]),
        )


def check_lesson(labels: Sequence[int]) -> None:
    """Raise ValueError with a sentence where there is too little to learn from."""
    if len(labels) < FEWEST_DRAWINGS:
        n = len(labels)
        so_far = "no drawing has" if not n else f"only {n} drawing{'s have' if n > 1 else ' has'}"
        raise ValueError(
            f"{so_far} a label yet, and at least {FEWEST_DRAWINGS} are needed; label more drawings"
        )
    digits = Counter(labels)
    if len(digits) < FEWEST_DIGITS:
        names = " and ".join(str(digit) for digit in sorted(digits))
        raise ValueError(
            f"all drawings show {names}, and at least {FEWEST_DIGITS} different digits are "
            "needed; label some others, too"
        )


def read_lesson(path: Path) -> list[LessonDrawing]:
    """The drawings of a strokes file, all labelled; raises ValueError with a sentence."""
    lesson = []
    for drawing in read_drawings(path):
        if drawing.digit < 0 or drawing.ink.is_empty:
            label = "who knows" if drawing.label is None else brief(drawing.label)
            what = "is empty" if drawing.ink.is_empty else f"shows {label}"
            raise ValueError(
                f"the drawing in line {drawing.line} of {shown(path)} {what}; "
                "a lesson needs drawings of digits with their labels"
            )
        lesson.append(LessonDrawing(drawing.ink, drawing.digit))
    return lesson


def to_strokes(drawings: Sequence[LessonDrawing]) -> str:
    """The text of a strokes file, which read_lesson reads."""
    lines = [{"label": one.label, "strokes": one.ink.to_json()} for one in drawings]
    return "".join(json.dumps(line, separators=(",", ":")) + "\n" for line in lines)


def _taught(values: dict[str, Any]) -> TaughtDrawing:
    digits = {name: count(values[name]) for name in ("label", "before", "after", "held_back")}
    if not all(digit <= 9 for digit in digits.values()):
        raise ValueError("a digit is 0 to 9")
    return TaughtDrawing(
        before_share=share(values["before_share"]),
        after_share=share(values["after_share"]),
        **digits,
    )


def _guard(values: dict[str, Any]) -> GuardFigures:
    shares = ("accuracy_before", "accuracy_after", "confidence_before", "confidence_after")
    return GuardFigures(
        n=count(values["n"]),
        drift=number(values["drift"]),
        **{name: share(values[name]) for name in shares},
    )

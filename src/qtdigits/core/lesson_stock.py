"""What there is to learn from: a person's drawings whose right digit they said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from qtdigits.core.history import HistoryEntry
from qtdigits.core.lesson import LessonDrawing, check_lesson
from qtdigits.core.store.query import HistoryQuery, Show
from qtdigits.core.store.store import Store

MOST: Final = 1000
"""The newest so many; a hand changes over the years."""


@dataclass(frozen=True, slots=True)
class LessonStock:
    """drawings: the newest first. wrong: how many of them were read wrong when they were drawn."""

    drawings: tuple[LessonDrawing, ...] = ()
    wrong: int = 0

    @property
    def per_digit(self) -> tuple[int, ...]:
        """How many drawings there are of each digit, 0 to 9."""
        counts = Counter(one.label for one in self.drawings)
        return tuple(counts[digit] for digit in range(10))

    @property
    def problem(self) -> str:
        """Why this is too little to learn from, '' if it is enough."""
        try:
            check_lesson([one.label for one in self.drawings])
        except ValueError as error:
            return str(error)
        return ""


def stock_of(store: Store, person: int) -> LessonStock:
    """What there is of a person; raises ValueError where the store cannot be read."""
    ids = store.drawings.ids(HistoryQuery(person, Show.LABELLED, limit=MOST))
    return _stock(store.drawings.entries(ids))


def is_worth_a_lesson(store: Store, person: int) -> bool:
    """Whether there is enough to learn from, and a drawing that was read wrong; raises ValueError.

    Unlike `stock_of` it reads no strokes: it is asked at every label.
    """
    score = store.drawings.score(person)
    labels = [digit for digit, share in enumerate(score.per_digit) for _ in range(share.n)]
    try:
        check_lesson(labels)
    except ValueError:
        return False
    return score.whole.right < score.whole.n


def _stock(entries: Sequence[HistoryEntry]) -> LessonStock:
    drawings = tuple(
        LessonDrawing(entry.ink, entry.label)
        for entry in entries
        if entry.label is not None and not entry.ink.is_empty
    )
    return LessonStock(drawings, sum(entry.is_right is False for entry in entries))

"""One drawing of the past, with the answer that it got and what the person said of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from qtdigits.core.ink import Ink
from qtdigits.core.prediction import Prediction, Verdict


class Origin(StrEnum):
    """Where a drawing came from."""

    DRAWN = "drawn"
    IMPORTED = "imported"


READ = (Verdict.DIGIT, Verdict.UNSURE)
"""The verdicts with which a digit was named."""


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """A drawing, its latest prediction and when it was begun. id stays when the drawing grows.

    id: the number of the drawing in the store, from 1 and rising with time; below 0 it is not
    stored yet. label: the right digit, said by the person; None when they said nothing. model: the
    SHA-256 of the network that answered, '' where none did. person: the id of whose hand it is, 0
    for the one at the desk. is_deleted: it lies among the deleted ones, from where it can return.
    """

    id: int
    ink: Ink
    prediction: Prediction
    created: datetime
    label: int | None = None
    model: str = ""
    origin: Origin = Origin.DRAWN
    person: int = 0
    is_deleted: bool = False

    @property
    def is_right(self) -> bool | None:
        """Whether the digit that was read is the right one; None while nobody said which is."""
        if self.label is None or self.prediction.verdict is Verdict.UNREAD:
            return None
        return self.prediction.verdict in READ and self.prediction.digit == self.label

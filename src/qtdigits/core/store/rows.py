"""From a history entry to a row of the database and back."""

from __future__ import annotations

import struct
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from qtdigits.core.history import HistoryEntry, Origin
from qtdigits.core.prediction import Prediction, Verdict
from qtdigits.core.store.ink_codec import decode_ink, ink_digest
from qtdigits.core.store.query import to_ms

COLUMNS: Final = (
    "person, created_ms, digest, verdict, digit, confidence, probabilities, candidates, model, "
    "label, origin"
)
SELECTED: Final = (
    "drawing.id, person, created_ms, verdict, probabilities, candidates, model, label, origin, "
    "deleted_ms, ink"
)
"""The columns that to_entry takes, of drawing joined with strokes."""

_PROBABILITIES: Final = struct.Struct("<10d")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def answer_values(prediction: Prediction, model: str) -> tuple[Any, ...]:
    """The columns of an answer, from verdict to model."""
    return (
        prediction.verdict.value,
        prediction.digit,
        prediction.confidence,
        _PROBABILITIES.pack(*prediction.probabilities),
        "".join(map(str, prediction.candidates)),
        model,
    )


def to_values(entry: HistoryEntry, person: int) -> tuple[Any, ...]:
    """The values of COLUMNS."""
    return (
        person,
        to_ms(entry.created),
        ink_digest(entry.ink),
        *answer_values(entry.prediction, entry.model),
        entry.label,
        entry.origin.value,
    )


def to_entry(row: tuple[Any, ...]) -> HistoryEntry:
    """The entry of a row of SELECTED; raises ValueError for values that no entry can have."""
    number, person, created, verdict, packed, candidates, model, label, origin, deleted, ink = row
    try:
        prediction = Prediction(
            _PROBABILITIES.unpack(packed), Verdict(verdict), tuple(map(int, candidates))
        )
    except struct.error as error:
        raise ValueError(f"the answer of drawing {number} is damaged ({error})") from None
    return HistoryEntry(
        number,
        decode_ink(ink),
        prediction,
        (_EPOCH + timedelta(milliseconds=created)).astimezone(),
        label,
        model,
        Origin(origin),
        person,
        deleted is not None,
    )

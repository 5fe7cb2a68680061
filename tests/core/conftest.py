"""What the tests of the store are made with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from qtdigits.core.history import HistoryEntry
from qtdigits.core.ink import Ink, PenSample, Stroke
from qtdigits.core.prediction import Prediction, Verdict
from qtdigits.core.store.store import Store

MakeDrawing = Callable[..., HistoryEntry]
NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def store_file(tmp_path: Path) -> Path:
    return tmp_path / "drawings.sqlite"


@pytest.fixture
def store(store_file: Path) -> Iterator[Store]:
    store = Store.open(store_file)
    assert (store.note, store.is_saved) == ("", True)
    store.people.current()
    yield store
    store.close()


@pytest.fixture
def make_drawing() -> MakeDrawing:
    """A new drawing: a line whose end, and so whose ink, is different for each `mark`."""

    def make(
        mark: float = 1.0,
        digit: int = 7,
        confidence: float = 0.9,
        verdict: Verdict = Verdict.DIGIT,
        label: int | None = None,
        days: float = 0.0,
        number: int = 0,
    ) -> HistoryEntry:
        probabilities = [(1 - confidence) / 9] * 10
        probabilities[digit] = confidence
        ink = Ink(
            (
                Stroke(
                    (PenSample(1 / 3, 2.0, 5.5, 0.25), PenSample(10.0, 40.0 + mark, 12.25, 1.0))
                ),
                Stroke((PenSample(-3.0, 1e-3, 40.0),)),
            )
        )
        candidates = (digit,) if verdict is Verdict.DIGIT else (digit, (digit + 1) % 10)
        return HistoryEntry(
            number,
            ink,
            Prediction(tuple(probabilities), verdict, candidates),
            NOON + timedelta(days=days),
            label,
            "a" * 64,
        )

    return make

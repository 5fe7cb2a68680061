"""What there is to learn from: one person's labelled drawings."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from qtdigits.core.history import HistoryEntry
from qtdigits.core.ink import Ink
from qtdigits.core.lesson_stock import stock_of
from qtdigits.core.prediction import Prediction, Verdict
from qtdigits.core.store.store import Store

READ_AS_7 = Prediction((0.0,) * 7 + (1.0, 0.0, 0.0), Verdict.DIGIT, (7,))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "drawings.sqlite")


def draw(store: Store, person: int, label: int | None, at: int) -> None:
    ink = Ink.from_json([[[0.0, 0.0], [float(at), 9.0]]])
    moment = datetime(2026, 3, 1, tzinfo=UTC)
    store.drawings.save(HistoryEntry(0, ink, READ_AS_7, moment, label), person)


def test_only_labelled_drawings_of_the_person_count(store: Store) -> None:
    me, other = store.people.current().id, store.people.add("Anna").id
    draw(store, me, 7, 1)
    draw(store, me, 1, 2)
    draw(store, me, None, 3)
    draw(store, other, 7, 4)
    stock = stock_of(store, me)
    assert [one.label for one in stock.drawings] == [1, 7]
    assert stock.wrong == 1
    assert stock.per_digit == (0, 1, 0, 0, 0, 0, 0, 1, 0, 0)
    assert "at least 10" in stock.problem
    store.close()


def test_enough_drawings_are_no_problem(store: Store) -> None:
    me = store.people.current().id
    for at in range(12):
        draw(store, me, at % 4, at)
    assert stock_of(store, me).problem == ""
    store.close()

"""What there is to learn from: one person's labelled drawings."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from qtdigits.core.history import HistoryEntry
from qtdigits.core.ink import Ink
from qtdigits.core.lesson_stock import is_worth_a_lesson, stock_of
from qtdigits.core.prediction import Prediction, Verdict
from qtdigits.core.store.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "drawings.sqlite")


def draw(store: Store, person: int, label: int | None, at: int, read_as: int = 7) -> None:
    probabilities = tuple(float(digit == read_as) for digit in range(10))
    prediction = Prediction(probabilities, Verdict.DIGIT, (read_as,))
    ink = Ink.from_json([[[0.0, 0.0], [float(at), 9.0]]])
    moment = datetime(2026, 3, 1, tzinfo=UTC)
    store.drawings.save(HistoryEntry(0, ink, prediction, moment, label), person)


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


def test_stock_is_worth_a_lesson_once_one_of_enough_was_read_wrong(store: Store) -> None:
    me = store.people.current().id
    for at in range(12):
        draw(store, me, 7, at)
    assert not is_worth_a_lesson(store, me)  # all of one digit
    for label in (1, 2, 3):
        draw(store, me, label, 20 + label)
    assert is_worth_a_lesson(store, me)


def test_few_drawings_are_not_worth_a_lesson(store: Store) -> None:
    me = store.people.current().id
    for at in range(5):
        draw(store, me, at, at)
    assert not is_worth_a_lesson(store, me)


def test_drawings_that_were_read_right_are_not_worth_a_lesson(store: Store) -> None:
    me = store.people.current().id
    for at in range(12):
        draw(store, me, at % 4, at, read_as=at % 4)
    assert not is_worth_a_lesson(store, me)
    draw(store, me, 1, 12, read_as=7)
    assert is_worth_a_lesson(store, me)

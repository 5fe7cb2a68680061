"""The store: what goes in comes out, in the order and the choice that is asked for."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from qtdigits.core.history import HistoryEntry, Origin
from qtdigits.core.prediction import Verdict
from qtdigits.core.store.query import HistoryQuery, Order, Show
from qtdigits.core.store.score import DayScore, Share, running_shares
from qtdigits.core.store.store import Store
from qtdigits.core.store.transactions import NotSavedError
from qtdigits.core.verdict import UNREAD

MakeDrawing = Callable[..., HistoryEntry]
ME = 1


def listed(store: Store, **query: object) -> list[int]:
    return list(store.drawings.ids(HistoryQuery(ME, **query)))  # type: ignore[arg-type] # any field


def test_drawing_comes_out_as_it_went_in(store: Store, make_drawing: MakeDrawing) -> None:
    drawing = make_drawing(digit=4, verdict=Verdict.UNSURE, label=9)
    saved = store.drawings.save(drawing, ME)
    assert saved == replace(drawing, id=saved.id, person=ME)
    assert store.drawings.entries([saved.id]) == [saved]


def test_numbers_rise_and_are_never_used_twice(store: Store, make_drawing: MakeDrawing) -> None:
    first = store.drawings.save(make_drawing(1), ME).id
    second = store.drawings.save(make_drawing(2), ME).id
    store.forget([second])
    assert first < second < store.drawings.save(make_drawing(3), ME).id


def test_drawing_that_grows_keeps_its_number_and_takes_the_new_answer(
    store: Store, make_drawing: MakeDrawing
) -> None:
    first = store.drawings.save(make_drawing(1, digit=1), ME)
    grown = replace(make_drawing(2, digit=7), id=first.id)
    again = store.drawings.save(grown, ME)
    assert (again.id, again.ink, again.prediction) == (first.id, grown.ink, grown.prediction)
    assert listed(store) == [first.id]


def test_same_ink_keeps_the_answer_that_was_given_first(
    store: Store, make_drawing: MakeDrawing
) -> None:
    first = store.drawings.save(make_drawing(1, digit=4), ME)
    again = store.drawings.save(replace(make_drawing(1, digit=9), id=first.id, label=9), ME)
    assert (again.prediction, again.label, again.is_right) == (first.prediction, 9, False)


def test_imported_drawing_takes_its_first_answer(store: Store, make_drawing: MakeDrawing) -> None:
    imported = replace(make_drawing(1), prediction=UNREAD, origin=Origin.IMPORTED, label=7)
    first = store.drawings.save(imported, ME)
    assert (first.origin, first.is_right) == (Origin.IMPORTED, None)
    again = store.drawings.save(replace(first, prediction=make_drawing().prediction), ME)
    assert (again.prediction.digit, again.is_right) == (7, True)


def test_labels_can_be_set_agreed_with_and_taken_back(
    store: Store, make_drawing: MakeDrawing
) -> None:
    ids = [store.drawings.save(make_drawing(mark, digit=3), ME).id for mark in range(4)]
    no_digit = store.drawings.save(make_drawing(9, verdict=Verdict.NOT_A_DIGIT), ME).id
    before = store.drawings.set_label(ids[:2], 8)
    assert before == {ids[0]: None, ids[1]: None}
    assert store.drawings.agree([*ids, no_digit]) == {
        ids[0]: 8,
        ids[1]: 8,
        ids[2]: None,
        ids[3]: None,
    }
    assert store.drawings.labels([*ids, no_digit]) == dict.fromkeys(ids, 3) | {no_digit: None}
    store.drawings.set_labels(before)
    assert listed(store, show=Show.LABELLED) == [ids[3], ids[2]]


def test_impossible_label_is_refused_and_changes_nothing(
    store: Store, make_drawing: MakeDrawing
) -> None:
    ids = [store.drawings.save(make_drawing(mark), ME).id for mark in range(3)]
    with pytest.raises(NotSavedError):
        store.drawings.set_label(ids, 10)
    assert listed(store, show=Show.LABELLED) == []


def test_deleted_drawing_is_among_the_deleted_until_it_is_restored(
    store: Store, make_drawing: MakeDrawing
) -> None:
    one, two = (store.drawings.save(make_drawing(mark), ME).id for mark in range(2))
    store.drawings.delete([one])
    assert (listed(store), listed(store, show=Show.DELETED)) == ([two], [one])
    assert store.drawings.entries([one])[0].is_deleted
    store.drawings.restore([one])
    assert (listed(store), listed(store, show=Show.DELETED)) == ([two, one], [])


def test_drawing_that_goes_on_after_its_deletion_comes_back(
    store: Store, make_drawing: MakeDrawing
) -> None:
    saved = store.drawings.save(make_drawing(1), ME)
    store.drawings.delete([saved.id])
    store.drawings.save(saved, ME)
    assert listed(store) == []
    store.drawings.save(replace(make_drawing(2), id=saved.id), ME)
    assert listed(store) == [saved.id]


def test_old_deleted_drawings_are_forgotten(
    store: Store, make_drawing: MakeDrawing, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, young, kept = (store.drawings.save(make_drawing(mark), ME).id for mark in range(3))
    monkeypatch.setattr("qtdigits.core.store.drawings.time.time", lambda: 1_000_000_000.0)
    store.drawings.delete([old])
    month_s = 31 * 24 * 3600
    monkeypatch.setattr("qtdigits.core.store.drawings.time.time", lambda: 1_000_000_000.0 + month_s)
    store.drawings.delete([young])
    store.drawings.forget_old()
    assert (listed(store), listed(store, show=Show.DELETED)) == ([kept], [young])


def test_entries_come_in_the_order_asked_for_without_those_gone(
    store: Store, make_drawing: MakeDrawing
) -> None:
    ids = [store.drawings.save(make_drawing(mark), ME).id for mark in range(1200)]
    rng = random.Random(1)
    rng.shuffle(ids)
    store.drawings.forget(ids[:3])
    assert [entry.id for entry in store.drawings.entries(ids)] == ids[3:]


@pytest.mark.parametrize("seed", range(4))
def test_filters_and_orders_are_those_of_plain_python(
    store: Store, make_drawing: MakeDrawing, seed: int
) -> None:
    rng = random.Random(seed)
    verdicts = [Verdict.DIGIT, Verdict.DIGIT, Verdict.UNSURE, Verdict.NOT_A_DIGIT]
    drawings = [
        store.drawings.save(
            make_drawing(
                mark,
                rng.randrange(10),
                rng.uniform(0.4, 1.0),
                rng.choice(verdicts),
                rng.choice([None, None, *range(10)]),
                rng.randrange(5),
            ),
            ME,
        )
        for mark in range(60)
    ]
    newest = drawings[::-1]

    def ids(chosen: list[HistoryEntry]) -> list[int]:
        return [one.id for one in chosen]

    def shown(one: HistoryEntry) -> int | None:
        read = one.prediction.verdict is not Verdict.NOT_A_DIGIT
        return one.prediction.digit if one.label is None and read else one.label

    assert listed(store, show=Show.WRONG) == ids([d for d in newest if d.is_right is False])
    assert listed(store, show=Show.RIGHT) == ids([d for d in newest if d.is_right])
    assert listed(store, show=Show.UNLABELLED) == ids([d for d in newest if d.label is None])
    assert listed(store, show=Show.UNSURE) == ids(
        [d for d in newest if d.prediction.verdict is Verdict.UNSURE]
    )
    assert listed(store, digit=4) == ids([d for d in newest if shown(d) == 4])
    since = drawings[0].created
    assert listed(store, since=since, until=since + timedelta(days=2)) == ids(
        [d for d in newest if since <= d.created < since + timedelta(days=2)]
    )
    assert listed(store, order=Order.OLDEST, limit=7) == ids(drawings[:7])
    assert listed(store, order=Order.DIGIT) == ids(
        sorted(newest, key=lambda d: 10 if (digit := shown(d)) is None else digit)
    )
    assert listed(store, order=Order.LEAST_SURE) == ids(
        sorted(
            newest,
            key=lambda d: (
                d.prediction.confidence if d.prediction.verdict is not Verdict.NOT_A_DIGIT else 0.0
            ),
        )
    )


def test_order_is_that_of_drawing_when_the_clock_jumps_back(
    store: Store, make_drawing: MakeDrawing
) -> None:
    first = store.drawings.save(make_drawing(1, days=10), ME).id
    second = store.drawings.save(make_drawing(2, days=-3000), ME).id
    assert listed(store) == [second, first]


def test_score_counts_labelled_answers_by_digit_and_day(
    store: Store, make_drawing: MakeDrawing
) -> None:
    for mark, (digit, label, days) in enumerate(
        [(1, 1, 0), (1, 7, 0), (7, 7, 2), (7, None, 2), (3, 3, 2)]
    ):
        store.drawings.save(make_drawing(mark, digit, label=label, days=days), ME)
    unread = replace(make_drawing(99, label=5), prediction=UNREAD)
    store.drawings.save(unread, ME)
    deleted = store.drawings.save(make_drawing(100, 2, label=2), ME)
    store.drawings.delete([deleted.id])
    score = store.drawings.score(ME)
    assert (score.drawings, score.whole) == (6, Share(3, 4))
    assert (score.per_digit[7], score.per_digit[1], score.per_digit[5]) == (
        Share(1, 2),
        Share(1, 1),
        Share(),
    )
    assert [one.share for one in score.days] == [Share(1, 2), Share(2, 2)]


def test_running_share_stays_between_what_it_is_made_of(
    store: Store, make_drawing: MakeDrawing
) -> None:
    day = make_drawing().created.date()
    days = [DayScore(day, Share(1, 2)), DayScore(day, Share(100, 100)), DayScore(day, Share(0, 1))]
    first, second, third = running_shares(days)
    assert first == 0.5
    assert 0.98 < second < 1.0
    assert 0.9 < third < second


def test_adding_leaves_duplicates_out(store: Store, make_drawing: MakeDrawing) -> None:
    assert store.drawings.add([make_drawing(1), make_drawing(2)], ME) == (2, 0)
    assert store.drawings.add([make_drawing(2), make_drawing(3), make_drawing(3)], ME) == (1, 2)


def test_adding_is_all_or_nothing(store: Store, make_drawing: MakeDrawing) -> None:
    def broken() -> object:
        yield make_drawing(1)
        raise ValueError("line 2 cannot be used")

    with pytest.raises(ValueError, match="line 2"):
        store.drawings.add(broken(), ME)  # type: ignore[arg-type] # a generator
    assert listed(store) == []


def test_labelled_drawings_come_oldest_first(store: Store, make_drawing: MakeDrawing) -> None:
    for mark, label in enumerate([3, None, 5]):
        store.drawings.save(make_drawing(mark, label=label), ME)
    assert [entry.label for entry in store.drawings.labelled(ME)] == [3, 5]

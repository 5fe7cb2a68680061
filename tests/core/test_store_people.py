"""People: each with own drawings, and nothing of one with another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from qtdigits.core.history import HistoryEntry
from qtdigits.core.store.query import HistoryQuery, Show
from qtdigits.core.store.store import Store

MakeDrawing = Callable[..., HistoryEntry]


def test_somebody_is_at_the_desk_from_the_start(store: Store) -> None:
    me = store.people.current()
    assert (me.name, me.drawings) == ("Me", 0)
    assert store.people.all() == (me,)


def test_chosen_person_is_at_the_desk_after_a_restart(store: Store, store_file: Path) -> None:
    anna = store.people.add("Anna")
    store.people.use(anna.id)
    store.close()
    again = Store.open(store_file)
    assert again.people.current() == anna
    again.close()


def test_nothing_leaks_from_one_person_to_another(store: Store, make_drawing: MakeDrawing) -> None:
    me, anna = store.people.current(), store.people.add("Anna")
    mine = store.drawings.save(make_drawing(1, digit=2, label=3), me.id)
    hers = store.drawings.save(make_drawing(1, digit=4, label=4), anna.id)
    for person, own in ((me, mine), (anna, hers)):
        for show in (Show.ALL, Show.LABELLED):
            assert list(store.drawings.ids(HistoryQuery(person.id, show))) == [own.id]
        assert list(store.drawings.labelled(person.id)) == [own]
    assert store.drawings.score(me.id).whole.right == 0
    assert store.drawings.score(anna.id).whole.right == 1
    assert store.drawings.add([make_drawing(1)], anna.id) == (0, 1)
    assert store.drawings.add([make_drawing(2)], anna.id) == (1, 0)


@pytest.mark.parametrize("name", ["", "   ", "\n\t"])
def test_person_needs_a_name(store: Store, name: str) -> None:
    with pytest.raises(ValueError, match="needs a name"):
        store.people.add(name)


def test_names_are_used_once_and_are_tidied(store: Store) -> None:
    anna = store.people.add("  Anna\n Maria ")
    assert anna.name == "Anna Maria"
    with pytest.raises(ValueError, match="Anna Maria already"):
        store.people.add("ANNA MARIA")
    assert store.people.rename(anna.id, "anna maria").name == "anna maria"
    assert store.people.named("Anna Maria").id == anna.id
    with pytest.raises(ValueError, match="nobody called 'Otto'; there is anna maria, Me"):
        store.people.named("Otto")


def test_deleted_person_goes_with_all_drawings_also_from_the_backups(
    store: Store, store_file: Path, make_drawing: MakeDrawing
) -> None:
    anna = store.people.add("Anna Smith")
    store.people.use(anna.id)
    store.drawings.save(make_drawing(1), anna.id)
    store.back_up()
    assert store.forget_person(anna.id).name == "Me"
    assert [one.name for one in store.people.all()] == ["Me"]
    for file in store_file.parent.rglob("*.sqlite"):
        assert b"Anna Smith" not in file.read_bytes()


def test_last_person_stays(store: Store) -> None:
    with pytest.raises(ValueError, match="add another person first"):
        store.forget_person(store.people.current().id)
    assert store.people.current().name == "Me"

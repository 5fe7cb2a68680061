"""The history model: numbers in their order, entries when somebody looks."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.qtbot import QtBot

from qtdigits.core.history import HistoryEntry
from qtdigits.core.prediction import Verdict
from qtdigits.ui.items.history_model import PAGE, HistoryModel, HistoryRole

MakeEntry = Callable[..., HistoryEntry]


@pytest.fixture
def model(model_tester: Callable[[HistoryModel], HistoryModel]) -> HistoryModel:
    return model_tester(HistoryModel())


def ids(model: HistoryModel) -> list[int]:
    return [model.index(row).data(HistoryRole.ENTRY).id for row in range(model.rowCount())]


def test_new_entries_come_first(model: HistoryModel, make_entry: MakeEntry) -> None:
    for entry_id in (1, 2, 3):
        model.add_or_update(make_entry(entry_id))
    assert ids(model) == [3, 2, 1]


def test_known_id_is_updated_in_its_place(model: HistoryModel, make_entry: MakeEntry) -> None:
    for entry_id in (1, 2, 3):
        model.add_or_update(make_entry(entry_id))
    grown = make_entry(2, digit=8)
    model.add_or_update(grown)
    assert ids(model) == [3, 2, 1]
    assert model.entry(model.index(1)) is grown


def test_removed_entry_is_gone(model: HistoryModel, make_entry: MakeEntry) -> None:
    for entry_id in (1, 2, 3):
        model.add_or_update(make_entry(entry_id))
    model.remove([2])
    model.remove([99])
    assert ids(model) == [3, 1]


def test_clear_takes_all_entries(model: HistoryModel, make_entry: MakeEntry) -> None:
    model.add_or_update(make_entry(1))
    model.clear()
    assert ids(model) == []
    model.add_or_update(make_entry(2))
    assert ids(model) == [2]


def test_oldest_entry_goes_when_there_are_too_many(make_entry: MakeEntry) -> None:
    # Without the model tester: it looks at every row for every change.
    model = HistoryModel(capacity=5)
    for entry_id in range(8):
        model.add_or_update(make_entry(entry_id))
    assert ids(model) == [7, 6, 5, 4, 3]


def test_page_is_asked_for_once_and_only_when_looked_at(
    qapp: object, make_entry: MakeEntry
) -> None:
    # Without the model tester, which looks at rows by itself.
    model = HistoryModel()
    pages: list[tuple[int, ...]] = []
    model.page_wanted.connect(pages.append)
    model.set_ids(range(1000, 0, -1))
    assert (model.rowCount(), pages) == (1000, [])
    row = 3 * PAGE + 5
    assert model.index(row).data(HistoryRole.ENTRY) is None
    assert model.index(row + 1).data(HistoryRole.ENTRY) is None
    assert pages == [tuple(range(1000 - 3 * PAGE, 1000 - 4 * PAGE, -1))]
    model.add_page([make_entry(number) for number in pages[0]])
    assert model.index(row).data(HistoryRole.ENTRY).id == 1000 - row
    assert len(pages) == 1


def test_page_that_was_read_is_told_as_changed(
    model: HistoryModel, make_entry: MakeEntry, qtbot: QtBot
) -> None:
    model.set_ids([5, 3, 1])
    with qtbot.waitSignal(model.dataChanged) as changed:
        model.add_page([make_entry(3), make_entry(1)])
    assert changed.args is not None
    assert [changed.args[0].row(), changed.args[1].row()] == [1, 2]
    assert model.read_entries() == [make_entry(3), make_entry(1)]


def test_entries_of_another_list_change_nothing(
    model: HistoryModel, make_entry: MakeEntry, qtbot: QtBot
) -> None:
    model.set_ids([5])
    with qtbot.assertNotEmitted(model.dataChanged):
        model.add_page([make_entry(77)])


def test_numbered_entry_keeps_its_place(model: HistoryModel, make_entry: MakeEntry) -> None:
    model.add_or_update(make_entry(-8))
    model.add_or_update(make_entry(-7))
    model.update_entry(-8, make_entry(41))
    model.update_entry(-99, make_entry(42))
    assert ids(model) == [-7, 41]


def test_labels_are_set_by_number(model: HistoryModel, make_entry: MakeEntry) -> None:
    for entry_id in (1, 2):
        model.add_or_update(make_entry(entry_id))
    model.set_labels({1: 7, 99: 3})
    assert [entry.label for entry in model.read_entries()] == [None, 7]


@pytest.mark.parametrize("seed", range(5))
def test_removed_runs_leave_the_others_in_their_order(
    model: HistoryModel, make_entry: MakeEntry, seed: int
) -> None:
    rng = random.Random(seed)
    numbers = rng.sample(range(1, 60), 25)
    model.set_ids(numbers)
    model.add_page([make_entry(number) for number in numbers])
    gone = rng.sample(numbers, 12)
    model.remove(gone)
    assert ids(model) == [number for number in numbers if number not in gone]


def test_accessible_text_says_whether_it_was_right(
    model: HistoryModel, make_entry: MakeEntry
) -> None:
    model.add_or_update(replace(make_entry(1, digit=4), label=4))
    model.add_or_update(replace(make_entry(2, digit=4), label=9))
    texts = [model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in (0, 1)]
    assert texts[0].startswith("9, not 4")
    assert texts[1].startswith("4, read right")


def test_texts_say_what_was_read(model: HistoryModel, make_entry: MakeEntry) -> None:
    model.add_or_update(make_entry(1, digit=4, verdict=Verdict.UNSURE, candidates=(4, 9)))
    index = model.index(0)
    assert index.data(Qt.ItemDataRole.DisplayRole) == "? 4 or 9"
    assert "14:05" in index.data(Qt.ItemDataRole.ToolTipRole)


def test_invalid_index_has_no_entry(model: HistoryModel) -> None:
    assert model.entry(QModelIndex()) is None
    assert model.data(QModelIndex()) is None
    assert model.row_of(7) is None

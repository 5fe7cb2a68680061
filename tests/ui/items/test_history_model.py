"""The history model: newest first, each id once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QModelIndex, Qt

from qtdigits.core.history import HistoryEntry
from qtdigits.core.prediction import Verdict
from qtdigits.ui.items.history_model import CAPACITY, HistoryModel, HistoryRole

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
    model.remove(2)
    model.remove(99)
    assert ids(model) == [3, 1]


def test_clear_takes_all_entries(model: HistoryModel, make_entry: MakeEntry) -> None:
    model.add_or_update(make_entry(1))
    model.clear()
    assert ids(model) == []
    model.add_or_update(make_entry(2))
    assert ids(model) == [2]


def test_oldest_entry_goes_when_there_are_too_many(make_entry: MakeEntry) -> None:
    # Without the model tester: it looks at every row for every change.
    model = HistoryModel()
    for entry_id in range(CAPACITY + 3):
        model.add_or_update(make_entry(entry_id))
    assert ids(model) == list(range(CAPACITY + 2, 2, -1))


def test_texts_say_what_was_read(model: HistoryModel, make_entry: MakeEntry) -> None:
    model.add_or_update(make_entry(1, digit=4, verdict=Verdict.UNSURE, candidates=(4, 9)))
    index = model.index(0)
    assert index.data(Qt.ItemDataRole.DisplayRole) == "? 4 or 9"
    assert "14:05" in index.data(Qt.ItemDataRole.ToolTipRole)


def test_invalid_index_has_no_entry(model: HistoryModel) -> None:
    assert model.entry(QModelIndex()) is None
    assert model.data(QModelIndex()) is None
    assert model.row_of(7) is None

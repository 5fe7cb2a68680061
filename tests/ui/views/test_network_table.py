"""The table of networks keeps its columns readable."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from qtdigits.core.library import LibraryEntry
from qtdigits.core.model_card import ModelCard
from qtdigits.ui.items.library_model import LibraryColumn, LibraryModel
from qtdigits.ui.views.network_table import NetworkTable


def entry(name: str) -> LibraryEntry:
    return LibraryEntry("own", ModelCard(name, "small", 1, "", ""), Path("own"), False, False)


@pytest.fixture
def model() -> LibraryModel:
    return LibraryModel()


@pytest.fixture
def table(model: LibraryModel, qtbot: QtBot) -> NetworkTable:
    table = NetworkTable(model)
    qtbot.addWidget(table)
    table.resize(500, 200)
    with qtbot.waitExposed(table):
        table.show()
    return table


def test_short_name_takes_what_it_needs(model: LibraryModel, table: NetworkTable) -> None:
    model.set_entries([entry("mine")])
    assert table.columnWidth(LibraryColumn.NAME) == table.sizeHintForColumn(LibraryColumn.NAME)


def test_long_name_leaves_room_for_the_others(model: LibraryModel, table: NetworkTable) -> None:
    model.set_entries([entry("m" * 80)])
    assert table.columnWidth(LibraryColumn.NAME) <= 0.4 * table.viewport().width()
    assert table.horizontalHeader().length() == table.viewport().width()
    table.resize(900, 200)
    assert table.columnWidth(LibraryColumn.NAME) > 300

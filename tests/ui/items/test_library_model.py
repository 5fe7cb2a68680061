"""The library's networks as rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from qtdigits.core.library import LibraryEntry
from qtdigits.core.model_card import ModelCard
from qtdigits.ui.items.library_model import (
    LibraryColumn,
    LibraryModel,
    LibraryRole,
    data_words,
    figure_words,
)

Watch = Callable[[LibraryModel], LibraryModel]
CARD = ModelCard(
    "mine",
    "small",
    42_746,
    "2026-03-01T14:05:00+00:00",
    "",
    data=("synthetic:20000", "drawings/mnist.npz"),
    figures={"validation_accuracy": 0.987},
)
SHIPPED = LibraryEntry("shipped", CARD, Path("a.keras"), is_shipped=True, is_current=True)
OWN = LibraryEntry("b", CARD, Path("b.keras"), is_shipped=False, is_current=False)
BROKEN = LibraryEntry("c", None, Path("c.keras"), False, False, "the network c is damaged")


@pytest.fixture
def model(model_tester: Watch) -> LibraryModel:
    model = model_tester(LibraryModel())
    model.set_entries([SHIPPED, OWN, BROKEN])
    return model


def text(model: LibraryModel, row: int, column: LibraryColumn) -> str:
    return str(model.index(row, column).data())


def test_row_tells_name_figures_data_and_date(model: LibraryModel) -> None:
    assert text(model, 1, LibraryColumn.NAME) == "mine"
    assert text(model, 1, LibraryColumn.RIGHT) == "98.70\u202f% (validation)"
    assert text(model, 1, LibraryColumn.DATA) == "20,000 synthetic, MNIST"
    assert text(model, 1, LibraryColumn.MADE) == "1 Mar 2026"
    assert model.index(1, 0).data(LibraryRole.ENTRY) is OWN


def test_tool_tip_tells_all_that_the_row_cannot(model: LibraryModel) -> None:
    lines = str(model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)).splitlines()
    assert lines[2] == "Learnt from: 20,000 synthetic, MNIST"
    assert lines[3].startswith("Made: 1 Mar 2026, ")
    assert lines[-1] == "It ships with qtdigits and always stays."


def test_tool_tip_of_an_imported_network_says_what_it_expects(model: LibraryModel) -> None:
    settings = {"expects": "dark ink on white, 0 to 255"}
    card = replace(CARD, network="imported", settings=settings)
    model.set_entries([LibraryEntry("d", card, Path("d.keras"), False, False)])
    lines = str(model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)).splitlines()
    assert lines[-1] == "It expects: dark ink on white, 0 to 255"


def test_current_network_is_said_to_be_in_use(model: LibraryModel) -> None:
    assert "in use" in text(model, 0, LibraryColumn.NAME)
    assert "in use" not in text(model, 1, LibraryColumn.NAME)


def test_unreadable_network_says_so(model: LibraryModel) -> None:
    assert text(model, 2, LibraryColumn.RIGHT) == "cannot be read"
    assert model.index(2, 0).data(Qt.ItemDataRole.ToolTipRole) == BROKEN.problem


def test_only_own_networks_can_be_renamed(model: LibraryModel) -> None:
    editable = [
        bool(model.flags(model.index(row, LibraryColumn.NAME)) & Qt.ItemFlag.ItemIsEditable)
        for row in range(3)
    ]
    assert editable == [False, True, False]


def test_edited_name_is_asked_for(model: LibraryModel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(model.rename_requested) as asked:
        assert model.setData(model.index(1, LibraryColumn.NAME), "better")
    assert asked.args == ["b", "better"]
    assert not model.setData(model.index(1, LibraryColumn.NAME), "mine")


def test_entries_come_and_go(model: LibraryModel) -> None:
    model.set_entries([SHIPPED])
    assert model.rowCount() == 1
    assert (model.row_of("shipped"), model.row_of("b")) == (0, -1)
    model.set_entries([])
    assert model.rowCount() == 0


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("synthetic:500", "500 synthetic"),
        ("non-digits:1500", "1,500 scribbles"),
        ("folder/mnist.npz", "MNIST"),
        ("folder/mine.npz", "mine.npz"),
        ("synthetic:many", "synthetic:many"),
    ],
)
def test_source_is_named_for_people(source: str, words: str) -> None:
    assert data_words(source) == words


@pytest.mark.parametrize("figure", ["much", None, 7, float("nan")])
def test_odd_figure_on_a_card_is_not_shown(figure: object) -> None:
    card = ModelCard("x", "small", 1, "", "", figures={"test_accuracy": figure})
    assert figure_words(LibraryEntry("x", card, Path("x"), False, False)) == "–"

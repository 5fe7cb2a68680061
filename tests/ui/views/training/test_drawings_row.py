"""The person's own labelled drawings as something to learn from."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from qtdigits.core.data_summary import DRAWINGS, DataSummary
from qtdigits.core.training_plan import DataSource
from qtdigits.ui.theme_colors import LIGHT
from qtdigits.ui.views.training.data_card import DataCard
from qtdigits.ui.views.training.data_row import DataRow

FOUND = DataSummary(DRAWINGS, 12, (2, 10, *(0,) * 8), np.zeros((2, 28, 28), np.uint8))


@pytest.fixture
def card(qtbot: QtBot) -> DataCard:
    card = DataCard(LIGHT)
    qtbot.addWidget(card)
    with qtbot.waitSignal(card.check_requested) as asked:
        card.check_drawings()
    assert asked.args == [DRAWINGS]
    return card


def row(card: DataCard) -> DataRow:
    (found,) = card.findChildren(DataRow, "drawingsRow")
    return found


def drawings(card: DataCard) -> list[DataSource]:
    return [source for source in card.sources() if source.argument == "drawings"]


def test_own_drawings_are_learnt_from_only_when_they_are_ticked(card: DataCard) -> None:
    assert not card.is_checking()
    card.show_summary(FOUND)
    assert drawings(card) == []
    row(card).set_ticked(True)
    assert drawings(card) == [DataSource("drawings", 12)]


def test_own_drawings_without_labels_cannot_be_ticked(card: DataCard) -> None:
    card.show_summary(DataSummary(DRAWINGS, problem="None has a label yet."))
    row(card).set_ticked(True)
    assert drawings(card) == []


def test_own_drawings_tell_how_many_there_are_of_each_digit(card: DataCard) -> None:
    card.show_summary(FOUND)
    assert "1: 10" in row(card).toolTip()
    assert str(Path("drawings")) not in row(card).toolTip().split("<img")[0]

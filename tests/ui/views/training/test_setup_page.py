"""How to learn: every field explains itself, stays in its range and comes into the plan."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QScrollArea,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from qtdigits.core.data_summary import DataSummary
from qtdigits.core.library import LibraryEntry
from qtdigits.core.model_card import ModelCard
from qtdigits.core.training import NETWORKS, PRECISIONS, PRESETS, RANGES
from qtdigits.core.training_fields import FIELDS, FOLDED_FIELDS, FieldKind, TrainingField, field
from qtdigits.ui.theme_colors import LIGHT
from qtdigits.ui.views.training.sample_grid import SampleGrid
from qtdigits.ui.views.training.setup_page import SetupPage

ALL = (*FIELDS, *FOLDED_FIELDS)
NUMBERS = [row for row in ALL if row.kind is not FieldKind.CHOICE]
OTHERS: dict[str, float | str] = {
    "network": "lenet",
    "epochs": 9,
    "batch_size": 77,
    "learning_rate": 0.0125,
    "optimizer": "adam",
    "precision": "bfloat16",
    "dropout": 0.45,
    "validation_share": 0.2,
    "seed": 4321,
    "variation": 0.35,
    "fading": 0.1,
}


@pytest.fixture
def page(qtbot: QtBot) -> SetupPage:
    page = SetupPage(LIGHT)
    qtbot.addWidget(page)
    page.resize(900, 640)
    with qtbot.waitExposed(page):
        page.show()
    return page


def entry(network: str) -> LibraryEntry:
    card = ModelCard("mine", network, 1, "2026-01-01", "")
    return LibraryEntry("mine", card, Path("mine.keras"), is_shipped=False, is_current=True)


def editor(page: SetupPage, key: str) -> QWidget:
    found = page.findChild(QWidget, f"{key}Field")
    assert isinstance(found, QWidget)
    return found


def hint(page: SetupPage) -> str:
    label = page.findChild(QLabel, "hintLine")
    assert isinstance(label, QLabel)
    return label.text()


def unfold(page: SetupPage) -> None:
    button = page.findChild(QAbstractButton, "moreButton")
    assert isinstance(button, QAbstractButton)
    button.click()


def give(widget: QWidget, row: TrainingField, value: float | str) -> None:
    match widget:
        case QComboBox():
            widget.setCurrentIndex(widget.findData(value))
        case QDoubleSpinBox():
            widget.setValue(float(value))
        case QSpinBox():
            factor = 100 if row.kind is FieldKind.SHARE else 1
            widget.setValue(min(round(float(value) * factor), 2**31 - 1))


@pytest.mark.parametrize("row", ALL, ids=lambda row: row.key)
def test_field_explains_itself(page: SetupPage, row: TrainingField) -> None:
    unfold(page)
    widget = editor(page, row.key)
    assert row.help in widget.toolTip()
    assert widget.accessibleName() == row.title
    assert row.help in widget.accessibleDescription()
    page.activateWindow()
    widget.setFocus()
    assert hint(page) == row.explanation


@pytest.mark.parametrize("row", ALL, ids=lambda row: row.key)
def test_field_comes_into_the_plan(page: SetupPage, row: TrainingField) -> None:
    give(editor(page, row.key), row, OTHERS[row.key])
    changed: dict[str, Any] = {row.key: OTHERS[row.key]}
    assert page.plan().config == replace(PRESETS["quick"], **changed)


@pytest.mark.parametrize("row", NUMBERS, ids=lambda row: row.key)
def test_number_cannot_leave_its_range(page: SetupPage, row: TrainingField) -> None:
    low, high = RANGES[row.key]
    widget = editor(page, row.key)
    give(widget, row, -5)
    assert getattr(page.plan().config, row.key) == pytest.approx(low)
    give(widget, row, high * 10 + 1)
    assert getattr(page.plan().config, row.key) == pytest.approx(high)


@pytest.mark.parametrize(("key", "values"), [("network", NETWORKS), ("precision", PRECISIONS)])
def test_every_choice_is_offered(key: str, values: tuple[str, ...]) -> None:
    assert {choice.value for choice in field(key).choices} == set(values)


def test_range_is_said() -> None:
    assert field("epochs").explanation.endswith("From 1 to 1,000.")
    assert field("dropout").explanation.endswith("From 0 to 90\u202f%.")
    assert field("learning_rate").explanation.endswith("From 0.000001 to 1.")
    assert field("network").explanation == field("network").help


def test_preset_is_explained_while_no_field_is(page: SetupPage) -> None:
    assert hint(page).startswith("A small network")
    give(editor(page, "epochs"), field("epochs"), 9)
    assert hint(page).startswith("Settings of your own")


def test_beginning_says_why_it_cannot_be_chosen(page: SetupPage) -> None:
    page.set_current(entry("lenet"))
    beginning = editor(page, "beginning")
    assert not beginning.isEnabled()
    assert "another one is chosen" in beginning.toolTip()
    give(editor(page, "network"), field("network"), "lenet")
    assert beginning.isEnabled()
    assert "teaching the current network on" in beginning.toolTip()


def test_preview_shows_the_chosen_data(page: SetupPage, qtbot: QtBot) -> None:
    grid = page.findChild(SampleGrid, "variationGrid")
    assert isinstance(grid, SampleGrid)
    assert grid.sheet().isNull()
    unfold(page)
    qtbot.waitUntil(lambda: grid.shown() == 10)
    synthetic = grid.sheet()
    path = Path("digits.npz")
    page.data.add_file(path)
    samples = np.full((10, 28, 28), 255, np.uint8)
    page.show_summary(DataSummary(path, 500, (50,) * 10, samples))
    qtbot.waitUntil(lambda: grid.sheet() != synthetic)
    # The two take turns: the second column is the file's.
    assert grid.sheet().pixelColor(28 + 2, 2).lightness() == 255


def test_preview_has_nothing_to_show_without_digits(page: SetupPage, qtbot: QtBot) -> None:
    unfold(page)
    grid = page.findChild(SampleGrid, "variationGrid")
    assert isinstance(grid, SampleGrid)
    row = page.findChild(QWidget, "syntheticRow")
    assert isinstance(row, QWidget)
    row.findChildren(QCheckBox)[0].click()
    qtbot.waitUntil(lambda: not grid.isVisible())


@pytest.mark.parametrize("width", [660, 900, 1600])
def test_left_half_is_never_cut_at_its_side(page: SetupPage, width: int) -> None:
    unfold(page)
    page.resize(width, 400)
    column = page.findChild(QScrollArea, "setupColumn")
    assert isinstance(column, QScrollArea)
    content = column.widget()
    assert content is not None
    assert content.width() <= column.viewport().width()

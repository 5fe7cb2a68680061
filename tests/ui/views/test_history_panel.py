"""The film strip: choosing by mouse and keyboard, and its empty state."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from qtdigits.core.history import HistoryEntry
from qtdigits.core.ink import Ink
from qtdigits.ui.items.history_model import HistoryModel
from qtdigits.ui.theme_colors import LIGHT
from qtdigits.ui.views.history_panel import HistoryPanel
from qtdigits.ui.views.history_view import HistoryView


def blank(ink: Ink, side_px: int, ratio: float, color: QColor) -> QImage:
    return QImage(side_px, side_px, QImage.Format.Format_ARGB32_Premultiplied)


@pytest.fixture
def model() -> HistoryModel:
    return HistoryModel()


@pytest.fixture
def panel(qtbot: QtBot, model: HistoryModel) -> HistoryPanel:
    panel = HistoryPanel(model, blank, LIGHT)
    qtbot.addWidget(panel)
    panel.resize(600, 116)
    with qtbot.waitExposed(panel):
        panel.show()
    return panel


def strip(panel: HistoryPanel) -> HistoryView:
    view = panel.findChild(HistoryView, "historyView")
    assert isinstance(view, HistoryView)
    return view


def test_empty_history_says_what_will_appear(panel: HistoryPanel) -> None:
    assert not strip(panel).isVisible()
    assert any(
        label.isVisible() and "will appear here" in label.text()
        for label in panel.findChildren(QLabel)
    )


def test_strip_comes_and_goes_with_the_entries(
    panel: HistoryPanel, model: HistoryModel, make_entry: Callable[..., HistoryEntry]
) -> None:
    model.add_or_update(make_entry(1))
    assert strip(panel).isVisible()
    model.clear()
    assert not strip(panel).isVisible()


def test_click_chooses_the_entry(
    panel: HistoryPanel,
    model: HistoryModel,
    make_entry: Callable[..., HistoryEntry],
    qtbot: QtBot,
) -> None:
    model.add_or_update(make_entry(1))
    model.add_or_update(make_entry(2))
    view = strip(panel)
    place = view.visualRect(model.index(1)).center()
    with qtbot.waitSignal(panel.entry_chosen) as chosen:
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == [model.entry(model.index(1))]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_keyboard_chooses_the_entry(
    panel: HistoryPanel,
    model: HistoryModel,
    make_entry: Callable[..., HistoryEntry],
    qtbot: QtBot,
    key: Qt.Key,
) -> None:
    for entry_id in (1, 2, 3):
        model.add_or_update(make_entry(entry_id))
    view = strip(panel)
    panel.set_current(3)
    QTest.keyClick(view, Qt.Key.Key_Right)
    with qtbot.waitSignal(panel.entry_chosen) as chosen:
        QTest.keyClick(view, key)
    assert chosen.args is not None
    assert chosen.args[0].id == 2


def test_current_entry_is_framed_without_being_chosen(
    panel: HistoryPanel,
    model: HistoryModel,
    make_entry: Callable[..., HistoryEntry],
    qtbot: QtBot,
) -> None:
    for entry_id in range(20):
        model.add_or_update(make_entry(entry_id))
    view = strip(panel)
    with qtbot.assertNotEmitted(panel.entry_chosen):
        panel.set_current(0)
    assert view.selectionModel().isSelected(model.index(19))
    assert view.viewport().rect().contains(view.visualRect(model.index(19)).center())
    panel.set_current(None)
    assert not view.selectionModel().hasSelection()


def test_strip_is_one_row_that_scrolls_sideways(
    panel: HistoryPanel,
    model: HistoryModel,
    make_entry: Callable[..., HistoryEntry],
    qtbot: QtBot,
) -> None:
    for entry_id in range(20):
        model.add_or_update(make_entry(entry_id))
    view = strip(panel)
    qtbot.waitUntil(lambda: view.horizontalScrollBar().maximum() > 0)
    assert view.verticalScrollBar().maximum() == 0
    tops = {view.visualRect(model.index(row)).top() for row in range(20)}
    assert tops == {0}


def test_click_beside_the_entries_chooses_nothing(
    panel: HistoryPanel,
    model: HistoryModel,
    make_entry: Callable[..., HistoryEntry],
    qtbot: QtBot,
) -> None:
    model.add_or_update(make_entry(1))
    view = strip(panel)
    with qtbot.assertNotEmitted(panel.entry_chosen):
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(400, 40))

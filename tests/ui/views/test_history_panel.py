"""The film strip: choosing by mouse and keyboard, and its empty state."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu, QToolButton
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


def test_space_chooses_the_entry(
    panel: HistoryPanel,
    model: HistoryModel,
    make_entry: Callable[..., HistoryEntry],
    qtbot: QtBot,
) -> None:
    for entry_id in (1, 2, 3):
        model.add_or_update(make_entry(entry_id))
    view = strip(panel)
    panel.set_current(3)
    QTest.keyClick(view, Qt.Key.Key_Right)
    with qtbot.waitSignal(panel.entry_chosen) as chosen:
        QTest.keyClick(view, Qt.Key.Key_Space)
    assert chosen.args is not None
    assert chosen.args[0].id == 2


@pytest.fixture
def chosen_two(
    panel: HistoryPanel, model: HistoryModel, make_entry: Callable[..., HistoryEntry]
) -> HistoryView:
    """A strip on which the drawings 3 and 2 are selected."""
    for entry_id in (1, 2, 3):
        model.add_or_update(make_entry(entry_id))
    view = strip(panel)
    panel.set_current(3)
    QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    return view


def test_digit_key_asks_for_a_label_of_all_selected(chosen_two: HistoryView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(chosen_two.label_requested) as asked:
        QTest.keyClick(chosen_two, Qt.Key.Key_7)
    assert asked.args == [(3, 2), 7]


def test_enter_agrees_with_all_selected(chosen_two: HistoryView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(chosen_two.agree_requested) as asked:
        QTest.keyClick(chosen_two, Qt.Key.Key_Return)
    assert asked.args == [(3, 2)]


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_delete_asks_for_all_selected(chosen_two: HistoryView, qtbot: QtBot, key: Qt.Key) -> None:
    with qtbot.waitSignal(chosen_two.delete_requested) as asked:
        QTest.keyClick(chosen_two, key)
    assert asked.args == [(3, 2)]


def test_menu_of_the_strip_offers_the_same_to_the_mouse(
    chosen_two: HistoryView, qtbot: QtBot
) -> None:
    menu = chosen_two.make_menu()
    (digits,) = [one for one in menu.findChildren(QMenu) if len(one.actions()) == 10]
    with qtbot.waitSignal(chosen_two.label_requested) as asked:
        digits.actions()[4].trigger()
    assert asked.args == [(3, 2), 4]
    with qtbot.waitSignal(chosen_two.label_requested) as asked:
        next(one for one in menu.actions() if "Label" in one.text()).trigger()
    assert asked.args == [(3, 2), None]
    menu.deleteLater()


def test_title_names_the_person_and_opens_all_drawings(panel: HistoryPanel, qtbot: QtBot) -> None:
    button = panel.findChild(QToolButton, "historyButton")
    assert isinstance(button, QToolButton)
    assert button.text() == "History"
    panel.show_person("Anna")
    assert button.text() == "Anna"
    with qtbot.waitSignal(panel.all_requested):
        button.click()


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

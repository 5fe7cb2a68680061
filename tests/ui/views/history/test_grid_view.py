"""The grid of all drawings: many rows, placed in batches, and the place that one looks at."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from qtdigits.core.history import HistoryEntry
from qtdigits.core.ink import Ink
from qtdigits.ui.items.history_delegate import HistoryDelegate
from qtdigits.ui.items.history_model import HistoryModel
from qtdigits.ui.theme_colors import LIGHT
from qtdigits.ui.views.history.grid_view import GridView

MANY = 25_000


def blank(ink: Ink, side_px: int, ratio: float, color: QColor) -> QImage:
    return QImage(side_px, side_px, QImage.Format.Format_ARGB32_Premultiplied)


@pytest.fixture
def grid(qtbot: QtBot) -> GridView:
    model = HistoryModel()
    view = GridView(model, HistoryDelegate(LIGHT, blank))
    model.setParent(view)
    qtbot.addWidget(view)
    view.resize(640, 420)
    with qtbot.waitExposed(view):
        view.show()
    model.set_ids(range(MANY, 0, -1))
    qtbot.waitUntil(lambda: whole(view))
    return view


def model_of(grid: GridView) -> HistoryModel:
    model = grid.model()
    assert isinstance(model, HistoryModel)
    return model


def whole(grid: GridView) -> bool:
    """Whether all rows have been placed."""
    last = model_of(grid).index(model_of(grid).rowCount() - 1)
    return not grid.visualRect(last).isEmpty()


def first_in_view(grid: GridView) -> int:
    return grid.indexAt(grid.visualRect(grid.indexAt(grid.rect().topLeft())).center()).row()


def test_columns_share_the_width(grid: GridView) -> None:
    model = model_of(grid)
    rects = [grid.visualRect(model.index(row)) for row in range(8)]
    columns = sum(one.top() == rects[0].top() for one in rects)
    assert grid.viewport().width() - columns * rects[0].width() <= columns


def test_place_stays_when_the_window_grows(grid: GridView, qtbot: QtBot) -> None:
    grid.verticalScrollBar().setValue(grid.verticalScrollBar().maximum() // 2)
    row = first_in_view(grid)
    for width in (660, 900):
        grid.resize(width, 500)
        qtbot.waitUntil(lambda: whole(grid) and abs(first_in_view(grid) - row) < 30)


def test_place_stays_when_a_drawing_comes_or_goes(
    grid: GridView, qtbot: QtBot, make_entry: Callable[..., HistoryEntry]
) -> None:
    grid.verticalScrollBar().setValue(grid.verticalScrollBar().maximum() // 2)
    row = first_in_view(grid)
    model_of(grid).add_or_update(make_entry(MANY + 1))
    qtbot.waitUntil(lambda: whole(grid) and abs(first_in_view(grid) - row) < 30)
    model_of(grid).remove([model_of(grid).id_at(row + 2)])
    qtbot.waitUntil(lambda: whole(grid) and abs(first_in_view(grid) - row) < 30)


def test_all_are_selected_at_once(grid: GridView) -> None:
    grid.selectAll()
    assert grid.selected_count() == MANY
    assert grid.selected_ids()[:3] == (MANY, MANY - 1, MANY - 2)

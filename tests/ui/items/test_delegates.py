"""The delegates paint what the models say."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QAbstractItemModel, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from qtdigits.core.history import HistoryEntry
from qtdigits.core.ink import Ink
from qtdigits.core.prediction import Prediction, Verdict
from qtdigits.ui.items.history_delegate import HistoryDelegate
from qtdigits.ui.items.history_model import HistoryModel
from qtdigits.ui.items.probability_delegate import ProbabilityDelegate
from qtdigits.ui.items.probability_model import ProbabilityModel
from qtdigits.ui.theme_colors import DARK, LIGHT, Theme

pytestmark = pytest.mark.usefixtures("qapp")


class FakeThumbnails:
    """Paints a full square and counts how often."""

    def __init__(self) -> None:
        self.calls: list[tuple[Ink, int, float, str]] = []

    def __call__(self, ink: Ink, side_px: int, ratio: float, color: QColor) -> QImage:
        self.calls.append((ink, side_px, ratio, color.name()))
        image = QImage(side_px, side_px, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(color)
        return image


def painted(
    delegate: QStyledItemDelegate,
    model: QAbstractItemModel,
    row: int = 0,
    state: QStyle.StateFlag = QStyle.StateFlag.State_Enabled,
) -> QImage:
    option = QStyleOptionViewItem()
    option.font = QApplication.font()
    index = model.index(row, 0)
    option.rect = QRect(0, 0, 300, delegate.sizeHint(option, index).height())
    option.state = state
    image = QImage(option.rect.size(), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.magenta)
    with QPainter(image) as painter:
        delegate.paint(painter, option, index)
    return image


def count(image: QImage, color: str) -> int:
    wanted = QColor(color)
    return sum(
        image.pixelColor(x, y) == wanted
        for x in range(image.width())
        for y in range(image.height())
    )


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_leading_bar_has_the_accent_and_no_other(
    theme: Theme, predict: Callable[..., Prediction]
) -> None:
    model = ProbabilityModel()
    model.set_prediction(predict(7))
    delegate = ProbabilityDelegate(theme)
    delegate.set_shares([0.5] * 10)
    assert count(painted(delegate, model, 7), theme.accent) > 100
    assert count(painted(delegate, model, 6), theme.accent) == 0
    assert count(painted(delegate, model, 6), theme.slight) > 100


def test_bar_is_as_long_as_its_share(predict: Callable[..., Prediction]) -> None:
    model = ProbabilityModel()
    model.set_prediction(predict(7))
    delegate = ProbabilityDelegate(LIGHT)
    lengths = []
    for share in (0.0, 0.02, 0.25, 0.5, 1.0):
        delegate.set_shares([share] * 10)
        image = painted(delegate, model, 7)
        middle = image.height() // 2
        lengths.append(
            sum(image.pixelColor(x, middle) == QColor(LIGHT.accent) for x in range(image.width()))
        )
    assert lengths[0] > 0
    assert lengths == sorted(lengths)
    assert lengths[3] == pytest.approx(lengths[4] / 2, abs=2)
    assert lengths[2] == pytest.approx(lengths[4] / 4, abs=2)


def test_ten_rows_share_the_height_to_the_last_pixel() -> None:
    model = ProbabilityModel()
    delegate = ProbabilityDelegate(LIGHT)
    delegate.set_height(187)
    option = QStyleOptionViewItem()
    heights = [delegate.sizeHint(option, model.index(row)).height() for row in range(10)]
    assert sum(heights) == 187
    assert max(heights) - min(heights) == 1


@pytest.fixture
def history(make_entry: Callable[..., HistoryEntry]) -> HistoryModel:
    model = HistoryModel()
    model.add_or_update(make_entry(1, digit=4, verdict=Verdict.UNSURE, candidates=(4, 9)))
    model.add_or_update(make_entry(2))
    return model


def test_thumbnail_is_painted_once_until_something_changes(
    history: HistoryModel, make_entry: Callable[..., HistoryEntry]
) -> None:
    thumbnails = FakeThumbnails()
    delegate = HistoryDelegate(LIGHT, thumbnails)
    painted(delegate, history)
    painted(delegate, history)
    history.add_or_update(make_entry(2))
    painted(delegate, history)
    assert len(thumbnails.calls) == 1
    history.add_or_update(replace(make_entry(2), label=3))
    painted(delegate, history)
    assert len(thumbnails.calls) == 2
    delegate.set_theme(DARK)
    painted(delegate, history)
    assert [call[3] for call in thumbnails.calls] == [LIGHT.ink, LIGHT.ink, DARK.ink]
    delegate.set_item_height(120)
    painted(delegate, history)
    assert len(thumbnails.calls) == 4


def test_selected_entry_is_framed(history: HistoryModel) -> None:
    delegate = HistoryDelegate(LIGHT, FakeThumbnails())
    plain = painted(delegate, history)
    selected = painted(delegate, history, state=QStyle.StateFlag.State_Selected)
    assert count(plain, LIGHT.selected) == 0
    assert count(selected, LIGHT.selected) > 500
    assert count(selected, LIGHT.accent) > 100


def test_focused_entry_has_a_ring(history: HistoryModel) -> None:
    delegate = HistoryDelegate(LIGHT, FakeThumbnails())
    focused = painted(delegate, history, state=QStyle.StateFlag.State_HasFocus)
    assert count(focused, LIGHT.accent) > 100


def test_unsure_entry_is_amber(history: HistoryModel) -> None:
    delegate = HistoryDelegate(LIGHT, FakeThumbnails())
    amber = QColor(LIGHT.warn)

    def most_amber(image: QImage) -> int:
        return min(
            abs(image.pixelColor(x, y).red() - amber.red())
            + abs(image.pixelColor(x, y).green() - amber.green())
            + abs(image.pixelColor(x, y).blue() - amber.blue())
            for x in range(image.width())
            for y in range(image.height())
        )

    assert most_amber(painted(delegate, history, row=1)) < 60
    assert most_amber(painted(delegate, history, row=0)) > 60


def test_right_and_wrong_entries_have_their_signs(make_entry: Callable[..., HistoryEntry]) -> None:
    delegate = HistoryDelegate(LIGHT, FakeThumbnails())
    model = HistoryModel()
    model.add_or_update(replace(make_entry(1, digit=4), label=4))
    model.add_or_update(replace(make_entry(2, digit=4), label=9))
    wrong, right = painted(delegate, model, row=0), painted(delegate, model, row=1)
    assert (count(right, LIGHT.good) > 50, count(right, LIGHT.bad)) == (True, 0)
    assert (count(wrong, LIGHT.bad) > 50, count(wrong, LIGHT.good)) == (True, 0)


def test_entry_that_is_being_read_has_a_place() -> None:
    delegate = HistoryDelegate(LIGHT, FakeThumbnails())
    model = HistoryModel()
    model.set_ids([5])
    assert count(painted(delegate, model), LIGHT.track) > 100


def test_frame_that_takes_too_long_leaves_the_rest_to_the_next(
    history: HistoryModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = iter([0.0, 0.001, 99.0, 100.0, 100.0])
    monkeypatch.setattr("qtdigits.ui.items.history_delegate.time.perf_counter", lambda: next(times))
    thumbnails = FakeThumbnails()
    delegate = HistoryDelegate(LIGHT, thumbnails)
    delegate.begin_frame()
    painted(delegate, history, row=0)
    painted(delegate, history, row=1)
    assert (len(thumbnails.calls), delegate.has_left) == (1, True)
    delegate.begin_frame()
    painted(delegate, history, row=0)
    painted(delegate, history, row=1)
    assert (len(thumbnails.calls), delegate.has_left) == (2, False)

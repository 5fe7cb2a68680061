"""The ten bars slide, unless the person does not want that."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QPaintEvent, QRegion
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from qtdigits.core.prediction import Prediction, Verdict
from qtdigits.ui.items.probability_model import ProbabilityModel
from qtdigits.ui.theme_colors import LIGHT
from qtdigits.ui.views.probability_view import ProbabilityView

Predict = Callable[..., Prediction]


class PaintedRegions(QObject):
    """All that a widget has painted since this was made."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.all = QRegion()
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.all = self.all.united(event.region())
        return False


@pytest.fixture
def model() -> ProbabilityModel:
    return ProbabilityModel()


@pytest.fixture
def view(qtbot: QtBot, model: ProbabilityModel) -> ProbabilityView:
    view = ProbabilityView(model, LIGHT)
    qtbot.addWidget(view)
    view.resize(300, 187)
    with qtbot.waitExposed(view):
        view.show()
    return view


def test_bars_slide_to_the_new_lengths(
    view: ProbabilityView, model: ProbabilityModel, predict: Predict, qtbot: QtBot
) -> None:
    prediction = predict(7)
    model.set_prediction(prediction)
    assert view.shares()[7] < prediction.confidence
    qtbot.waitUntil(lambda: view.shares() == pytest.approx(list(prediction.probabilities)))


def test_next_prediction_starts_from_what_is_shown(
    view: ProbabilityView, model: ProbabilityModel, predict: Predict, qtbot: QtBot
) -> None:
    model.set_prediction(predict(7))
    qtbot.waitUntil(lambda: view.shares()[7] > 0.1)
    shown = view.shares()[7]
    model.set_prediction(predict(2))
    assert view.shares()[7] == pytest.approx(shown, abs=0.2)
    qtbot.waitUntil(lambda: view.shares()[2] == pytest.approx(0.9))


def test_less_motion_shows_the_new_lengths_at_once(
    view: ProbabilityView, model: ProbabilityModel, predict: Predict
) -> None:
    view.set_reduce_motion(True)
    prediction = predict(7)
    model.set_prediction(prediction)
    assert view.shares() == pytest.approx(list(prediction.probabilities))


def test_nothing_read_has_empty_bars(
    view: ProbabilityView, model: ProbabilityModel, predict: Predict
) -> None:
    view.set_reduce_motion(True)
    model.set_prediction(predict(7))
    model.set_prediction(None)
    assert view.shares() == [0.0] * 10


def test_rows_that_read_as_before_are_not_painted_again(
    view: ProbabilityView, model: ProbabilityModel, qtbot: QtBot
) -> None:
    view.set_reduce_motion(True)
    first, last = (view.visualRect(model.index(row)) for row in (0, 9))
    regions = PaintedRegions(view.viewport())
    for sure in (0.9, 0.8):
        regions.all = QRegion()
        model.set_prediction(Prediction((sure, 1 - sure, *[0.0] * 8), Verdict.DIGIT, (0,)))
        qtbot.waitUntil(lambda: regions.all.intersects(first))
    assert not regions.all.intersects(last)


@pytest.mark.parametrize("height", [160, 187, 333])
def test_all_ten_rows_are_in_sight(view: ProbabilityView, qtbot: QtBot, height: int) -> None:
    view.resize(300, height)

    def last_row_ends_at_the_bottom() -> bool:
        return view.visualRect(view.model().index(9, 0)).bottom() == view.viewport().height() - 1

    qtbot.waitUntil(last_row_ends_at_the_bottom)
    assert view.visualRect(view.model().index(0, 0)).top() == 0

"""The ten bars slide, unless the person does not want that."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from qtdigits.core.prediction import Prediction
from qtdigits.ui.items.probability_model import ProbabilityModel
from qtdigits.ui.theme_colors import LIGHT
from qtdigits.ui.views.probability_view import ProbabilityView

Predict = Callable[..., Prediction]


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


@pytest.mark.parametrize("height", [160, 187, 333])
def test_all_ten_rows_are_in_sight(view: ProbabilityView, qtbot: QtBot, height: int) -> None:
    view.resize(300, height)

    def last_row_ends_at_the_bottom() -> bool:
        return view.visualRect(view.model().index(9, 0)).bottom() == view.viewport().height() - 1

    qtbot.waitUntil(last_row_ends_at_the_bottom)
    assert view.visualRect(view.model().index(0, 0)).top() == 0

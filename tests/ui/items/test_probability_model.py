"""The probability model: ten rows in order, whatever was read."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.qtbot import QtBot

from qtdigits.core.prediction import Prediction, Verdict
from qtdigits.ui.items.probability_model import ProbabilityModel, ProbabilityRole

Predict = Callable[..., Prediction]


@pytest.fixture
def model(model_tester: Callable[[ProbabilityModel], ProbabilityModel]) -> ProbabilityModel:
    return model_tester(ProbabilityModel())


def column(model: ProbabilityModel, role: int) -> list[object]:
    return [model.index(row).data(role) for row in range(model.rowCount())]


def test_rows_are_the_ten_digits_in_order(model: ProbabilityModel, predict: Predict) -> None:
    model.set_prediction(predict(7))
    texts = [str(text) for text in column(model, Qt.ItemDataRole.DisplayRole)]
    assert [text[0] for text in texts] == list("0123456789")


def test_rows_have_no_children(model: ProbabilityModel) -> None:
    assert model.rowCount(model.index(3)) == 0


def test_nothing_read_has_no_probabilities(model: ProbabilityModel) -> None:
    assert column(model, ProbabilityRole.PROBABILITY) == [None] * 10
    assert column(model, ProbabilityRole.LEADING) == [False] * 10
    assert column(model, ProbabilityRole.PERCENTAGE) == [""] * 10


def test_prediction_gives_every_row_its_probability(
    model: ProbabilityModel, predict: Predict
) -> None:
    prediction = predict(7, 0.9)
    model.set_prediction(prediction)
    assert column(model, ProbabilityRole.PROBABILITY) == list(prediction.probabilities)
    assert column(model, ProbabilityRole.LEADING) == [row == 7 for row in range(10)]
    assert column(model, ProbabilityRole.PERCENTAGE)[7] == "90.0\u202f%"


def test_no_row_leads_when_it_is_not_a_digit(model: ProbabilityModel, predict: Predict) -> None:
    model.set_prediction(predict(7, verdict=Verdict.NOT_A_DIGIT))
    assert not any(column(model, ProbabilityRole.LEADING))
    assert None not in column(model, ProbabilityRole.PROBABILITY)


def test_prediction_can_be_replaced_and_taken_away(
    model: ProbabilityModel, predict: Predict
) -> None:
    model.set_prediction(predict(7))
    model.set_prediction(predict(2))
    assert column(model, ProbabilityRole.LEADING) == [row == 2 for row in range(10)]
    model.set_prediction(None)
    assert column(model, ProbabilityRole.PROBABILITY) == [None] * 10


def test_same_prediction_changes_nothing(
    model: ProbabilityModel, predict: Predict, qtbot: QtBot
) -> None:
    model.set_prediction(predict(7))
    with qtbot.assertNotEmitted(model.dataChanged):
        model.set_prediction(predict(7))


def test_invalid_index_has_no_data(model: ProbabilityModel) -> None:
    assert model.data(QModelIndex()) is None

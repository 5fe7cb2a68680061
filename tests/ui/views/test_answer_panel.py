"""The answer panel: the right words, no flicker, no jumps."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from qtdigits.core.ink import Bounds, Ink
from qtdigits.core.network_status import NetworkState, NetworkStatus
from qtdigits.core.prediction import Prediction, Verdict
from qtdigits.core.reading import ReadDigit, Reading
from qtdigits.core.request import Result
from qtdigits.ui.theme_colors import DARK, LIGHT
from qtdigits.ui.views.answer_label import AnswerLabel
from qtdigits.ui.views.answer_panel import AnswerPanel

Predict = Callable[..., Prediction]
READY = NetworkStatus(NetworkState.READY, "Ready")


@pytest.fixture
def panel(qtbot: QtBot) -> AnswerPanel:
    panel = AnswerPanel(LIGHT)
    qtbot.addWidget(panel)
    panel.resize(348, 128)
    panel.show_status(READY)
    panel.show()
    return panel


def show(panel: AnswerPanel, *predictions: Prediction) -> None:
    """Show what was read: a digit, or a number of several."""
    blank = np.zeros((28, 28), np.float32)
    digits = tuple(ReadDigit(Bounds(0, 0, 1, 1), blank, one) for one in predictions)
    panel.show_result(Result(1, Ink(), Reading(digits)))


def text(panel: AnswerPanel, name: str) -> str:
    label = panel.findChild(QLabel, name)
    assert isinstance(label, QLabel)
    return label.text()


def color(panel: AnswerPanel) -> QColor:
    label = panel.findChild(AnswerLabel)
    assert isinstance(label, AnswerLabel)
    return label.color()


def test_empty_panel_asks_for_a_digit(panel: AnswerPanel) -> None:
    assert text(panel, "answerLabel") == ""
    assert text(panel, "verdictLabel") == "Write a digit"


def test_digit_is_shown_with_its_confidence(panel: AnswerPanel, predict: Predict) -> None:
    show(panel, predict(7, 0.99))
    assert text(panel, "answerLabel") == "7"
    assert text(panel, "verdictLabel") == "Quite sure"
    assert text(panel, "confidenceLabel") == (
        "99.0\u202f% · next best 9\nWrong? Press the right digit."
    )
    assert color(panel) == QColor(LIGHT.accent)


def test_unsure_answer_is_amber_and_names_both(panel: AnswerPanel, predict: Predict) -> None:
    show(panel, predict(4, 0.6, verdict=Verdict.UNSURE, candidates=(4, 9)))
    assert text(panel, "verdictLabel") == "4 or 9?"
    assert color(panel) == QColor(LIGHT.warn_large)


def test_no_digit_has_no_answer(panel: AnswerPanel, predict: Predict) -> None:
    show(panel, predict(4, 0.3, verdict=Verdict.NOT_A_DIGIT, candidates=()))
    assert text(panel, "answerLabel") == ""
    assert text(panel, "verdictLabel") == "Not a digit, I think"


def test_quick_answer_is_never_dimmed(panel: AnswerPanel, predict: Predict) -> None:
    show(panel, predict(7))
    for digit in (1, 7, 1):
        panel.show_pending()
        assert color(panel) == QColor(LIGHT.accent)
        show(panel, predict(digit))
        assert color(panel) == QColor(LIGHT.accent)


def test_slow_answer_leaves_the_last_one_dimmed(
    panel: AnswerPanel, predict: Predict, qtbot: QtBot
) -> None:
    show(panel, predict(7))
    panel.show_pending()
    qtbot.waitUntil(lambda: color(panel) != QColor(LIGHT.accent))
    assert text(panel, "answerLabel") == "7"
    show(panel, predict(1))
    assert text(panel, "answerLabel") == "1"
    assert color(panel) == QColor(LIGHT.accent)


def test_drawing_before_the_network_is_there_is_told_to_wait(
    panel: AnswerPanel, predict: Predict, qtbot: QtBot
) -> None:
    panel.show_status(NetworkStatus(NetworkState.LOADING, "Loading"))
    assert text(panel, "verdictLabel") == "Write a digit"
    panel.show_pending()
    qtbot.waitUntil(lambda: text(panel, "verdictLabel") == "One moment")
    show(panel, predict(7))
    assert text(panel, "answerLabel") == "7"


def test_label_is_acknowledged_before_there_is_an_answer(
    panel: AnswerPanel, predict: Predict
) -> None:
    panel.show_pending()
    panel.show_label(7)
    assert text(panel, "confidenceLabel") == "You said 7; that is kept with the drawing."
    show(panel, predict(7))
    assert text(panel, "confidenceLabel").endswith("Right: you said 7.")


def test_failed_network_is_said_plainly(panel: AnswerPanel) -> None:
    panel.show_status(NetworkStatus(NetworkState.FAILED, "Failed", "The file is gone."))
    assert text(panel, "verdictLabel") == "No answers now"


def test_erased_drawing_has_no_answer(panel: AnswerPanel, predict: Predict) -> None:
    show(panel, predict(7))
    panel.show_pending()
    panel.show_empty()
    assert text(panel, "answerLabel") == ""
    assert text(panel, "verdictLabel") == "Write a digit"


def test_panel_keeps_its_size_whatever_it_says(panel: AnswerPanel, predict: Predict) -> None:
    sizes = set()
    for prediction in (
        predict(1),
        predict(8, 0.999),
        predict(4, 0.6, verdict=Verdict.UNSURE, candidates=(4, 9)),
        predict(4, 0.3, verdict=Verdict.NOT_A_DIGIT, candidates=()),
    ):
        show(panel, prediction)
        hint, smallest = panel.sizeHint(), panel.minimumSizeHint()
        label = panel.findChild(QLabel, "verdictLabel")
        assert isinstance(label, QLabel)
        sizes.add((hint.height(), smallest.height(), label.y()))
    assert len(sizes) == 1


@pytest.mark.parametrize("digit", range(10))
def test_every_digit_fits_its_place(panel: AnswerPanel, predict: Predict, digit: int) -> None:
    show(panel, predict(digit, second=(digit + 1) % 10))
    label = panel.findChild(AnswerLabel)
    assert isinstance(label, AnswerLabel)
    image = label.grab().toImage()
    accent = QColor(LIGHT.accent)
    edge = [image.pixelColor(x, y) for x in (0, image.width() - 1) for y in range(image.height())]
    edge += [image.pixelColor(x, y) for y in (0, image.height() - 1) for x in range(image.width())]
    assert accent not in edge
    assert any(
        image.pixelColor(x, y) == accent
        for x in range(image.width())
        for y in range(image.height())
    )


def test_theme_change_recolors_the_digit(panel: AnswerPanel, predict: Predict) -> None:
    show(panel, predict(7))
    panel.set_theme(DARK)
    assert color(panel) == QColor(DARK.accent)


def number(predict: Predict, text: str, confidence: float = 0.999) -> list[Prediction]:
    return [predict(int(c), confidence, second=(int(c) + 1) % 10) for c in text]


def size(panel: AnswerPanel) -> int:
    label = panel.findChild(AnswerLabel)
    assert isinstance(label, AnswerLabel)
    return label.text_size_px()


def test_number_is_shown_whole_with_the_confidence_of_all(
    panel: AnswerPanel, predict: Predict
) -> None:
    show(panel, *number(predict, "2026"))
    assert text(panel, "answerLabel") == "2026"
    assert text(panel, "verdictLabel") == "Quite sure"
    assert text(panel, "confidenceLabel") == "99.6\u202f% for all\nWrong? Click it."


def test_unsure_digit_of_a_number_is_named(panel: AnswerPanel, predict: Predict) -> None:
    doubt = predict(4, 0.6, verdict=Verdict.UNSURE, candidates=(4, 9))
    show(panel, *number(predict, "20"), doubt)
    assert text(panel, "answerLabel") == "204"
    assert text(panel, "verdictLabel") == "The 4 may be a 9"
    assert color(panel) == QColor(LIGHT.warn_large)


def test_label_of_the_digit_looked_at_is_shown(panel: AnswerPanel, predict: Predict) -> None:
    show(panel, *number(predict, "20"))
    panel.show_label(2)
    assert text(panel, "confidenceLabel").endswith("Right: you said 2.")


def test_font_follows_the_count_of_digits_only(panel: AnswerPanel, predict: Predict) -> None:
    sizes = []
    for count in (1, 2, 4, 6, 10):
        show(panel, *number(predict, "8" * count))
        wide = size(panel)
        show(panel, *number(predict, "1" * count))
        assert size(panel) == wide
        sizes.append(wide)
    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) == len(sizes)


def test_very_long_number_is_known_whole_and_fits(panel: AnswerPanel, predict: Predict) -> None:
    show(panel, *number(predict, "1234567890" * 4))
    label = panel.findChild(AnswerLabel)
    assert isinstance(label, AnswerLabel)
    assert label.text() == "1234567890" * 4
    accent = QColor(LIGHT.accent)
    image = label.grab().toImage()
    for x in (0, image.width() - 1):
        assert all(image.pixelColor(x, y) != accent for y in range(image.height()))


def test_panel_keeps_its_height_for_a_number(panel: AnswerPanel, predict: Predict) -> None:
    heights = set()
    doubt = predict(4, 0.6, verdict=Verdict.UNSURE, candidates=(4, 9))
    sure = number(predict, "4442026")
    for digits in (sure[:1], sure[:2], sure, [*sure[:2], doubt, sure[2]]):
        show(panel, *digits)
        heights.add((panel.sizeHint().height(), panel.minimumSizeHint().height()))
    assert len(heights) == 1

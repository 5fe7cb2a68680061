"""The score of a shape falls with whatever speaks against its being one digit."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from qtdigits.core.model_card import ModelCard, read_card
from qtdigits.core.paths import shipped_model
from qtdigits.core.segmenting.form import Form
from qtdigits.core.segmenting.score import WEIGHTS, features, scores

FORM = Form(0.6, 1.0)


@pytest.fixture(scope="module")
def card() -> ModelCard:
    return read_card(shipped_model())


def sure(digit: int) -> NDArray[np.float32]:
    logits = np.zeros((1, 10), np.float32)
    logits[0, digit] = 4.0
    return logits


def score(card: ModelCard, form: Form, logits: NDArray[np.float32]) -> float:
    return float(scores(logits, [form], card, wide=False)[0])


@pytest.mark.parametrize(
    "form",
    [
        Form(1.2, 1.0),
        Form(0.6, 0.3),
        Form(0.6, 1.0, inside=0.4),
        Form(0.6, 1.0, out_of_time=1.0),
        Form(0.6, 1.0, cuts=1.0),
        Form(0.6, 1.0, strokes=2.0),
        Form(0.6, 1.0, contacts=1.0),
        Form(0.6, 1.0, crossings=1.0),
        Form(0.6, 1.0, gap=0.3),
    ],
)
def test_odd_form_lowers_the_score(card: ModelCard, form: Form) -> None:
    assert score(card, form, sure(3)) < score(card, FORM, sure(3))


def test_shape_that_is_no_digit_scores_lower(card: ModelCard) -> None:
    assert score(card, FORM, np.zeros((1, 10), np.float32)) < score(card, FORM, sure(3))


def test_no_digit_costs_more_where_the_ink_is_wide(card: ModelCard) -> None:
    """There, a division into two digits takes its place."""
    nothing = np.zeros((1, 10), np.float32)
    alone, in_a_number = (
        float(np.diff(scores(np.concatenate([nothing, sure(3)]), [FORM] * 2, card, wide=wide))[0])
        for wide in (False, True)
    )
    assert in_a_number > alone


def test_one_needs_more_to_speak_for_it(card: ModelCard) -> None:
    """Many a fragment of another digit looks like a 1."""
    assert score(card, FORM, sure(1)) < score(card, FORM, sure(3))


def test_bar_of_a_five_costs_less_than_a_second_stroke_of_a_three(card: ModelCard) -> None:
    two = replace(FORM, strokes=2.0)
    assert score(card, two, sure(5)) > score(card, two, sure(3))


def test_features_are_as_many_as_weights_and_finite_without_a_threshold(card: ModelCard) -> None:
    for threshold in (card.energy_threshold, math.inf):
        rows = features(sure(3), [FORM], replace(card, energy_threshold=threshold))
        assert rows.shape == (1, len(WEIGHTS))
        assert np.isfinite(rows).all()

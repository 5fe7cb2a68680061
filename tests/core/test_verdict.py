"""From logits to an honest answer."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from qtdigits.core.model_card import ModelCard
from qtdigits.core.prediction import Prediction, Verdict
from qtdigits.core.verdict import NOTHING_WRITTEN, free_energy, interpret, softmax

CARD = ModelCard("test", "small", 1, "2026-01-01T00:00:00+00:00", "0" * 64)


def logits(**at: float) -> NDArray[np.float32]:
    """One row of ten logits, zero but for those given, as d7=5.0."""
    row = np.zeros((1, 10), np.float32)
    for name, value in at.items():
        row[0, int(name[1:])] = value
    return row


def read(row: NDArray[np.float32], card: ModelCard = CARD) -> Prediction:
    return interpret(row, card)[0]


def test_softmax_of_known_logits_is_exact() -> None:
    row = np.log(np.array([[1.0, 2.0, 7.0]], np.float32))
    assert softmax(row)[0] == pytest.approx([0.1, 0.2, 0.7], abs=1e-6)


def test_softmax_of_huge_logits_does_not_overflow() -> None:
    assert softmax(np.array([[1e30, 0.0]], np.float32))[0] == pytest.approx([1.0, 0.0])


def test_softmax_with_temperature_divides_logits_first() -> None:
    assert softmax(logits(d3=6.0, d8=2.0), 2.0) == pytest.approx(softmax(logits(d3=3.0, d8=1.0)))


def test_free_energy_of_equal_logits_is_minus_log_of_their_number() -> None:
    assert free_energy(np.zeros((1, 10), np.float32))[0] == pytest.approx(-np.log(10))


def test_free_energy_of_huge_logits_does_not_overflow() -> None:
    assert free_energy(logits(d0=1e30))[0] == pytest.approx(-0.9e30)


def test_free_energy_does_not_change_with_a_constant_added_to_all_logits() -> None:
    row = np.linspace(-3, 5, 10, dtype=np.float32)[None]
    assert free_energy(row + 7)[0] == pytest.approx(free_energy(row)[0], rel=1e-5)


def test_free_energy_with_temperature_scales_as_defined() -> None:
    row = logits(d1=3.0, d2=-1.0)
    centred = row[0].astype(np.float64) - row[0].mean()
    expected = -2.0 * np.log(np.exp(centred / 2).sum())
    assert free_energy(row, 2.0)[0] == pytest.approx(expected)


def test_interpret_with_one_candidate_reads_a_digit() -> None:
    prediction = read(logits(d7=9.0))
    assert (prediction.verdict, prediction.text) == (Verdict.DIGIT, "7")
    assert prediction.candidates == (7,)


def test_interpret_with_two_candidates_is_unsure_best_first() -> None:
    prediction = read(logits(d4=8.0, d9=8.5), replace(CARD, conformal_threshold=0.2))
    assert prediction.verdict is Verdict.UNSURE
    assert prediction.candidates == (9, 4)


def test_interpret_without_candidates_is_unsure_of_the_two_most_probable() -> None:
    prediction = read(logits(d1=0.2, d5=0.1), replace(CARD, conformal_threshold=0.9))
    assert prediction.verdict is Verdict.UNSURE
    assert prediction.candidates == (1, 5)


def test_interpret_above_the_energy_threshold_is_not_a_digit() -> None:
    prediction = read(logits(d7=9.0), replace(CARD, energy_threshold=-20.0))
    assert (prediction.verdict, prediction.text) == (Verdict.NOT_A_DIGIT, "")


def test_interpret_below_the_energy_threshold_is_a_digit() -> None:
    assert read(logits(d7=9.0), replace(CARD, energy_threshold=-5.0)).verdict is Verdict.DIGIT


def test_interpret_gives_probabilities_at_the_cards_temperature() -> None:
    row = logits(d7=4.0)
    prediction = read(row, replace(CARD, temperature=3.0))
    assert prediction.probabilities == pytest.approx(softmax(row, 3.0)[0].tolist())
    assert sum(prediction.probabilities) == pytest.approx(1.0)


def test_interpret_of_no_rows_gives_no_predictions() -> None:
    assert interpret(np.zeros((0, 10), np.float32), CARD) == []


def test_nothing_written_says_nothing() -> None:
    assert NOTHING_WRITTEN.verdict is Verdict.EMPTY
    assert NOTHING_WRITTEN.text == ""

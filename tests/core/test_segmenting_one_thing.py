"""Narrow ink whose parts stand to each other as those of a letter do is one thing."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from qtdigits.core.ink import Ink
from qtdigits.core.model_card import ModelCard, read_card
from qtdigits.core.paths import shipped_model
from qtdigits.core.segmenting.one_thing import (
    WEIGHTS,
    is_one_thing,
    may_be_one_thing,
    one_thing_features,
)

Strokes = list[list[list[float]]]

LEFT: Strokes = [[[0, 0], [0, 100]]]
RIGHT: Strokes = [[[45, 0], [45, 100]]]
BAR: Strokes = [[[0, 50], [44, 50]]]
DOTS: Strokes = [[[0, 0], [2, 8]], [[1, 90], [3, 98]]]


@pytest.fixture(scope="module")
def card() -> ModelCard:
    return read_card(shipped_model())


def ink_of(*parts: Strokes) -> Ink:
    return Ink.from_json([stroke for part in parts for stroke in part])


def sure(*digits: int) -> NDArray[np.float32]:
    """Logits that are surely these digits; -1 for what is no digit."""
    logits = np.zeros((len(digits), 10), np.float32)
    for row, digit in zip(logits, digits, strict=True):
        if digit >= 0:
            row[digit] = 6.0
    return logits


def features(card: ModelCard, *parts: Strokes) -> dict[str, float]:
    inks = [ink_of(part) for part in parts]
    row = one_thing_features(ink_of(*parts), inks, sure(-1, *[1] * len(parts)), card)
    return {name: float(value) for value, (_, name) in zip(row, WEIGHTS, strict=True)}


def test_two_upright_strokes_are_two_digits(card: ModelCard) -> None:
    ink = ink_of(LEFT, RIGHT)
    assert not is_one_thing(ink, [ink_of(LEFT), ink_of(RIGHT)], sure(-1, 1, 1), card)


def test_part_that_is_no_digit_makes_it_one_thing(card: ModelCard) -> None:
    ink = ink_of(LEFT, RIGHT)
    assert is_one_thing(ink, [ink_of(LEFT), ink_of(RIGHT)], sure(-1, 1, -1), card)


def test_dots_far_below_each_other_must_be_surer_digits(card: ModelCard) -> None:
    logits = sure(-1, 1, 1) * np.float32(0.7)
    assert is_one_thing(ink_of(DOTS), [ink_of(DOTS[:1]), ink_of(DOTS[1:])], logits, card)
    assert not is_one_thing(ink_of(LEFT, RIGHT), [ink_of(LEFT), ink_of(RIGHT)], logits, card)


def test_bar_from_one_to_the_other_is_seen(card: ModelCard) -> None:
    apart, crossed = features(card, LEFT, RIGHT), features(card, LEFT, [*RIGHT, *BAR])
    assert apart["parts that touch"] == 0
    assert crossed["parts that touch"] == 1
    assert crossed["strokes beyond the first of a part"] == 1


def test_stroke_that_begins_at_another_is_seen(card: ModelCard) -> None:
    beginning = features(card, LEFT, [[[3, 50], [45, 100]]])
    passing = features(card, LEFT, [[[45, 100], [3, 50]]])
    assert beginning["parts that begin at another"] > passing["parts that begin at another"] == 0


def test_place_of_a_cut_is_no_beginning(card: ModelCard) -> None:
    """Nobody put the pen down there."""
    ink = Ink.from_json([[[0, 0], [20, 100], [40, 0]]])
    parts = [Ink.from_json([[[0, 0], [20, 100]]]), Ink.from_json([[[20, 100], [40, 0]]])]
    row = one_thing_features(ink, parts, sure(-1, 1, 1), card)
    names = [name for _, name in WEIGHTS]
    assert row[names.index("parts that begin at another")] == 0
    assert row[names.index("cuts")] == 1


def test_heights_of_parts_are_compared(card: ModelCard) -> None:
    half = features(card, LEFT, [[[45, 0], [45, 50]]])
    assert half["parts of unequal height"] == pytest.approx(0.5)
    assert half["parts that stand at unequal heights"] == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("parts", "arises"),
    [
        ([LEFT, RIGHT], True),
        ([LEFT], False),
        ([LEFT] * 9, False),
        ([LEFT, [[[61, 0], [61, 100]]]], False),
        ([LEFT, [[[61, 0], [61, 100]]], [[[40, 0], [40, 100]]]], True),
        ([LEFT, [[[1, 50], [250, 50]]]], False),
    ],
    ids=["two", "one", "many", "apart", "between", "wide"],
)
def test_question_arises_for_few_parts_close_to_each_other(
    parts: list[Strokes], arises: bool
) -> None:
    assert may_be_one_thing(ink_of(*parts), [ink_of(part) for part in parts]) is arises


def test_features_are_finite_without_a_threshold_and_for_a_dot(card: ModelCard) -> None:
    dots = [Ink.from_json([[[5, 5]]]), Ink.from_json([[[5, 5]]])]
    no_threshold = replace(card, energy_threshold=math.inf)
    row = one_thing_features(Ink.from_json([[[5, 5]], [[5, 5]]]), dots, sure(1, 1, 1), no_threshold)
    assert row.shape == (len(WEIGHTS),)
    assert np.isfinite(row).all()

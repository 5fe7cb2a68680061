"""The gate lets through what helps the person and harms nobody, as strong as that may be."""

from __future__ import annotations

import numpy as np
import pytest

from qtdigits.core.lesson_gate import Witness, judge

LABELS = np.arange(2000) % 10


def witness(right: int, gains: int = 0, losses: int = 0, n: int = 1000) -> Witness:
    """So many of n read right; the change turns so many wrong ones right, and right ones wrong."""
    labels = LABELS[:n]
    logits = np.eye(10, dtype=np.float32)[labels] * 6
    change = np.zeros((n, 10), np.float32)
    other = (labels + 1) % 10
    places = np.arange(n)
    wrong = places >= right
    logits[wrong] = np.eye(10, dtype=np.float32)[other[wrong]] * 6
    gained = places[right : right + gains]
    change[gained, labels[gained]] = 40
    lost = places[:losses]
    change[lost, other[lost]] = 13
    return Witness(logits, change, labels)


def test_help_without_harm_is_used_in_full() -> None:
    judgement = judge(witness(24, gains=4, n=30), witness(990))
    assert (judgement.used, judgement.strength) == (True, 1.0)
    assert "28 of 30 drawings right where 24 were" in judgement.reason


def test_lesson_that_reads_own_drawings_worse_is_refused() -> None:
    judgement = judge(witness(28, gains=1, losses=2, n=30), witness(990))
    assert not judgement.used
    assert "27 of 30 right, where 28 were" in judgement.reason


def test_lesson_that_changes_nothing_is_refused() -> None:
    judgement = judge(witness(30, n=30), witness(990))
    assert not judgement.used
    assert "no better" in judgement.reason


def test_lesson_that_only_makes_surer_is_used() -> None:
    own = witness(30, n=30)
    surer = Witness(own.logits, own.logits * np.float32(0.5), own.labels)
    judgement = judge(surer, witness(990))
    assert judgement.used
    assert "30 of 30 drawings are read right as before" in judgement.reason


def test_wrong_labels_show_as_few_read_right() -> None:
    judgement = judge(witness(15, gains=1, n=30), witness(990))
    assert not judgement.used
    assert "wrong labels" in judgement.reason


def test_harm_to_others_makes_the_change_weaker() -> None:
    """At less than half its strength this change loses none of the guard's digits."""
    judgement = judge(witness(24, gains=4, n=30), witness(990, losses=3))
    assert judgement.strength < 0.5
    assert judgement.guard.accuracy_after == judgement.guard.accuracy_before


def test_harm_at_any_strength_is_refused() -> None:
    guard = witness(990)
    worse = Witness(guard.logits, -10 * guard.logits, guard.labels)
    judgement = judge(witness(24, gains=4, n=30), worse)
    assert (judgement.used, judgement.strength) == (False, 0.0)
    assert "other people’s digits worse" in judgement.reason


def test_answers_that_drift_are_refused_though_all_stay_right() -> None:
    guard = witness(1000)
    doubtful = Witness(guard.logits, -0.9 * guard.logits, guard.labels)
    judgement = judge(witness(24, gains=4, n=30), doubtful)
    assert not judgement.used
    assert "change too much" in judgement.reason


@pytest.mark.parametrize(("losses", "strength"), [(0, 1.0), (2, 1.0), (3, 0.4)])
def test_a_tenth_of_a_point_is_allowed(losses: int, strength: float) -> None:
    judgement = judge(witness(24, gains=4, n=30), witness(1990, losses=losses, n=2000))
    assert judgement.used
    assert judgement.strength == strength

"""The figures over writers: what lessons take away, and whether anybody is worse off."""

from __future__ import annotations

import numpy as np
import pytest

from qtdigits.core.adaptation import Answers, adaptation_figures, sign_test
from qtdigits.core.model_card import ModelCard

CARD = ModelCard("n", "small", 1, "", "00")


def answers(before: int, after: int, n: int = 50) -> Answers:
    """So many errors of n before and after; the errors after are among those before, or more."""
    labels = np.arange(n) % 10

    def logits(errors: int) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
        read = np.where(np.arange(n) < errors, (labels + 1) % 10, labels)
        return np.eye(10, dtype=np.float32)[read] * 9

    return Answers(logits(before), logits(after), labels.astype(np.int64), used=1)


@pytest.mark.parametrize(
    ("first", "second", "p"), [(0, 0, 1.0), (1, 1, 1.0), (5, 0, 2 / 32), (8, 2, 2 * 56 / 1024)]
)
def test_sign_test_is_the_exact_binomial(first: int, second: int, p: float) -> None:
    assert sign_test(first, second) == pytest.approx(p)
    assert sign_test(second, first) == pytest.approx(p)


def test_errors_are_added_up_over_writers() -> None:
    figures = adaptation_figures({"a": answers(4, 1), "b": answers(2, 2), "c": answers(0, 0)}, CARD)
    assert (figures.before.errors, figures.after.errors, figures.n) == (6, 3, 150)
    assert figures.removed == pytest.approx(0.5)
    assert (figures.better, figures.worse, figures.p) == (1, 0, 1.0)


def test_writers_with_most_errors_come_first() -> None:
    figures = adaptation_figures({"a": answers(0, 0), "b": answers(3, 0)}, CARD)
    assert [one.writer for one in figures.writers] == ["b", "a"]
    assert (figures.writers[0].turned_right, figures.writers[0].turned_wrong) == (3, 0)


@pytest.mark.parametrize(("after", "clearly"), [(3, 0), (10, 1)])
def test_writer_is_clearly_worse_where_their_drawings_show_it(after: int, clearly: int) -> None:
    figures = adaptation_figures({"a": answers(1, after)}, CARD)
    assert (figures.worse, figures.clearly_worse) == (1, clearly)


def test_no_errors_leave_nothing_to_take_away() -> None:
    assert adaptation_figures({"a": answers(0, 0)}, CARD).removed is None

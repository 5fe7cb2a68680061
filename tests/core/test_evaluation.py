"""The figures agree with worked examples."""

from __future__ import annotations

import math

import numpy as np
import pytest

from qtdigits.core.evaluation import (
    ComparedAs,
    accuracy,
    compare,
    confusion_matrix,
    coverage,
    expected_calibration_error,
    mcnemar_exact,
    per_class_accuracy,
    reliability,
    right_by_group,
    wilson_interval,
)


def test_accuracy_counts_equal_ones() -> None:
    assert accuracy(np.array([1, 2, 3, 4]), np.array([1, 2, 3, 9])) == 0.75


@pytest.mark.parametrize("shape", [((0,), (0,)), ((2,), (3,)), ((2, 1), (2, 1))])
def test_accuracy_of_unfit_arrays_is_refused(shape: tuple[tuple[int, ...], ...]) -> None:
    with pytest.raises(ValueError, match="expected"):
        accuracy(np.zeros(shape[0], int), np.zeros(shape[1], int))


def test_wilson_interval_agrees_with_published_example() -> None:
    # Newcombe, 'Two-sided confidence intervals for the single proportion' (1998), table I.
    assert wilson_interval(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson_interval(15, 148) == pytest.approx((0.0624, 0.1605), abs=5e-5)
    assert wilson_interval(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)
    assert wilson_interval(1, 29) == pytest.approx((0.0061, 0.1718), abs=5e-5)


def test_wilson_interval_of_all_reaches_one() -> None:
    assert wilson_interval(7, 7).high == 1.0


@pytest.mark.parametrize(("successes", "n"), [(0, 0), (-1, 5), (6, 5)])
def test_wilson_interval_of_impossible_counts_is_refused(successes: int, n: int) -> None:
    with pytest.raises(ValueError, match="expected 0 <= successes"):
        wilson_interval(successes, n)


def test_confusion_has_true_digits_in_rows() -> None:
    confusion = confusion_matrix(np.array([7, 7, 7, 1], np.uint8), np.array([7, 1, 7, 1]))
    assert confusion.shape == (10, 10)
    assert confusion.sum() == 4
    assert (confusion[7, 7], confusion[7, 1], confusion[1, 7], confusion[1, 1]) == (2, 1, 0, 1)


def test_confusion_of_other_labels_is_refused() -> None:
    with pytest.raises(ValueError, match="digits from 0 to 9"):
        confusion_matrix(np.array([-1]), np.array([1]))


def test_per_class_accuracy_has_none_for_digits_without_images() -> None:
    confusion = confusion_matrix(np.array([7, 7, 1]), np.array([7, 1, 1]))
    shares = per_class_accuracy(confusion)
    assert (shares[7], shares[1], shares[0]) == (0.5, 1.0, None)


def test_calibration_error_is_the_gap_in_each_bin() -> None:
    confidences = np.array([0.9, 0.9, 0.9, 0.9, 0.3, 0.3])
    correct = np.array([True, True, True, False, False, True])
    expected = 4 / 6 * abs(0.75 - 0.9) + 2 / 6 * abs(0.5 - 0.3)
    assert expected_calibration_error(confidences, correct) == pytest.approx(expected)


def test_calibration_error_of_sure_and_right_is_zero() -> None:
    assert expected_calibration_error(np.ones(5, np.float32), np.ones(5, bool)) == 0.0


def test_calibration_bins_are_open_below() -> None:
    # 1/3 lies in the first of three bins together with 0.2; apart they would give 1/3 + 0.2.
    error = expected_calibration_error(np.array([1 / 3, 0.2]), np.array([True, False]), bins=3)
    assert error == pytest.approx(abs(1 - 1 / 3 - 0.2) / 2)


def test_calibration_of_impossible_confidence_is_refused() -> None:
    with pytest.raises(ValueError, match="confidences"):
        expected_calibration_error(np.array([np.nan]), np.array([True]))


def test_mcnemar_agrees_with_the_binomial_test() -> None:
    a = np.array([True] * 9 + [False] * 2 + [True] * 50)
    b = np.array([False] * 9 + [True] * 2 + [True] * 50)
    expected = 2 * sum(math.comb(11, k) for k in range(3)) / 2**11
    assert mcnemar_exact(a, b) == pytest.approx(expected)
    assert mcnemar_exact(b, a) == pytest.approx(expected)


def test_mcnemar_of_equal_answers_is_one() -> None:
    assert mcnemar_exact(np.ones(5, bool), np.ones(5, bool)) == 1.0


def test_mcnemar_of_many_answers_does_not_overflow() -> None:
    assert mcnemar_exact(np.ones(5000, bool), np.zeros(5000, bool)) == 0.0


def test_coverage_counts_errors_among_the_answered_only() -> None:
    correct = np.array([True, False, True, False])
    covered = coverage(correct, np.array([True, True, True, False]))
    assert covered.share == 0.75
    assert covered.error == pytest.approx(1 / 3)
    assert coverage(correct, np.array([True, False, True, False])) == (0.5, 0.0)


def test_coverage_without_an_answer_has_no_error() -> None:
    assert coverage(np.array([True]), np.array([False])) == (0.0, None)


def test_groups_come_worst_first() -> None:
    groups = ["ben", "anna", "ben", "cleo", "anna", "dora", "dora"]
    correct = np.array([False, True, True, True, True, False, True])
    found = right_by_group(groups, correct)
    assert list(found) == ["ben", "dora", "anna", "cleo"]
    assert found["ben"] == (2, 1)


def test_groups_of_another_length_are_refused() -> None:
    with pytest.raises(ValueError, match="a group for each image"):
        right_by_group(["anna"], np.array([True, False]))


@pytest.mark.parametrize(
    ("only_first", "only_second", "words"),
    [
        (5, 0, ComparedAs.NO_CLEAR_DIFFERENCE),  # p = 1/16
        (6, 0, ComparedAs.BETTER),  # p = 1/32
        (0, 6, ComparedAs.WORSE),
        (0, 0, ComparedAs.NO_CLEAR_DIFFERENCE),
        (30, 28, ComparedAs.NO_CLEAR_DIFFERENCE),
    ],
)
def test_comparison_is_put_into_words(only_first: int, only_second: int, words: ComparedAs) -> None:
    first = np.repeat([True, False, True], [only_first, only_second, 100])
    second = np.repeat([False, True, True], [only_first, only_second, 100])
    found = compare(first, second)
    assert (found.only_first, found.only_second, found.first_is) == (only_first, only_second, words)


def test_reliability_has_the_bins_of_the_calibration_error() -> None:
    rng = np.random.default_rng(5)
    confidences = rng.random(500)
    correct = rng.random(500) < confidences**2
    bins = reliability(confidences, correct)
    assert [(one.low, one.high) for one in bins[:1] + bins[-1:]] == [(0, 1 / 15), (14 / 15, 1)]
    assert sum(one.n for one in bins) == 500
    gap = sum(
        one.n / 500 * abs(one.accuracy - one.confidence)
        for one in bins
        if one.accuracy is not None and one.confidence is not None
    )
    assert gap == pytest.approx(expected_calibration_error(confidences, correct))


def test_empty_bin_of_reliability_has_no_accuracy() -> None:
    bins = reliability(np.array([0.05, 1.0]), np.array([False, True]), bins=2)
    assert bins == ((0.0, 0.5, 1, 0.05, 0.0), (0.5, 1.0, 1, 1.0, 1.0))
    assert reliability(np.array([1.0]), np.array([True]), bins=2)[0].accuracy is None

"""The verdict on a new network, in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qtdigits.core.evaluation import ComparedAs, Interval
from qtdigits.core.result_words import evidence_sentence, exact_percentage, verdict_sentence
from qtdigits.core.training_figures import ComparedNetwork, MeasuredOn, ResultFigures

OTHER = ComparedNetwork("old", 0.9, Interval(0.88, 0.92), 30, 5, 0.0001, ComparedAs.BETTER)
FIGURES = ResultFigures(
    MeasuredOn.TEST, 1000, 0.9515, Interval(0.93, 0.96), 0.01, ((0,) * 10,) * 10, (), (), OTHER
)


@pytest.mark.parametrize(
    ("verdict", "beginning"),
    [
        (ComparedAs.BETTER, "Better: "),
        (ComparedAs.WORSE, "Worse: "),
        (ComparedAs.NO_CLEAR_DIFFERENCE, "No clear difference: "),
    ],
)
def test_sentence_begins_with_the_verdict(verdict: ComparedAs, beginning: str) -> None:
    said = verdict_sentence(replace(FIGURES, compared=replace(OTHER, verdict=verdict)))
    assert said.startswith(f"{beginning}95.15\u202f%")
    assert "90.00\u202f%" in said
    assert "“old”" in said


def test_nothing_to_compare_with_is_no_verdict() -> None:
    assert verdict_sentence(replace(FIGURES, compared=None)) == "It reads 95.15\u202f% right."


def test_evidence_names_the_images_and_the_test() -> None:
    said = evidence_sentence(FIGURES)
    assert said.startswith("Measured on 1,000 test digits")
    assert "30 of them only the new one" in said
    assert "p < 0.001" in said
    weak = replace(FIGURES, compared=replace(OTHER, p=0.3))
    assert "p = 0.300" in evidence_sentence(weak)
    kept_back = replace(FIGURES, measured_on=MeasuredOn.VALIDATION, compared=None)
    assert "kept back" in evidence_sentence(kept_back)


def test_counted_share_may_be_the_whole() -> None:
    assert exact_percentage(1.0) == "100.00\u202f%"

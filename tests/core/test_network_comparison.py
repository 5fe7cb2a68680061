"""Two networks beside each other, as the command line prints it and as it is said."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from qtdigits.core.evaluation import ComparedAs, Interval
from qtdigits.core.network_comparison import (
    NetworkComparison,
    comparison_evidence,
    comparison_sentence,
)

FOUND = NetworkComparison(
    first="old",
    second="new",
    n=5000,
    first_accuracy=0.9915,
    first_interval=Interval(0.9885, 0.9937),
    second_accuracy=0.981,
    second_interval=Interval(0.977, 0.9845),
    only_first_right=71,
    only_second_right=19,
    p=1e-7,
    first_is=ComparedAs.BETTER,
)
PRINTED: dict[str, Any] = {
    "n": 5000,
    "accuracy": 0.9915,
    "interval": [0.9885, 0.9937],
    "compare": {
        "accuracy": 0.981,
        "interval": [0.977, 0.9845],
        "only_this_right": 71,
        "only_other_right": 19,
        "p": 1e-7,
        "verdict": "better",
    },
    "model": {"name": "old", "sha256": ""},
    "compared_with": {"name": "new", "sha256": ""},
}


def test_what_the_command_prints_is_read() -> None:
    assert NetworkComparison.from_json(json.dumps(PRINTED)) == FOUND


@pytest.mark.parametrize("text", ["", "[]", "{}", json.dumps(PRINTED | {"compare": {"p": 2}})])
def test_what_is_no_comparison_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"without figures|no digits"):
        NetworkComparison.from_json(text)


@pytest.mark.parametrize(
    ("first_is", "sentence"),
    [
        (ComparedAs.BETTER, "“old” is better: 99.15\u202f% right, where “new” reads 98.10\u202f%."),
        (ComparedAs.WORSE, "“new” is better: 98.10\u202f% right, where “old” reads 99.15\u202f%."),
        (
            ComparedAs.NO_CLEAR_DIFFERENCE,
            "No clear difference: “old” reads 99.15\u202f% right, “new” 98.10\u202f%.",
        ),
    ],
)
def test_verdict_is_said_from_both_sides(first_is: ComparedAs, sentence: str) -> None:
    assert comparison_sentence(replace(FOUND, first_is=first_is)) == sentence


def test_evidence_has_counts_test_and_intervals() -> None:
    assert comparison_evidence(FOUND, "digits of mine.npz") == (
        "Measured on 5,000 digits of mine.npz. 71 of them only “old” reads right, 19 only “new” "
        "(McNemar's test, p < 0.001). The 95\u202f% intervals are 98.85 to 99.37\u202f% "
        "and 97.70 to 98.45\u202f%."
    )

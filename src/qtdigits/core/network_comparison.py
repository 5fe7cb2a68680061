"""Two networks beside each other on the same digits, in figures and in words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Self

from qtdigits.core.evaluation import ComparedAs, Interval
from qtdigits.core.result_words import exact_percentage, p_words
from qtdigits.core.training_figures import count, share


@dataclass(frozen=True, slots=True)
class NetworkComparison:
    """What `qtdigits models compare --json` says of two networks.

    Each has read the same n digits; accuracies are fractions with their 95 % intervals. first_is
    says how the first does beside the second, by McNemar's test with the p-value p.
    """

    first: str
    second: str
    n: int
    first_accuracy: float
    first_interval: Interval
    second_accuracy: float
    second_interval: Interval
    only_first_right: int
    only_second_right: int
    p: float
    first_is: ComparedAs

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Raises ValueError with a sentence for what is no such comparison."""
        try:
            values: dict[str, Any] = json.loads(text)
            found = cls._from_values(values) if "accuracy" in values else None
        except (KeyError, TypeError, ValueError, RecursionError) as error:
            raise ValueError("the comparison ended without figures") from error
        if found is None:
            raise ValueError("there are no digits in these data")
        return found

    @classmethod
    def _from_values(cls, values: dict[str, Any]) -> Self:
        other = values["compare"]
        return cls(
            first=str(values["model"]["name"]),
            second=str(values["compared_with"]["name"]),
            n=count(values["n"]),
            first_accuracy=share(values["accuracy"]),
            first_interval=_interval(values["interval"]),
            second_accuracy=share(other["accuracy"]),
            second_interval=_interval(other["interval"]),
            only_first_right=count(other["only_this_right"]),
            only_second_right=count(other["only_other_right"]),
            p=share(other["p"]),
            first_is=ComparedAs(other["verdict"]),
        )


def comparison_sentence(found: NetworkComparison) -> str:
    """The verdict in a sentence."""
    first, second = f"“{found.first}”", f"“{found.second}”"
    right, other = exact_percentage(found.first_accuracy), exact_percentage(found.second_accuracy)
    match found.first_is:
        case ComparedAs.BETTER:
            return f"{first} is better: {right} right, where {second} reads {other}."
        case ComparedAs.WORSE:
            return f"{second} is better: {other} right, where {first} reads {right}."
        case ComparedAs.NO_CLEAR_DIFFERENCE:
            return f"No clear difference: {first} reads {right} right, {second} {other}."


def comparison_evidence(found: NetworkComparison, data: str) -> str:
    """What the verdict rests on; data: what was read, such as 'digits of the synthetic pen'."""
    return (
        f"Measured on {found.n:,} {data}. {found.only_first_right:,} of them only "
        f"“{found.first}” reads right, {found.only_second_right:,} only “{found.second}” "
        f"({p_words(found.p)}). The 95\u202f% intervals are "
        f"{_interval_words(found.first_interval)} and {_interval_words(found.second_interval)}."
    )


def _interval_words(interval: Interval) -> str:
    return f"{interval.low * 100:.2f} to {exact_percentage(interval.high)}"


def _interval(values: list[Any]) -> Interval:
    low, high = values
    return Interval(share(low), share(high))

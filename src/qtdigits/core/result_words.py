"""What came of a training run, in words: the same on the screen and in the tests."""

from __future__ import annotations

from qtdigits.core.evaluation import ComparedAs
from qtdigits.core.training_figures import MeasuredOn, ResultFigures


def exact_percentage(share: float) -> str:
    """A share (0..1) of what was counted, such as '98.85 %'; here 100 % is a true figure."""
    return f"{share * 100:.2f}\u202f%"


def verdict_sentence(figures: ResultFigures) -> str:
    """The result in one sentence, beginning with its verdict."""
    new = exact_percentage(figures.accuracy)
    other = figures.compared
    if other is None:
        return f"It reads {new} right."
    before = exact_percentage(other.accuracy)
    match other.verdict:
        case ComparedAs.BETTER:
            return f"Better: {new} right, where “{other.name}” reads {before}."
        case ComparedAs.WORSE:
            return f"Worse: {new} right, where “{other.name}” reads {before}."
        case ComparedAs.NO_CLEAR_DIFFERENCE:
            return f"No clear difference: {new} right, and {before} with “{other.name}”."


def evidence_sentence(figures: ResultFigures) -> str:
    """What the verdict rests on."""
    kind = {
        MeasuredOn.TEST: "test digits, which neither network learnt from",
        MeasuredOn.VALIDATION: "digits that were kept back from this training",
    }[figures.measured_on]
    said = f"Measured on {figures.n:,} {kind}."
    other = figures.compared
    if other is None:
        return said
    return (
        f"{said} {other.only_new_right:,} of them only the new one reads right, "
        f"{other.only_other_right:,} only “{other.name}” ({p_words(other.p)})."
    )


def p_words(p: float) -> str:
    """A p-value with the name of its test."""
    return "McNemar's test, p < 0.001" if p < 0.001 else f"McNemar's test, p = {p:.3f}"

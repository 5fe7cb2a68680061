"""How well numbers are read: whole strings and single digits, beside the plain method."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qtdigits.core.evaluation import Interval, wilson_interval
from qtdigits.core.ink import Ink
from qtdigits.core.numbers.components import read_components
from qtdigits.core.recognizer import Recognizer
from qtdigits.core.segment import read_ink


@dataclass(frozen=True, slots=True)
class ReadNumber:
    """A number, what was read, and what the method of connected components reads.

    label, text, components: digits only, '' for none. kind: which kind of number it is, '' where
    the file does not say it. place: where it stands, such as 'line 7'.
    """

    label: str
    text: str
    components: str
    kind: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class NumberFigures:
    """Of n numbers with `digits` digits, how many were read right; see right_digits for digits."""

    n: int
    right: int
    digits: int
    digits_right: int

    @property
    def accuracy(self) -> float:
        """The share of numbers whose every digit was read, and nothing else."""
        return self.right / self.n

    @property
    def interval(self) -> Interval:
        """The 95 % interval for `accuracy`."""
        return wilson_interval(self.right, self.n)

    @property
    def digit_accuracy(self) -> float:
        return self.digits_right / self.digits


def read_number(label: str, ink: Ink, recognizer: Recognizer, kind: str, place: str) -> ReadNumber:
    """Read a number both ways. Spaces and lines do not count: the label has none."""
    text = "".join(read_ink(ink, recognizer).text.split())
    return ReadNumber(label, text, read_components(ink, recognizer), kind, place)


def number_figures(
    numbers: Sequence[ReadNumber], text_of: Callable[[ReadNumber], str]
) -> NumberFigures:
    """The figures of at least one number; text_of says which of the two answers counts."""
    return NumberFigures(
        len(numbers),
        sum(text_of(number) == number.label for number in numbers),
        sum(len(number.label) for number in numbers),
        sum(right_digits(number.label, text_of(number)) for number in numbers),
    )


def right_digits(label: str, text: str) -> int:
    """How many digits of a label are in the text, in the same order.

    It is the length of the longest common subsequence: a digit that was missed, or read where there
    is none, does not make those after it wrong.
    """
    above = [0] * (len(text) + 1)
    for wanted in label:
        row = [0]
        for at, read in enumerate(text):
            row.append(above[at] + 1 if wanted == read else max(above[at + 1], row[at]))
        above = row
    return above[-1]

"""What the result page shows of a trained network, measured on images that it never learnt from."""

from __future__ import annotations

import base64
import sys
import zlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from qtdigits.core.evaluation import CLASSES, ComparedAs, Interval, ReliabilityBin
from qtdigits.core.foreign_text import brief
from qtdigits.core.raster import SIDE

_PIXELS: Final = SIDE * SIDE
_LARGEST: Final = sys.float_info.max


class MeasuredOn(StrEnum):
    """The images that a network was measured on: the test part, else those kept back."""

    TEST = "test"
    VALIDATION = "validation"


@dataclass(frozen=True, slots=True)
class ReadImage:
    """A digit image, its label, and what the network reads; pixels: 784 bytes, 255 for ink."""

    label: int
    answer: int
    confidence: float
    pixels: bytes

    @property
    def is_right(self) -> bool:
        """Is the answer the label?"""
        return self.answer == self.label

    def image(self) -> NDArray[np.uint8]:
        """The pixels, shape (28, 28)."""
        return np.frombuffer(self.pixels, np.uint8).reshape(SIDE, SIDE)

    def to_json(self) -> list[Any]:
        packed = base64.b64encode(zlib.compress(self.pixels)).decode("ascii")
        return [self.label, self.answer, self.confidence, packed]

    @classmethod
    def from_json(cls, values: list[Any]) -> Self:
        label, answer, confidence, packed = values
        unpacker = zlib.decompressobj()
        pixels = unpacker.decompress(base64.b64decode(packed, validate=True), _PIXELS + 1)
        if len(pixels) != _PIXELS:
            raise ValueError(f"an image has {_PIXELS} pixels, got {len(pixels)}")
        return cls(_digit(label), _digit(answer), share(confidence), pixels)


@dataclass(frozen=True, slots=True)
class ComparedNetwork:
    """Another network, usually the current one, on the same images.

    verdict says how the new network does beside it, by McNemar's test with the p-value p.
    """

    name: str
    accuracy: float
    interval: Interval
    only_new_right: int
    only_other_right: int
    p: float
    verdict: ComparedAs

    def to_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "accuracy": self.accuracy,
            "interval": list(self.interval),
            "only_new_right": self.only_new_right,
            "only_other_right": self.only_other_right,
            "p": self.p,
            "verdict": self.verdict.value,
        }

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        return cls(
            str(values["name"]),
            share(values["accuracy"]),
            _interval(values["interval"]),
            count(values["only_new_right"]),
            count(values["only_other_right"]),
            share(values["p"]),
            ComparedAs(values["verdict"]),
        )


@dataclass(frozen=True, slots=True)
class ResultFigures:
    """All figures of a result page; each is what `qtdigits evaluate --json` says of the same.

    n counts digits; confusion: row i, column j is how often the digit i was read as j. examples:
    the most confident mistakes, then for each digit the least confident of those read right.
    """

    measured_on: MeasuredOn
    n: int
    accuracy: float
    interval: Interval
    ece: float
    confusion: tuple[tuple[int, ...], ...]
    reliability: tuple[ReliabilityBin, ...]
    examples: tuple[ReadImage, ...]
    compared: ComparedNetwork | None = None

    @property
    def mistakes(self) -> tuple[ReadImage, ...]:
        """The images read wrong, the most confident first."""
        return tuple(example for example in self.examples if not example.is_right)

    def cell(self, label: int, answer: int) -> tuple[ReadImage, ...]:
        """Examples for one cell of the confusion matrix."""
        return tuple(e for e in self.examples if (e.label, e.answer) == (label, answer))

    def to_json(self) -> dict[str, Any]:
        return {
            "measured_on": self.measured_on.value,
            "n": self.n,
            "accuracy": self.accuracy,
            "interval": list(self.interval),
            "ece": self.ece,
            "confusion": [list(row) for row in self.confusion],
            "reliability": [list(one) for one in self.reliability],
            "examples": [example.to_json() for example in self.examples],
            "compared": self.compared.to_json() if self.compared else None,
        }

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        """Raises ValueError, TypeError or KeyError for what is not such an object."""
        confusion = tuple(tuple(count(n) for n in row) for row in values["confusion"])
        if [len(row) for row in confusion] != [CLASSES] * CLASSES:
            raise ValueError("the confusion matrix must have ten rows of ten")
        compared = values.get("compared")
        return cls(
            MeasuredOn(values["measured_on"]),
            count(values["n"]),
            share(values["accuracy"]),
            _interval(values["interval"]),
            share(values["ece"]),
            confusion,
            tuple(_bin(one) for one in values["reliability"]),
            tuple(ReadImage.from_json(one) for one in values["examples"]),
            None if compared is None else ComparedNetwork.from_json(compared),
        )


def number(value: object) -> float:
    """A number that is one; raises ValueError."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"expected a number, got {brief(value)}")
    # Compared as it is: a whole number may be too large for a float. False for NaN, too.
    if not -_LARGEST <= value <= _LARGEST:
        raise ValueError(f"expected a number, got {brief(value)}")
    return float(value)


def share(value: object) -> float:
    """A number from 0 to 1 (a rounding error above is let pass); raises ValueError."""
    if not 0 <= (found := number(value)) <= 1 + 1e-6:
        raise ValueError(f"expected a number from 0 to 1, got {found:g}")
    return found


def count(value: object) -> int:
    """A whole number of things; raises ValueError."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(f"expected a whole number, got {brief(value)}")
    return value


def _digit(value: object) -> int:
    if (found := count(value)) >= CLASSES:
        raise ValueError(f"expected a digit, got {found}")
    return found


def _interval(values: list[Any]) -> Interval:
    low, high = values
    return Interval(share(low), share(high))


def _bin(values: list[Any]) -> ReliabilityBin:
    low, high, n, confidence, accuracy = values
    return ReliabilityBin(
        share(low),
        share(high),
        count(n),
        None if confidence is None else share(confidence),
        None if accuracy is None else share(accuracy),
    )

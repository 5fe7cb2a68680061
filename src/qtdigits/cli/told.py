"""What `qtdigits recognize` prints for a picture or a drawing: a line of words, or of JSON."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qtdigits.core.prediction import Prediction
    from qtdigits.core.reading import ReadDigit, Reading


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What was read in a picture, or in the drawing on one line of a strokes file.

    scale: pixels of the picture for each unit of the reading's bounds.
    """

    file: Path
    line: int | None
    reading: Reading
    scale: float


@dataclass(frozen=True, slots=True)
class Told:
    """One answer as it is printed: text stands behind the name, which JSON has in it.

    refused: whether text is the sentence about something that cannot be read.
    """

    name: str
    text: str
    refused: bool = False


def refusal(error: ValueError) -> Told:
    """The sentence of an error."""
    return Told("", str(error), refused=True)


def told(answer: Answer, as_json: bool) -> Told:
    """An answer in words or as a JSON object, on one line."""
    if as_json:
        return Told("", json.dumps(_as_json(answer)))
    from qtdigits.core.data_files.regular import shown

    name = shown(answer.file) + ("" if answer.line is None else f", line {answer.line}")
    return Told(name, _in_words(answer.reading))


def _as_json(answer: Answer) -> dict[str, object]:
    reading = answer.reading
    values: dict[str, object] = {"file": os.fspath(answer.file)}
    if answer.line is not None:
        values["line"] = answer.line
    values |= {
        "text": reading.text,
        "confidence": round(reading.confidence, 6),
        "verdict": reading.verdict.value,
    }
    if len(reading) <= 1:
        values |= {"candidates": [], "probabilities": []}
    if len(reading) == 1:
        only = reading.digits[0].prediction
        values["confidence"] = round(only.confidence, 6)
        values |= _prediction_json(only)
    return values | {"digits": [_digit_json(digit, answer.scale) for digit in reading]}


def _digit_json(digit: ReadDigit, scale: float) -> dict[str, object]:
    prediction = digit.prediction
    return {
        "text": prediction.text,
        "confidence": round(prediction.confidence, 6),
        "verdict": prediction.verdict.value,
        **_prediction_json(prediction),
        "box": [round(edge * scale, 2) for edge in digit.bounds],
        "line": digit.line,
        "number": digit.number,
    }


def _prediction_json(prediction: Prediction) -> dict[str, object]:
    return {
        "candidates": list(prediction.candidates),
        "probabilities": [round(p, 6) for p in prediction.probabilities],
    }


def _in_words(reading: Reading) -> str:
    from qtdigits.core.prediction import Verdict
    from qtdigits.core.wording import plain_percentage

    if not len(reading):
        return "–           no digit found"
    text = " / ".join(reading.text.splitlines())
    if not text:
        return "–           not a digit"
    confidence = f"{plain_percentage(reading.confidence):>7}"
    if reading.verdict is Verdict.DIGIT:
        return f"{text}  {confidence}"
    refused = sum(digit.prediction.verdict is Verdict.NOT_A_DIGIT for digit in reading)
    if refused:
        return f"{text}  {confidence}  beside {refused} that {_verb(refused)} not a digit"
    candidates = reading.digits[0].prediction.candidates if len(reading) == 1 else ()
    choice = " or ".join(str(digit) for digit in candidates)
    return f"{text}  {confidence}  unsure" + (f": {choice}" if choice else "")


def _verb(count: int) -> str:
    return "is" if count == 1 else "are"

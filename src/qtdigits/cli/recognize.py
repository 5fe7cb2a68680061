"""qtdigits recognize: read pictures and strokes files."""

from __future__ import annotations

import argparse
import json
import os
from typing import TYPE_CHECKING

from qtdigits.cli.arguments import add_json, add_model, path
from qtdigits.cli.errors import BAD_INPUT, say
from qtdigits.cli.named_files import how_many, named_files
from qtdigits.cli.progress import Progress
from qtdigits.cli.reading import load_network
from qtdigits.cli.recognizing import Answer, answers

if TYPE_CHECKING:
    from qtdigits.cli.arguments import Subparsers
    from qtdigits.core.prediction import Prediction
    from qtdigits.core.reading import ReadDigit


def add_parser(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser(
        "recognize",
        help="read the numbers in pictures and strokes files",
        description="Read the digits and numbers in each picture (PNG, JPEG, BMP, GIF, WebP, TIFF) "
        "and each drawing of a strokes file (JSON Lines, gzipped or not).",
    )
    parser.add_argument(
        "files",
        nargs="+",
        type=path,
        metavar="FILE",
        help="a file, a folder of them, or - for a list of them on standard input, one a line",
    )
    add_model(parser)
    add_json(parser, "one JSON object a line for each picture or drawing")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Read all files; those that cannot be read are told, and make the exit status 2."""
    refused = False
    width = 0
    progress = Progress(how_many(args.files))
    for answer in answers(named_files(args.files), lambda: load_network(args.model)):
        if isinstance(answer, ValueError):
            progress.clear()
            say(str(answer))
            refused = True
        elif args.json:
            print(json.dumps(_as_json(answer)))
        else:
            name = _name(answer)
            width = max(width, len(name))
            print(f"{name:<{width}}  {_in_words(answer)}".rstrip())
        progress.add()
    progress.clear()
    return BAD_INPUT if refused else 0


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


def _name(answer: Answer) -> str:
    from qtdigits.core.data_files.regular import shown

    return shown(answer.file) + ("" if answer.line is None else f", line {answer.line}")


def _in_words(answer: Answer) -> str:
    from qtdigits.core.prediction import Verdict

    reading = answer.reading
    if not len(reading):
        return "–           no digit found"
    text = " / ".join(reading.text.splitlines())
    if not text:
        return "–           not a digit"
    confidence = f"{100 * reading.confidence:5.1f} %"
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

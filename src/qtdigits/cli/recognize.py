"""qtdigits recognize: read pictures and strokes files."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qtdigits.cli.arguments import add_json, add_model, path
from qtdigits.cli.errors import BAD_INPUT, say
from qtdigits.cli.reading import load_network, read_images

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from qtdigits.cli.arguments import Subparsers
    from qtdigits.core.prediction import Prediction
    from qtdigits.core.raster import DigitImage


@dataclass(frozen=True, slots=True)
class _Item:
    """Something to read: a picture, or the drawing on one line of a strokes file."""

    file: Path
    line: int | None
    image: NDArray[np.uint8]


def add_parser(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser(
        "recognize",
        help="read the digit in pictures and strokes files",
        description="Read the digit in each picture (PNG, JPEG, BMP, GIF, WebP, TIFF) and each "
        "drawing of a strokes file (JSON Lines, gzipped or not).",
    )
    parser.add_argument("files", nargs="+", type=path, metavar="FILE")
    add_model(parser)
    add_json(parser, "one JSON object a line for each picture or drawing")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Read all files; those that cannot be read are told, and make the exit status 2."""
    import numpy as np

    items: list[_Item] = []
    refused = False
    for file in args.files:
        try:
            items += list(_items(file))
        except ValueError as error:
            say(str(error))
            refused = True
    if items:
        recognizer = load_network(args.model)
        predictions = read_images(recognizer, np.stack([item.image for item in items]))
        if args.json:
            for item, prediction in zip(items, predictions, strict=True):
                print(json.dumps(_as_json(item, prediction)))
        else:
            _print_table(items, predictions)
    return BAD_INPUT if refused else 0


def _items(file: Path) -> Iterator[_Item]:
    """What there is to read in a file; raises ValueError with a sentence."""
    from qtdigits.core.data_files.regular import Content, content_of, shown
    from qtdigits.core.data_files.strokes import read_drawings
    from qtdigits.core.pictures import read_digit_image
    from qtdigits.core.raster import rasterize

    match content_of(file):
        case Content.STROKES:
            for drawing in read_drawings(file):
                yield _Item(file, drawing.line, _as_bytes(rasterize(drawing.ink)))
        case Content.PICTURE:
            yield _Item(file, None, _as_bytes(read_digit_image(file)))
        case Content.NPZ | Content.IDX:
            raise ValueError(f"{shown(file)} is a data set; read it with qtdigits evaluate")
        case Content.OTHER:
            raise ValueError(
                f"{shown(file)} is neither a picture nor a strokes file; "
                "give a PNG, JPEG, BMP, GIF, WebP, TIFF or .jsonl file"
            )


def _as_bytes(image: DigitImage | None) -> NDArray[np.uint8]:
    import numpy as np

    return np.zeros((28, 28), np.uint8) if image is None else np.rint(image * 255).astype(np.uint8)


def _as_json(item: _Item, prediction: Prediction) -> dict[str, object]:
    from qtdigits.core.prediction import Verdict

    empty = prediction.verdict is Verdict.EMPTY
    answer: dict[str, object] = {"file": os.fspath(item.file)}
    if item.line is not None:
        answer["line"] = item.line
    return answer | {
        "text": prediction.text,
        "confidence": 0.0 if empty else round(prediction.confidence, 6),
        "verdict": prediction.verdict.value,
        "candidates": list(prediction.candidates),
        "probabilities": [] if empty else [round(p, 6) for p in prediction.probabilities],
    }


def _print_table(items: list[_Item], predictions: list[Prediction]) -> None:
    from qtdigits.core.data_files.regular import shown

    names = [
        shown(item.file) + ("" if item.line is None else f", line {item.line}") for item in items
    ]
    width = max(map(len, names))
    for name, prediction in zip(names, predictions, strict=True):
        print(f"{name:<{width}}  {_in_words(prediction)}".rstrip())


def _in_words(prediction: Prediction) -> str:
    from qtdigits.core.prediction import Verdict

    confidence = f"{100 * prediction.confidence:5.1f} %"
    match prediction.verdict:
        case Verdict.DIGIT:
            return f"{prediction.digit}  {confidence}"
        case Verdict.UNSURE:
            choice = " or ".join(str(digit) for digit in prediction.candidates)
            return f"{prediction.digit}  {confidence}  unsure" + (f": {choice}" if choice else "")
        case Verdict.NOT_A_DIGIT:
            return "–           not a digit"
        case Verdict.EMPTY:
            return "–           no digit found"
        case Verdict.UNREAD:
            return "–           not read"

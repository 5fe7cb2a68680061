"""qtdigits evaluate: measure a network on labelled data."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING

from qtdigits.cli.arguments import add_json, add_model, path
from qtdigits.cli.errors import say
from qtdigits.cli.reading import load_network, read_images

if TYPE_CHECKING:
    from qtdigits.cli.arguments import Subparsers


def add_parser(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser(
        "evaluate",
        help="measure how well a network reads labelled data",
        description="Measure how well a network reads labelled data: numpy archives such as "
        "mnist.npz, IDX files, strokes files, and folders with pictures in sub-folders named by "
        "their label. Data whose labels are not digits show what the network refuses to read.",
    )
    parser.add_argument("data", nargs="+", type=path, metavar="DATA")
    add_model(parser)
    parser.add_argument(
        "--part",
        choices=("test", "train"),
        default="test",
        help="which part to measure on, where the data have both (default: test)",
    )
    add_json(parser, "one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Measure on each of the data, and on all together where there are several."""
    from qtdigits.cli.figures import figures, joined
    from qtdigits.cli.tables import report
    from qtdigits.core.data_files.reader import read_digit_set

    sets = [read_digit_set(data, args.part) for data in args.data]
    recognizer = load_network(args.model)
    answered = [(digit_set, read_images(recognizer, digit_set.images)) for digit_set in sets]
    results = [figures(*one) for one in answered]
    if len(results) > 1:
        results.append(figures(*joined(answered)) | {"sets": list(results)})
    if args.json:
        model = {"name": recognizer.card.name, "sha256": recognizer.card.sha256}
        print(json.dumps(results[-1] | {"model": model}))
    else:
        print("\n\n".join(report(result) for result in results))
    for digit_set in sets:
        if digit_set.skipped:
            say(
                f"left out {len(digit_set.skipped):,} of {digit_set.source} that cannot be read, "
                f"the first: {digit_set.skipped[0]}"
            )
    return 0

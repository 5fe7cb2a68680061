"""qtdigits recognize: read pictures and strokes files."""

from __future__ import annotations

import argparse
from contextlib import closing
from typing import TYPE_CHECKING

from qtdigits.cli.arguments import add_json, add_model, path
from qtdigits.cli.errors import BAD_INPUT, say
from qtdigits.cli.named_files import how_many, named_files
from qtdigits.cli.progress import Progress
from qtdigits.cli.reading import load_network
from qtdigits.cli.recognizing import answers

if TYPE_CHECKING:
    from qtdigits.cli.arguments import Subparsers


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
    told = answers(named_files(args.files), lambda: load_network(args.model), args.json)
    with closing(told):
        for answer in told:
            if answer.refused:
                progress.clear()
                say(answer.text)
                refused = True
            elif args.json:
                print(answer.text)
            else:
                width = max(width, len(answer.name))
                print(f"{answer.name:<{width}}  {answer.text}".rstrip())
            progress.add()
    progress.clear()
    return BAD_INPUT if refused else 0

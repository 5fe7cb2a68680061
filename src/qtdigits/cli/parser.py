"""The command line: its sub-commands and how one of them is run."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from qtdigits import __version__
from qtdigits.cli import (
    evaluate,
    fetch_mnist,
    history,
    learn,
    models,
    numbers,
    reader,
    recognize,
    synthetic,
    train,
)
from qtdigits.cli.arguments import Parser
from qtdigits.cli.errors import guarded

# Each module has add_parser(subparsers) and run(args) -> exit status, and imports numpy, Pillow,
# Qt and Keras inside functions only, so that --help answers at once.
_COMMANDS = (
    *(recognize, evaluate, train, learn, models),
    *(history, synthetic, numbers, fetch_mnist, reader),
)


def build_parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    parser: argparse.ArgumentParser = Parser(
        prog="qtdigits",
        usage="qtdigits [-h] [--version] [COMMAND ... | PICTURE ...]",
        description="Reads handwritten digits. Without a command the window opens, with the "
        "pictures that are named; a name without a dot needs a path, as in ./scan.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"qtdigits {__version__}")
    subparsers = parser.add_subparsers(
        title="commands", metavar="COMMAND", required=True, prog="qtdigits"
    )
    for module in _COMMANDS:
        module.add_parser(subparsers)
    return parser


def run_command(arguments: Sequence[str]) -> int:
    """Run the sub-command that the arguments name; returns the exit status."""

    def work() -> int:
        try:
            args = build_parser().parse_args(arguments)
        except SystemExit as end:  # --help, --version, or an error that has been told
            return end.code if isinstance(end.code, int) else 0
        status: int = args.run(args)
        return status

    return guarded(work)

"""What the sub-commands' arguments have in common."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeAlias

from qtdigits.cli.errors import BAD_INPUT, say

if TYPE_CHECKING:
    # argparse names the type of what add_subparsers returns in private only.
    Subparsers: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]


class Parser(argparse.ArgumentParser):
    """An ArgumentParser that says what is wrong in one sentence."""

    def error(self, message: str) -> NoReturn:
        say(f"{message} (see {self.prog} --help)")
        sys.exit(BAD_INPUT)


def path(text: str) -> Path:
    """The type of arguments that name a file or folder."""
    if not text:
        raise argparse.ArgumentTypeError("a file name is empty")
    return Path(text)


def add_model(parser: argparse.ArgumentParser) -> None:
    """Add --model, the network that reads."""
    parser.add_argument(
        "--model",
        type=path,
        metavar="FILE",
        help="the network to read with, a .keras file (default: the one that ships with qtdigits)",
    )


def add_json(parser: argparse.ArgumentParser, what: str) -> None:
    """Add --json; `what` says what is printed then."""
    parser.add_argument("--json", action="store_true", help=f"print {what} and nothing else")


def whole_number(low: int, high: int) -> Callable[[str], int]:
    """The type of an argument that is a whole number from low to high."""

    def parse(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            number = low - 1
        if not low <= number <= high:
            raise argparse.ArgumentTypeError(
                f"{text[:20]!r} is not a whole number from {low} to {high}"
            )
        return number

    return parse

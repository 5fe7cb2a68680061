"""What the sub-commands' arguments have in common."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn, TypeAlias

from qtdigits.cli.errors import BAD_INPUT, say

if TYPE_CHECKING:
    # argparse names the type of what add_subparsers returns in private only.
    Subparsers: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]

_MOST_SEED: Final = 2**32 - 1
_MOST_LINES: Final = 2_000_000
"""As many as a strokes file may have."""


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


def add_seed(parser: argparse.ArgumentParser, meaning: str) -> None:
    """Add --seed, 0 unless given; `meaning` says what it decides."""
    parser.add_argument(
        "--seed",
        type=whole_number(0, _MOST_SEED),
        default=0,
        metavar="N",
        help=f"{meaning} (default: 0)",
    )


def add_strokes_out(parser: argparse.ArgumentParser, what: str) -> None:
    """Add --out, a strokes file; `what` says what is saved there."""
    parser.add_argument(
        "--out",
        type=path,
        metavar="FILE",
        help=f"save {what} as a strokes file (JSON Lines), gzipped where the name ends in .gz",
    )


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


def line_numbers(text: str) -> frozenset[int]:
    """The type of an argument that names lines of a file, from 1, such as '7, 12-15'."""
    parse = whole_number(1, _MOST_LINES)
    lines: set[int] = set()
    for part in text.split(","):
        first, *last = (parse(end) for end in part.split("-"))
        if len(last) > 1 or (last and last[0] < first):
            raise argparse.ArgumentTypeError(f"{part.strip()[:20]!r} is not a range of lines")
        lines.update(range(first, (last or [first])[0] + 1))
    return frozenset(lines)

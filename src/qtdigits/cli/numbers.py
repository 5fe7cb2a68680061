"""qtdigits numbers: compose whole numbers of single digits, to measure on."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from qtdigits.cli.arguments import (
    add_json,
    add_seed,
    add_strokes_out,
    line_numbers,
    path,
    whole_number,
)
from qtdigits.cli.errors import say
from qtdigits.cli.saving import check_place, save_json_lines
from qtdigits.core.data_files.regular import shown

if TYPE_CHECKING:
    from qtdigits.cli.arguments import Subparsers
    from qtdigits.core.numbers.compose import ComposedNumber
    from qtdigits.core.numbers.spacing import Spacing

# As core/numbers/spacing.py has them; imported late, since it imports numpy.
_SPACINGS: Final = ("apart", "close", "touching")
_ALL: Final = "all"
_MOST: Final = 100_000


def add_parser(subparsers: Subparsers) -> None:
    """Describe the sub-command."""
    parser = subparsers.add_parser(
        "numbers",
        help="compose whole numbers of single digits",
        description="Compose numbers of 2 to 6 digits, each of the digits of one writer: apart, "
        "close to each other, and touching. 'qtdigits evaluate' measures how well they are read.",
    )
    parser.add_argument(
        "--make",
        type=path,
        required=True,
        metavar="DIGITS",
        help="the strokes file with the digits that the numbers are made of",
    )
    parser.add_argument(
        "--leave-out",
        type=line_numbers,
        default=frozenset(),
        metavar="LINES",
        help="lines of that file to leave out, whose drawings are not what their label says: "
        "'7, 12-15'",
    )
    add_strokes_out(parser, "the numbers")
    parser.add_argument(
        "--pictures",
        type=path,
        metavar="FOLDER",
        help="save pages of the numbers on paper there, a new folder: ruled, squared, under a "
        "shadow, with perspective and noise; pages.jsonl says what stands on each",
    )
    parser.add_argument(
        "--spacing",
        choices=(*_SPACINGS, _ALL),
        default=_ALL,
        help="what lies between the digits (default: all three)",
    )
    parser.add_argument(
        "--count",
        type=whole_number(1, _MOST),
        default=200,
        metavar="N",
        help="how many numbers of each spacing (default: 200)",
    )
    add_seed(parser, "the same seed, count and digits give the same numbers")
    add_json(parser, "one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Compose and save. Raises ValueError with a sentence on bad input."""
    from qtdigits.core.numbers.spacing import Spacing

    out: Path | None = args.out
    pictures: Path | None = args.pictures
    if out is None and pictures is None:
        raise ValueError("there is no place to save the numbers; give --out, --pictures or both")
    if out is not None:
        check_place(out)
        if out.absolute() == args.make.absolute():
            raise ValueError(f"--make and --out both name {out}; give two files")
    if pictures is not None:
        _check_new_folder(pictures)
    spacings = list(Spacing) if args.spacing == _ALL else [Spacing(args.spacing)]
    numbers = composed(args.make, args.leave_out, spacings, args.count, args.seed)
    if args.leave_out:
        say(f"left out {len(args.leave_out):,} of the drawings in {shown(args.make)}")
    made, pages = [], 0
    if out is not None:
        save_json_lines(out, map(_line, numbers))
        made.append(f"{out}: the strokes of {len(numbers):,} numbers, {', '.join(spacings)}")
    if pictures is not None:
        pages = _save_pages(pictures, numbers, args.seed)
        made.append(f"{pictures}: {pages:,} pages with {len(numbers):,} numbers")
    if args.json:
        places = {"out": out and str(out), "pictures": pictures and str(pictures)}
        print(json.dumps(places | {"numbers": len(numbers), "pages": pages, "spacing": spacings}))
    else:
        print("\n".join(made))
    return 0


def _check_new_folder(folder: Path) -> None:
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise ValueError(f"{folder} is there already and not an empty folder; name a new one")


def _save_pages(folder: Path, numbers: list[ComposedNumber], seed: int) -> int:
    """Divide the numbers among all kinds of paper; returns how many pages there are."""
    from PIL import Image

    from qtdigits.core.numbers.paper import Paper, write_pages

    folder.mkdir(parents=True, exist_ok=True)
    pages: list[dict[str, Any]] = []
    for at, paper in enumerate(Paper):
        for number, page in enumerate(write_pages(numbers[at :: len(Paper)], paper, seed)):
            name = f"{paper.replace(' ', '-')}-{number:04d}.png"
            Image.fromarray(page.picture).save(folder / name)
            pages.append({"file": name, "paper": paper, "lines": page.lines})
    save_json_lines(folder / "pages.jsonl", pages)
    return len(pages)


def composed(
    digits: Path,
    leave_out: frozenset[int],
    spacings: Sequence[Spacing],
    count: int,
    seed: int,
) -> list[ComposedNumber]:
    """`count` numbers of each spacing from a strokes file without some of its lines.

    Raises ValueError naming the file, also where one of those lines holds no drawing.
    """
    from qtdigits.core.data_files.strokes import read_drawings
    from qtdigits.core.numbers.compose import compose_numbers

    drawings = list(read_drawings(digits))
    if missing := leave_out - {drawing.line for drawing in drawings}:
        raise ValueError(
            f"{shown(digits)} has no drawing in line {min(missing)}; correct --leave-out"
        )
    kept = [drawing for drawing in drawings if drawing.line not in leave_out]
    try:
        return [
            number for spacing in spacings for number in compose_numbers(kept, spacing, count, seed)
        ]
    except ValueError as error:
        raise ValueError(f"{shown(digits)} cannot be used: {error}") from None


def _line(number: ComposedNumber) -> dict[str, Any]:
    return {
        "label": number.label,
        "writer": number.writer,
        "kind": number.spacing.value,
        "joined": number.joined,
        "strokes": number.ink.to_json(),
    }

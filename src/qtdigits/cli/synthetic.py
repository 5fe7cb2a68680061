"""qtdigits synthetic: drawings by the synthetic pen, as a contact sheet or a strokes file."""

from __future__ import annotations

import argparse
import json
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from qtdigits.cli.arguments import add_json, add_seed, add_strokes_out, path, whole_number
from qtdigits.cli.saving import check_place, save, save_json_lines

if TYPE_CHECKING:
    from qtdigits.cli.arguments import Subparsers
    from qtdigits.core.synthetic_pen.variation import Tracks

_DIGITS: Final = "digits"
_NON_DIGITS: Final = "non-digits"
_HEIGHT: Final = 300.0
"""Height of a character in a strokes file, in its units."""
_MOST: Final = 1_000_000
_MOST_ON_SHEET: Final = 5_000


def add_parser(subparsers: Subparsers) -> None:
    """Describe the sub-command."""
    parser = subparsers.add_parser(
        "synthetic",
        help="draw digits, or things that are none, with the synthetic pen",
        description="Draw with the synthetic pen, which writes as many different people would, "
        "without any data set. Give --sheet, --out or both.",
    )
    parser.add_argument(
        "--sheet", type=path, metavar="FILE", help="save a contact sheet, a PNG picture"
    )
    add_strokes_out(parser, "the drawings")
    parser.add_argument(
        "--count",
        type=whole_number(1, _MOST),
        default=400,
        metavar="N",
        help="how many drawings (default: 400)",
    )
    add_seed(parser, "the same seed and count give the same drawings")
    parser.add_argument(
        "--kind",
        choices=(_DIGITS, _NON_DIGITS),
        default=_DIGITS,
        help="what to draw (default: digits)",
    )
    add_json(parser, "one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Draw, and save what was asked for. Raises ValueError with a sentence on bad input."""
    sheet: Path | None = args.sheet
    out: Path | None = args.out
    if sheet is None and out is None:
        raise ValueError("there is nowhere to draw; give --sheet FILE.png or --out FILE.jsonl")
    if sheet is not None and sheet.suffix.lower() != ".png":
        raise ValueError(f"{sheet} does not end in .png; a contact sheet is a PNG picture")
    if sheet is not None and args.count > _MOST_ON_SHEET:
        raise ValueError(
            f"a contact sheet holds at most {_MOST_ON_SHEET:,} drawings, got {args.count:,}; "
            "give a smaller --count"
        )
    if sheet is not None and out is not None and sheet.absolute() == out.absolute():
        raise ValueError(f"--sheet and --out both name {sheet}; give two files")
    for file in (sheet, out):
        if file is not None:
            check_place(file)
    drawings = _draw(args.kind, args.count, args.seed)
    made = []
    if sheet is not None:
        save(sheet, _sheet(drawings))
        made.append(f"{sheet}: a contact sheet of {args.count:,} {args.kind}")
    if out is not None:
        save_json_lines(out, map(_line, drawings))
        made.append(f"{out}: the strokes of {args.count:,} {args.kind}")
    if args.json:
        files = {"sheet": sheet and str(sheet), "out": out and str(out)}
        print(json.dumps(files | {"kind": args.kind, "count": args.count, "seed": args.seed}))
    else:
        print("\n".join(made))
    return 0


def _draw(kind: str, count: int, seed: int) -> list[tuple[int | str, Tracks]]:
    from qtdigits.core.non_digits import synthetic_non_digits
    from qtdigits.core.synthetic_pen import synthetic_digits

    if kind == _DIGITS:
        return list(synthetic_digits(count, seed))
    return list(synthetic_non_digits(count, seed))


def _sheet(drawings: list[tuple[int | str, Tracks]]) -> bytes:
    """The PNG file; drawings of one label stand together."""
    from qtdigits.core.synthetic_pen.contact_sheet import contact_sheet

    ordered = sorted(drawings, key=lambda drawing: str(drawing[0]))
    file = BytesIO()
    contact_sheet([tracks for _, tracks in ordered]).save(file, format="PNG", optimize=True)
    return file.getvalue()


def _line(drawing: tuple[int | str, Tracks]) -> dict[str, Any]:
    label, tracks = drawing
    return {"label": label, "strokes": [(t * _HEIGHT).round(1).tolist() for t in tracks]}

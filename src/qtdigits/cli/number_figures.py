"""qtdigits evaluate on whole numbers: strokes files whose labels have several digits."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from qtdigits.cli.errors import say
from qtdigits.cli.labelled import HELD_OUT, kept_back
from qtdigits.cli.reading import about_networks, load_network

if TYPE_CHECKING:
    from qtdigits.core.data_files.strokes import Drawing
    from qtdigits.core.model_card import ModelCard
    from qtdigits.core.numbers.measuring import ReadNumber

_MOST_MISTAKES: Final = 100


@dataclass(frozen=True, slots=True)
class NumberSet:
    """The numbers of one strokes file; skipped: how many drawings have another label or no ink."""

    source: str
    drawings: tuple[Drawing, ...]
    skipped: int


def number_sets(paths: Sequence[Path]) -> list[NumberSet]:
    """The files of numbers among these paths: none, or all of them.

    A file holds numbers if one of its labels has several digits. Raises ValueError with a sentence
    where only some do, as shares of numbers and of digits cannot be put together.
    """
    sets = [_number_set(path) for path in paths]
    found = [one for one in sets if one is not None]
    if found and len(found) < len(sets):
        other = paths[sets.index(None)]
        raise ValueError(
            f"{found[0].source} holds whole numbers and {other} does not; "
            "measure them one at a time"
        )
    return found


def report_numbers(sets: Sequence[NumberSet], args: argparse.Namespace) -> None:
    """Read the numbers with and beside connected components, and print the figures."""
    for option in ("compare", "sheet", "sweep", "writers"):
        if getattr(args, option):
            raise ValueError(f"--{option} is for single digits; leave it out for whole numbers")
    from qtdigits.core.numbers.measuring import read_number

    network = load_network(args.model)
    results = []
    for one in sets:
        drawings = _chosen(one.drawings, args, network.card)
        if not drawings:
            raise ValueError(f"{one.source} holds no numbers of that part; choose another file")
        numbers = [
            read_number(
                drawing.label or "", drawing.ink, network, drawing.kind, f"line {drawing.line}"
            )
            for drawing in drawings
        ]
        results.append({"file": one.source, "skipped": one.skipped} | figures(numbers))
        if one.skipped:
            say(f"left out {one.skipped:,} drawings of {one.source} that are no number")
    if args.json:
        result = results[0] if len(results) == 1 else {"sets": results}
        print(json.dumps(result | about_networks([network])))
    else:
        print("\n\n".join(table(result) for result in results))


def figures(numbers: Sequence[ReadNumber]) -> dict[str, Any]:
    """The figures of all numbers, under `kinds` those of each kind, and the first mistakes.

    `accuracy` is the share of whole numbers, `digit_accuracy` that of digits; under `components`
    stand the same figures for connected components.
    """
    kinds = dict.fromkeys(number.kind for number in numbers if number.kind)
    wrong = [number for number in numbers if number.text != number.label]
    return _figures(numbers) | {
        "kinds": {
            kind: _figures([number for number in numbers if number.kind == kind]) for kind in kinds
        },
        "mistakes": [
            {"place": number.place, "label": number.label, "answer": number.text}
            for number in wrong[:_MOST_MISTAKES]
        ],
    }


def table(result: dict[str, Any]) -> str:
    """The figures as a text for people, several lines without an end of line at the end."""
    lines = [
        result["file"],
        f"  {'':<10} {'numbers':>8}  {'read right':<34} {'digits':>8}   "
        f"{'connected components':>20} {'digits':>8}",
    ]
    rows = [*result["kinds"].items(), ("all", result)]
    lines += [_row(name, one) for name, one in (rows if len(rows) > 2 else rows[-1:])]
    return "\n".join(lines)


def _row(name: str, one: dict[str, Any]) -> str:
    low, high = (100 * end for end in one["interval"])
    right = f"{100 * one['accuracy']:.2f} %  (95 % interval {low:.2f} to {high:.2f} %)"
    plain = one["components"]
    return (
        f"  {name[:10]:<10} {one['n']:>8,}  {right:<34} {100 * one['digit_accuracy']:>7.2f} %"
        f" {100 * plain['accuracy']:>18.2f} % {100 * plain['digit_accuracy']:>7.2f} %"
    )


def _figures(numbers: Sequence[ReadNumber]) -> dict[str, Any]:
    from qtdigits.core.numbers.measuring import number_figures

    own = number_figures(numbers, lambda number: number.text)
    plain = number_figures(numbers, lambda number: number.components)
    return {
        "n": own.n,
        "accuracy": own.accuracy,
        "interval": list(own.interval),
        "errors": own.n - own.right,
        "digits": own.digits,
        "digit_accuracy": own.digit_accuracy,
        "components": {
            "accuracy": plain.accuracy,
            "interval": list(plain.interval),
            "digit_accuracy": plain.digit_accuracy,
        },
    }


def _number_set(path: Path) -> NumberSet | None:
    from qtdigits.core.data_files.regular import Content, content_of, shown
    from qtdigits.core.data_files.strokes import read_drawings

    if not path.is_file() or content_of(path) is not Content.STROKES:
        return None
    drawings = list(read_drawings(path))
    if not any(_is_number(drawing) and len(drawing.label or "") > 1 for drawing in drawings):
        return None
    numbers = tuple(drawing for drawing in drawings if _is_number(drawing))
    return NumberSet(shown(path), numbers, len(drawings) - len(numbers))


def _is_number(drawing: Drawing) -> bool:
    label = drawing.label or ""
    return label.isascii() and label.isdigit() and not drawing.ink.is_empty


def _chosen(
    drawings: Sequence[Drawing], args: argparse.Namespace, card: ModelCard
) -> list[Drawing]:
    """The part and the sample that were asked for, in the order of the file."""
    chosen = list(drawings)
    if args.part == HELD_OUT:
        from qtdigits.core.held_out import held_out_writers

        kept = held_out_writers([drawing.writer for drawing in chosen], *kept_back(card))
        chosen = [drawing for drawing in chosen if drawing.writer in kept]
    if args.limit is not None and args.limit < len(chosen):
        import numpy as np

        places = np.random.default_rng(args.seed).choice(len(chosen), args.limit, replace=False)
        chosen = [chosen[at] for at in sorted(places.tolist())]
    return chosen

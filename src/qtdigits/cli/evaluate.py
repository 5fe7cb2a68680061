"""qtdigits evaluate: measure a network on labelled data."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from qtdigits.cli.arguments import add_json, add_model, add_seed, path, whole_number
from qtdigits.cli.errors import say
from qtdigits.cli.labelled import HELD_OUT, PARTS, Labelled, held_out, kept_back, read_labelled
from qtdigits.cli.number_figures import number_sets, report_numbers
from qtdigits.cli.reading import about_networks, load_networks, read_images

if TYPE_CHECKING:
    from qtdigits.cli.arguments import Subparsers
    from qtdigits.cli.figures import Answered
    from qtdigits.core.model_card import ModelCard
    from qtdigits.core.recognizer import Recognizer

_MOST: Final = 10_000_000


def add_parser(subparsers: Subparsers) -> None:
    """Describe the sub-command."""
    parser = subparsers.add_parser(
        "evaluate",
        help="measure how well a network reads labelled data",
        description="Measure how well a network reads labelled data: numpy archives such as "
        "mnist.npz, IDX files, strokes files, and folders with pictures in sub-folders named by "
        "their label, and synthetic:N, new digits of the built-in synthetic pen. Data whose labels "
        "are not digits show what the network refuses to read. Strokes files whose labels are "
        "numbers of several digits show how well whole numbers are read.",
    )
    parser.add_argument("data", nargs="+", type=path, metavar="DATA")
    add_model(parser)
    parser.add_argument(
        "--compare",
        type=path,
        metavar="FILE",
        help="another network to read the same images with, compared by McNemar's test",
    )
    parser.add_argument(
        "--part",
        choices=PARTS,
        default=PARTS[0],
        help="which part to measure on, where the data have several; held-out: what was written "
        "by those whom training the network kept back (default: test)",
    )
    parser.add_argument(
        "--writers",
        type=path,
        metavar="FILE",
        help="numpy archive with the writer of each MNIST image",
    )
    parser.add_argument(
        "--limit",
        type=whole_number(1, _MOST),
        metavar="N",
        help="measure on at most N images of each of the data, drawn at random",
    )
    add_seed(parser, "decides which images --limit draws and which drawings --adapt learns from")
    parser.add_argument(
        "--sheet",
        type=path,
        metavar="FILE",
        help="save the most confident mistakes as a contact sheet, a PNG picture",
    )
    parser.add_argument(
        "--sweep",
        action="store_true",
        help="measure accuracy over shift, rotation, slant, size, pen width and noise instead",
    )
    parser.add_argument(
        "--csv", type=path, metavar="FILE", help="with --sweep: save the figures as a CSV file"
    )
    parser.add_argument(
        "--picture", type=path, metavar="FILE", help="with --sweep: draw the curves, a PNG picture"
    )
    parser.add_argument(
        "--adapt",
        type=whole_number(1, 100),
        metavar="N",
        help="measure what learning from N drawings of each digit does for each writer's others",
    )
    parser.add_argument(
        "--repeat",
        type=whole_number(1, 100),
        default=1,
        metavar="K",
        help="with --adapt: lessons of K different random choices for each writer (default: 1)",
    )
    add_json(parser, "one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Measure on each of the data, and on all together where there are several."""
    if args.adapt is not None:
        from qtdigits.cli.adapting import report_adaptation

        report_adaptation(args)
        return 0
    if numbers := number_sets(args.data):
        report_numbers(numbers, args)
        return 0
    _check_options(args)
    data = read_labelled(args.data, args.part, args.writers, with_inks=args.sweep)
    models = [args.model] if args.compare is None else [args.model, args.compare]
    networks = load_networks(models)
    data = _chosen(data, args, [network.card for network in networks])
    if args.sweep:
        from qtdigits.cli.sweeping import report_sweep

        report_sweep(data, networks, args)
    else:
        _report(data, networks, args)
    for one in data:
        if one.digit_set.skipped:
            say(
                f"left out {len(one.digit_set.skipped):,} of {one.digit_set.source} that cannot "
                f"be read, the first: {one.digit_set.skipped[0]}"
            )
    return 0


def _check_options(args: argparse.Namespace) -> None:
    """Raise ValueError for options that do not go together or files that cannot be made."""
    from qtdigits.cli.saving import check_place

    if args.sweep and args.sheet is not None:
        raise ValueError("--sheet shows mistakes, which a sweep does not list; give --picture")
    if not args.sweep:
        for option, file in (("--csv", args.csv), ("--picture", args.picture)):
            if file is not None:
                raise ValueError(f"{option} saves what --sweep measures; give --sweep too")
    places = {"--sheet": (args.sheet, ".png"), "--picture": (args.picture, ".png")}
    places["--csv"] = (args.csv, ".csv")
    for file, suffix in places.values():
        if file is not None:
            check_place(file, suffix)


def _chosen(
    data: list[Labelled], args: argparse.Namespace, cards: list[ModelCard]
) -> list[Labelled]:
    """The part and the sample that were asked for."""
    from qtdigits.cli.labelled import sample

    if args.part == HELD_OUT:
        data = [held_out(one, cards[0]) for one in data]
        if len(cards) > 1 and kept_back(cards[0]) != kept_back(cards[1]):
            say(
                f"{cards[1].name} kept back other writers than {cards[0].name}, "
                "and may have learnt some of these drawings"
            )
    return [sample(one, args.limit, args.seed) for one in data]


def _report(data: list[Labelled], networks: list[Recognizer], args: argparse.Namespace) -> None:
    from qtdigits.cli.figures import Answered, figures, joined
    from qtdigits.cli.tables import report

    answered = []
    for one in data:
        answers = [tuple(read_images(network, one.digit_set.images)) for network in networks]
        others = answers[1] if len(answers) > 1 else None
        answered.append(Answered(one.digit_set, answers[0], others))
    result = figures(answered[0]) if len(answered) == 1 else joined(answered)
    if args.sheet is not None:
        _save_sheet(args.sheet, answered, networks[0].card.name)
    if args.json:
        print(json.dumps(result | about_networks(networks)))
    else:
        print("\n\n".join(report(one) for one in [*result.get("sets", []), result]))


def _save_sheet(file: Path, answered: list[Answered], name: str) -> None:
    from io import BytesIO

    from qtdigits.cli.figures import all_mistakes
    from qtdigits.cli.saving import save
    from qtdigits.core.mistake_sheet import MOST, mistake_sheet

    mistakes = all_mistakes(answered)
    sources = ", ".join(Path(one.digit_set.source).name for one in answered)
    shown = f", the {MOST} most confident" if len(mistakes) > MOST else ", most confident first"
    title = f"{name} on {sources}: {len(mistakes):,} mistakes{shown if mistakes else ''}"
    content = BytesIO()
    mistake_sheet(mistakes, title).save(content, format="PNG", optimize=True)
    save(file, content.getvalue())

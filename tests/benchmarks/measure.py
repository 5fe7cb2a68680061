"""Measures the program: one table of figures, each with its baseline and its goal beside it."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from plan import Plan
from qtdigits.cli.arguments import path
from qtdigits.cli.errors import guarded
from qtdigits.core.atomic_file import replace_file
from qtdigits.core.model_card import ModelCard
from qtdigits.core.paths import shipped_model
from qtdigits.core.training import PRECISIONS
from table import Section, formatted

# The first ones come before Keras is in memory, which makes everything a little slower.
BENCHMARKS: Final = (
    "start",
    "history",
    "canvas",
    "latency",
    "training",
    "pictures",
    "lesson",
    "prediction",
    "accuracy",
    "numbers",
    "paper",
    "bitmaps",
    "refusals",
    "robustness",
    "learning",
)
LONG: Final = ("quick", "recipes")
"""These train networks, for hours in all; they run only when they are asked for."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the arguments ask for and print it; returns the exit status, 2 for bad input."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    args = _parser().parse_args(arguments)
    return guarded(lambda: _measure(args))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="measure", description=__doc__)
    parser.add_argument(
        "--data", type=path, metavar="FOLDER", help="where the data sets lie (default: none)"
    )
    parser.add_argument(
        "--baseline",
        type=path,
        metavar="FILE",
        help="a network made by 'qtdigits train --preset lenet --data mnist.npz --out FILE'",
    )
    parser.add_argument(
        "--model", type=path, metavar="FILE", help="the network to measure (default: the own one)"
    )
    parser.add_argument(
        "--only",
        action="append",
        choices=(*BENCHMARKS, *LONG),
        help=f"measure only this; may be repeated; {' and '.join(LONG)} train for long and "
        "run only when named",
    )
    parser.add_argument("--quick", action="store_true", help="a few runs of each, to try it")
    parser.add_argument("--json", type=path, metavar="FILE", help="write the figures there, too")
    parser.add_argument(
        "--card", type=path, metavar="FILE", help="write the figures on this model card, too"
    )
    parser.add_argument(
        "--precision", choices=PRECISIONS, default=PRECISIONS[0], help="what trainings compute in"
    )
    return parser


def _measure(args: argparse.Namespace) -> int:
    if args.data is not None and not args.data.is_dir():
        raise ValueError(f"{args.data} is not a folder; name the one with the data sets")
    for network in (args.model, args.baseline):
        if network is not None and not network.is_file():
            raise ValueError(f"the network {network} does not exist; check the path")
    plan = Plan(args.model or shipped_model(), args.data, args.baseline, args.quick, args.precision)
    from PySide6.QtWidgets import QApplication

    from stage import private_settings

    application = QApplication.instance() or QApplication(["measure"])
    sections = []
    with private_settings():
        for name in (*BENCHMARKS, *LONG):
            if name in (args.only or BENCHMARKS):
                print(f"measuring {name} …", file=sys.stderr, flush=True)
                sections.append(_benchmark(name)(plan))
    application.processEvents()
    print(formatted(sections))
    if args.json is not None:
        _write(args.json, plan, sections)
    if args.card is not None:
        _write_on_card(args.card, sections)
    return 0


def _benchmark(name: str) -> Callable[[Plan], Section]:
    """The benchmark of that name, imported when its turn comes."""
    measure: Callable[[Plan], Section] = importlib.import_module(f"bench_{name}").measure
    return measure


def _write(target: Path, plan: Plan, sections: Sequence[Section]) -> None:
    values = {
        "machine": {
            "system": platform.platform(),
            "python": platform.python_version(),
            "processors": os.cpu_count(),
        },
        "quick": plan.quick,
        "sections": [
            {
                "title": section.title,
                "rows": [row.to_json() for row in section.rows],
                "left_out": list(section.left_out),
            }
            for section in sections
        ],
    }
    target.write_text(json.dumps(values, indent=2) + "\n", encoding="utf-8")


def _write_on_card(target: Path, sections: Sequence[Section]) -> None:
    """Add the figures to those that stand on a model card; figures measured again are replaced."""
    card = ModelCard.from_json(target.read_text(encoding="utf-8"))
    measured = dict(card.figures.get("measured", {}))
    for section in sections:
        for row in section.rows:
            measured[row.what] = row.for_card()
    card = replace(card, figures=dict(card.figures) | {"measured": measured})
    replace_file(target, card.to_json().encode())


if __name__ == "__main__":
    sys.exit(main())

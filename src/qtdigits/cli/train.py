"""qtdigits train: make a network from data."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from qtdigits.cli.train_options import add_options
from qtdigits.cli.train_work import train_as_asked, train_for_parent

if TYPE_CHECKING:
    from qtdigits.cli.arguments import Subparsers
    from qtdigits.core.training import TrainingEvent, TrainingResult


def add_parser(subparsers: Subparsers) -> None:
    """Describe the sub-command."""
    parser = subparsers.add_parser(
        "train",
        help="train a network",
        description="Train a network on your data and save it, with its model card beside it.",
    )
    add_options(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Train as asked; returns the exit status. Raises ValueError with a sentence for bad input."""
    if args.target is not None and not 0 < args.target <= 1:
        raise ValueError(f"the target is a fraction from 0 to 1, got {args.target:g}")
    if args.events:
        if args.json or args.target is not None:
            raise ValueError("--events prints nothing but events; leave --json and --target out")
        from qtdigits.cli.event_stream import run_as_child

        return run_as_child(lambda report, should_stop: train_for_parent(args, report, should_stop))
    for option in ("watch", "compare"):
        if getattr(args, option) is not None:
            raise ValueError(f"--{option} tells what --events prints; give --events too")
    result, _ = train_as_asked(args, _say_nothing if args.json else _say)
    _print_result(result, args.json)
    reached = result.validation_accuracy if result.test_accuracy is None else result.test_accuracy
    if args.target is not None and reached < args.target:
        print(f"the target of {args.target:.2%} was missed: {reached:.2%}", file=sys.stderr)
        return 1
    return 0


def _say_nothing(event: TrainingEvent) -> None:
    pass


def _say(event: TrainingEvent) -> None:
    """One line on standard error for the start and for each epoch."""
    from qtdigits.core.training import EpochFinished, TrainingStarted

    if isinstance(event, TrainingStarted):
        line = (
            f"{event.training:,} images to learn from, {event.validation:,} for validation, "
            f"{event.parameters:,} parameters"
        )
    elif isinstance(event, EpochFinished):
        line = (
            f"epoch {event.epoch:>3} of {event.epochs}   "
            f"loss {event.loss:.4f}   accuracy {event.accuracy:.2%}   "
            f"validation loss {event.validation_loss:.4f}   "
            f"validation accuracy {event.validation_accuracy:.2%}   "
            f"{event.seconds:.0f} s, {event.samples_per_second:,.0f} samples/s"
        )
    else:
        return
    print(line, file=sys.stderr, flush=True)


def _print_result(result: TrainingResult, as_json: bool) -> None:
    if as_json:
        import json
        from dataclasses import asdict

        print(json.dumps(asdict(result)))
        return
    print(f"Saved {result.path}: {result.parameters:,} parameters, {result.seconds:.0f} s.")
    print(f"Validation accuracy {result.validation_accuracy:.2%} of {result.validation_n:,}.")
    if result.test_accuracy is not None:
        print(f"Test accuracy {result.test_accuracy:.2%} of {result.test_n:,}.")

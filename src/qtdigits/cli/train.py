"""qtdigits train: make a network from data."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qtdigits.core.training import TrainingConfig, TrainingEvent, TrainingResult

_DEFAULT_PRESET = "balanced"
_PRESETS = ("quick", "balanced", "best", "lenet")
_DEFAULT_DATA = ("synthetic:60000", "non-digits:15000")
_OPTIONS = (
    "network",
    "epochs",
    "batch_size",
    "learning_rate",
    "optimizer",
    "dropout",
    "label_smoothing",
    "validation_share",
    "fold",
    "renderings",
    "averaging",
    "seed",
)
"""The fields of TrainingConfig that have an option; one not given keeps the value of the preset."""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Describe the sub-command."""
    parser = subparsers.add_parser(
        "train",
        help="train a network",
        description="Train a network on your data and save it, with its model card beside it.",
    )
    parser.add_argument(
        "--data",
        action="append",
        metavar="DATA",
        help="mnist.npz, IDX images, a strokes file, a folder of pictures by label, 'mnist' "
        "(fetched by Keras), 'synthetic:N' or 'non-digits:N'; may be given several times "
        "(default: synthetic:60000 and non-digits:15000)",
    )
    parser.add_argument(
        "--writers",
        metavar="FILE",
        help="numpy archive with the writer of each MNIST image, to validate on other writers",
    )
    parser.add_argument(
        "--out", metavar="FILE", required=True, help="where to save (.keras or .h5)"
    )
    parser.add_argument(
        "--preset",
        choices=_PRESETS,
        default=None,
        help="a whole recipe, which the options below change (default: balanced; lenet is the "
        "baseline of every comparison)",
    )
    parser.add_argument("--network", choices=("digits", "small", "lenet"), help="architecture")
    parser.add_argument("--epochs", type=int, metavar="N")
    parser.add_argument("--batch-size", type=int, metavar="N")
    parser.add_argument("--learning-rate", type=float, metavar="X")
    parser.add_argument("--optimizer", choices=("adam", "adamw"))
    parser.add_argument("--dropout", type=float, metavar="X", help="share of units left out")
    parser.add_argument("--label-smoothing", type=float, metavar="X")
    parser.add_argument(
        "--validation-share", type=float, metavar="X", help="share of the writers kept back"
    )
    parser.add_argument(
        "--fold",
        type=int,
        metavar="N",
        help="which writers are kept back: the N-th share of them, from 0",
    )
    parser.add_argument(
        "--renderings", type=int, metavar="N", help="how often a pen track is rendered anew"
    )
    parser.add_argument(
        "--averaging", type=float, metavar="X", help="momentum of the weights' average; 0: none"
    )
    parser.add_argument("--seed", type=int, metavar="N")
    parser.add_argument(
        "--target", type=float, metavar="X", help="exit with status 1 below this accuracy (0..1)"
    )
    parser.add_argument(
        "--json", action="store_true", help="print one JSON object and nothing else"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Train as asked; returns the exit status. Raises ValueError with a sentence for bad input."""
    from pathlib import Path

    config = _config(args)
    out = Path(args.out)
    sources = args.data or _DEFAULT_DATA
    writers = Path(args.writers) if args.writers else None
    if args.target is not None and not 0 < args.target <= 1:
        raise ValueError(f"the target is a fraction from 0 to 1, got {args.target:g}")

    from qtdigits.ml.preload import import_keras

    import_keras()
    from qtdigits.ml.datasets import read_training_data
    from qtdigits.ml.model_file import check_destination
    from qtdigits.ml.train import train

    check_destination(out)
    data = read_training_data(sources, writers, config)
    names = tuple(Path(source).name for source in sources)
    result = train(data, config, out, _say_nothing if args.json else _say, names)
    _print_result(result, args.json)
    reached = result.validation_accuracy if result.test_accuracy is None else result.test_accuracy
    if args.target is not None and reached < args.target:
        print(f"the target of {args.target:.2%} was missed: {reached:.2%}", file=sys.stderr)
        return 1
    return 0


def _config(args: argparse.Namespace) -> TrainingConfig:
    from dataclasses import replace

    from qtdigits.core.training import LENET, PRESETS

    preset = args.preset or ("lenet" if args.network == "lenet" else _DEFAULT_PRESET)
    config = LENET if preset == "lenet" else PRESETS[preset]
    given = {name: getattr(args, name) for name in _OPTIONS if getattr(args, name) is not None}
    return replace(config, **given)


def _say_nothing(event: TrainingEvent) -> None:
    pass


def _say(event: TrainingEvent) -> None:
    """One line on standard error for each event."""
    from qtdigits.core.training import TrainingStarted

    if isinstance(event, TrainingStarted):
        line = (
            f"{event.training:,} images to learn from, {event.validation:,} for validation, "
            f"{event.parameters:,} parameters"
        )
    else:
        line = (
            f"epoch {event.epoch:>3} of {event.epochs}   "
            f"loss {event.loss:.4f}   accuracy {event.accuracy:.2%}   "
            f"validation loss {event.validation_loss:.4f}   "
            f"validation accuracy {event.validation_accuracy:.2%}   "
            f"{event.seconds:.0f} s, {event.samples_per_second:,.0f} samples/s"
        )
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

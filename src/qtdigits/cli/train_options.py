"""The options of qtdigits train, and the recipe that they amount to."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from qtdigits.cli.arguments import path

if TYPE_CHECKING:
    from qtdigits.core.training import TrainingConfig

_DEFAULT_PRESET = "balanced"
_PRESETS = ("quick", "balanced", "best", "lenet")
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
    "variation",
    "fading",
    "averaging",
    "precision",
    "seed",
)
"""The fields of TrainingConfig that have an option; one not given keeps the value of the preset."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Describe all options."""
    parser.add_argument(
        "--data",
        action="append",
        metavar="DATA",
        help="mnist.npz, IDX images, a strokes file, a folder of pictures by label, 'mnist' "
        "(what 'qtdigits fetch-mnist' has fetched; training itself never uses the network), "
        "'synthetic:N', 'non-digits:N', or 'drawings' or 'drawings:NAME' for your labelled "
        "drawings or those of a person; may be given several times "
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
    parser.add_argument(
        "--epochs", type=int, metavar="N", help="how often it goes through all the images"
    )
    parser.add_argument(
        "--batch-size", type=int, metavar="N", help="images between two steps of the weights"
    )
    parser.add_argument(
        "--learning-rate", type=float, metavar="X", help="how far the weights move at each step"
    )
    parser.add_argument("--optimizer", choices=("adam", "adamw"), help="how weights are changed")
    parser.add_argument("--dropout", type=float, metavar="X", help="share of units left out")
    parser.add_argument(
        "--label-smoothing", type=float, metavar="X", help="share of certainty taken off each label"
    )
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
    parser.add_argument(
        "--variation",
        type=float,
        metavar="X",
        help="how strongly the images are varied anew in each epoch; 1 fully, 0 not at all",
    )
    parser.add_argument(
        "--fading",
        type=float,
        metavar="X",
        help="share of the training, at its end, in which the variation becomes gentle",
    )
    parser.add_argument(
        "--precision",
        choices=("float32", "bfloat16"),
        help="bfloat16 is about twice as quick on processors made for it, slower on others",
    )
    parser.add_argument("--seed", type=int, metavar="N", help="where the random numbers begin")
    parser.add_argument(
        "--from",
        "--start-from",
        dest="start_from",
        type=path,
        metavar="MODEL",
        help="begin with the weights of this network instead of fresh ones",
    )
    parser.add_argument(
        "--strategy",
        choices=("mirrored",),
        help="mirrored: train on all GPUs of this machine at once, each with its share of every "
        "batch (default: on the processor)",
    )
    parser.add_argument(
        "--target", type=float, metavar="X", help="exit with status 1 below this accuracy (0..1)"
    )
    parser.add_argument(
        "--json", action="store_true", help="print one JSON object and nothing else"
    )
    _add_child_options(parser)


def _add_child_options(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("as the child of another program")
    group.add_argument(
        "--events",
        action="store_true",
        help="print events as lines of JSON and nothing else; the line 'stop' on standard input "
        "ends the training and keeps the best network so far, the end of it ends the process",
    )
    group.add_argument(
        "--watch",
        type=path,
        metavar="FILE",
        help="strokes file with drawings whose answers are told after each epoch",
    )
    group.add_argument(
        "--compare",
        type=path,
        metavar="MODEL",
        help="another network, to be measured on the same images as the new one",
    )


def config_of(args: argparse.Namespace) -> TrainingConfig:
    """The preset with what the options change; raises ValueError."""
    from dataclasses import replace

    from qtdigits.core.training import LENET, PRESETS

    preset = args.preset or ("lenet" if args.network == "lenet" else _DEFAULT_PRESET)
    config = LENET if preset == "lenet" else PRESETS[preset]
    given = {name: getattr(args, name) for name in _OPTIONS if getattr(args, name) is not None}
    if args.start_from is not None and args.network is None:
        from qtdigits.core.model_card import read_card

        given["network"] = read_card(args.start_from).network
    return replace(config, **given)

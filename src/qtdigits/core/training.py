"""What a training run is asked for, what it reports, and what comes of it."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

NETWORKS: Final = ("digits", "small", "lenet")
"""The architectures that this version knows."""

PRECISIONS: Final = ("float32", "bfloat16")
"""What a network may compute in while it is trained."""

RANGES: Final[dict[str, tuple[float, float]]] = {
    "epochs": (1, 1000),
    "batch_size": (1, 4096),
    "learning_rate": (1e-6, 1.0),
    "dropout": (0.0, 0.9),
    "label_smoothing": (0.0, 0.5),
    "validation_share": (0.01, 0.5),
    "fold": (0, 99),
    "renderings": (1, 100),
    "variation": (0.0, 1.5),
    "fading": (0.0, 1.0),
    "averaging": (0.0, 0.99999),
    "seed": (0, 2**31 - 1),
}
"""The least and the most that the numbers of a TrainingConfig may be."""


@dataclass(frozen=True, slots=True)
class TrainingConfig:
    """All that decides a training run, apart from the data themselves.

    network: 'digits', 'small' or 'lenet'. optimizer: 'adam' at a constant learning rate, or 'adamw'
    (decoupled weight decay) with warm-up and cosine decay. label_smoothing and validation_share are
    fractions; fold says which writers are kept back, the fold-th share of them. renderings says how
    often a pen track is rendered anew with its strokes varied; variation, how strongly digit images
    are varied anew in each epoch: 1 as ml/augment.py says, 0 not at all. fading is the share of the
    training, at its end, in which the variation becomes gentle. averaging is the momentum of the
    weights' moving average, 0 for none. precision: 'float32', or 'bfloat16', which is quicker on
    processors made for it and slower on others.
    """

    network: str = "digits"
    epochs: int = 12
    batch_size: int = 128
    learning_rate: float = 0.003
    optimizer: str = "adamw"
    dropout: float = 0.3
    label_smoothing: float = 0.04
    validation_share: float = 0.1
    fold: int = 0
    renderings: int = 6
    variation: float = 1.0
    fading: float = 0.4
    averaging: float = 0.999
    precision: str = "float32"
    seed: int = 1

    def __post_init__(self) -> None:
        for name, (low, high) in RANGES.items():
            value = getattr(self, name)
            if not (math.isfinite(value) and low <= value <= high):
                words = name.replace("_", " ")
                raise ValueError(f"the {words} must lie from {low:g} to {high:g}, got {value:g}")


LENET: Final = TrainingConfig(
    network="lenet",
    epochs=20,
    batch_size=400,
    learning_rate=0.01,
    optimizer="adam",
    dropout=0.5,
    label_smoothing=0.0,
    renderings=1,
    variation=0.0,
    fading=0.0,
    averaging=0.0,
)
"""The recipe that this program grew out of: the baseline of every comparison."""

PRESETS: Final[dict[str, TrainingConfig]] = {
    "quick": TrainingConfig(
        network="small",
        epochs=2,
        batch_size=64,
        learning_rate=0.008,
        dropout=0.1,
        renderings=1,
        variation=0.0,
        fading=0.0,
    ),
    "balanced": TrainingConfig(),
    "best": replace(
        TrainingConfig(), epochs=80, batch_size=256, learning_rate=0.004, averaging=0.9995
    ),
}


@dataclass(frozen=True, slots=True)
class TrainingStarted:
    """Everything is read and built; the first epoch begins."""

    training: int
    validation: int
    parameters: int
    epochs: int


@dataclass(frozen=True, slots=True)
class EpochFinished:
    """One round through the training data is over; accuracies are fractions, epoch counts from 1.

    The training figures are those of varied images under dropout, so that the validation figures
    may well be the better ones.
    """

    epoch: int
    epochs: int
    loss: float
    accuracy: float
    validation_loss: float
    validation_accuracy: float
    seconds: float
    samples_per_second: float


@dataclass(frozen=True, slots=True)
class TrainingProgress:
    """How far the epoch is, told now and then: `done` of `of` images, epoch counts from 1.

    seconds_left is what the rest of the whole run may take, None before it can be told.
    """

    epoch: int
    epochs: int
    done: int
    of: int
    samples_per_second: float
    seconds_left: float | None


@dataclass(frozen=True, slots=True)
class WatchedAnswer:
    """What the network being trained answers to one watched drawing; confidence is 0..1."""

    digit: int
    confidence: float


@dataclass(frozen=True, slots=True)
class DrawingsWatched:
    """The answers to all watched drawings after an epoch, in the order of their file."""

    epoch: int
    answers: tuple[WatchedAnswer, ...]


@dataclass(frozen=True, slots=True)
class TrainingResult:
    """What a run came to; test_accuracy is None where the data have no test part.

    epochs counts those begun; stopped says that a person ended the run before its last one, so that
    the network is the best one until then.
    """

    path: str
    network: str
    parameters: int
    seconds: float
    epochs: int
    validation_n: int
    validation_accuracy: float
    test_n: int
    test_accuracy: float | None
    stopped: bool = False


TrainingEvent = TrainingStarted | TrainingProgress | EpochFinished | DrawingsWatched
Report = Callable[[TrainingEvent], None]

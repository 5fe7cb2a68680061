"""What a person can set about a training run, as one frozen table: the dialog is made from it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from qtdigits.core.settings import Choice
from qtdigits.core.training import RANGES


class FieldKind(StrEnum):
    """How a value is shown and edited."""

    WHOLE = "whole"
    """A whole number."""
    SHARE = "share"
    """A fraction, shown in per cent."""
    RATE = "rate"
    """A small number, shown with its significant digits."""
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class TrainingField:
    """One field of TrainingConfig. help is one or two sentences; choices belong to choices."""

    key: str
    title: str
    kind: FieldKind
    help: str
    choices: tuple[Choice, ...] = ()

    @property
    def range(self) -> tuple[float, float]:
        """The least and the most of a number; raises KeyError for what is none."""
        return RANGES[self.key]

    @property
    def explanation(self) -> str:
        """The help, and what a number may be."""
        if self.kind is FieldKind.CHOICE:
            return self.help
        low, high = self.range
        match self.kind:
            case FieldKind.WHOLE:
                words = f"From {low:,.0f} to {high:,.0f}."
            case FieldKind.SHARE:
                words = f"From {low * 100:.0f} to {high * 100:.0f}\u202f%."
            case FieldKind.RATE:
                words = f"From {low:f} to {high:g}."
        return f"{self.help} {words}"


FIELDS: Final = (
    TrainingField(
        "network",
        "Network",
        FieldKind.CHOICE,
        "How many layers, and how wide. 'qtdigits' is the one that ships; 'small' learns four "
        "times as fast and reads a little worse; LeNet is the classic of 1998.",
        (
            Choice("digits", "qtdigits"),
            Choice("small", "small"),
            Choice("lenet", "LeNet"),
        ),
    ),
    TrainingField(
        "epochs",
        "Epochs",
        FieldKind.WHOLE,
        "How often the network goes through all the images.",
    ),
    TrainingField(
        "batch_size",
        "Batch size",
        FieldKind.WHOLE,
        "How many images the network looks at before it changes its weights.",
    ),
    TrainingField(
        "learning_rate",
        "Learning rate",
        FieldKind.RATE,
        "How far the weights move at each step. Too much and it never settles, "
        "too little and it never gets there.",
    ),
)
"""What is always on show."""

FOLDED_FIELDS: Final = (
    TrainingField(
        "optimizer",
        "Optimiser",
        FieldKind.CHOICE,
        "How weights are changed. AdamW warms up and slows down towards the end; "
        "Adam goes at one pace.",
        (Choice("adamw", "AdamW"), Choice("adam", "Adam")),
    ),
    TrainingField(
        "precision",
        "Precision",
        FieldKind.CHOICE,
        "What it computes with while it learns. Half precision, bfloat16, is quicker on processors "
        "made for it and slower on others; what comes of it is a network like any other.",
        (Choice("float32", "float32"), Choice("bfloat16", "bfloat16")),
    ),
    TrainingField(
        "dropout",
        "Dropout",
        FieldKind.SHARE,
        "How many of its units the network does without at each step, so that it relies on none.",
    ),
    TrainingField(
        "validation_share",
        "Kept for validation",
        FieldKind.SHARE,
        "How many of the images are kept back, to see how the network reads what it never saw.",
    ),
    TrainingField(
        "seed",
        "Seed",
        FieldKind.WHOLE,
        "Where the random numbers begin. The same seed on the same machine gives the same network.",
    ),
    TrainingField(
        "variation",
        "Vary the images",
        FieldKind.SHARE,
        "How strongly each image is turned, leant, moved, stretched, bent and spoilt, anew in "
        "every epoch. It takes longer, and the network reads more hands.",
    ),
    TrainingField(
        "fading",
        "Gentler at the end",
        FieldKind.SHARE,
        "In how much of the training, at its end, the images are varied less, so that the network "
        "settles on what people really write.",
    ),
)
"""What is folded away at first."""


def field(key: str) -> TrainingField:
    """The row with this key; raises ValueError when there is none."""
    for row in (*FIELDS, *FOLDED_FIELDS):
        if row.key == key:
            return row
    raise ValueError(f"expected the key of a training field, got {key!r}")

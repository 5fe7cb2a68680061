"""The data sets in a folder, and what in them no network was trained on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from qtdigits.cli.arguments import line_numbers
from qtdigits.core.data_files.strokes import Drawing, read_drawings
from qtdigits.core.held_out import held_out_writers
from qtdigits.core.ink import Ink
from qtdigits.core.model_card import ModelCard
from qtdigits.core.training import TrainingConfig

MNIST: Final = "mnist.npz"
PENDIGITS: Final = "pendigits_train_strokes.jsonl.gz"
UNIPEN: Final = "unipen_dev_strokes.jsonl.gz"
NON_DIGITS: Final = "nondigit_dev_strokes.jsonl.gz"

WRONG_IN_UNIPEN: Final = line_numbers(
    "1014, 3506, 3510-3511, 3556, 3560, 3564-3566, 3597, 3602, 3652, 3701-3702, 3725, 3739-3740, "
    "3746-3747, 3786, 3789, 3820, 3825-3827, 3891, 3921, 3923, 3925, 4142, 4144, 4206, 4208, 4212, "
    "4252, 4256-4257, 4295, 4300, 6066, 6093, 6097, 6102, 6104, 6108"
)
"""Lines of UNIPEN whose entry is not the one digit that its label says, as README.md describes."""


@dataclass(frozen=True, slots=True, eq=False)
class Digits:
    """Drawings of digits; labels: int64 of shape (n,), 0 to 9."""

    inks: tuple[Ink, ...]
    labels: NDArray[np.int64]

    def spread(self, count: int) -> Digits:
        """At most so many of them, evenly over the file and so over its writers."""
        at = np.unique(np.linspace(0, len(self.inks) - 1, count).round().astype(int))
        return Digits(tuple(self.inks[i] for i in at.tolist()), self.labels[at])

    def joined(self, other: Digits) -> Digits:
        return Digits((*self.inks, *other.inks), np.concatenate((self.labels, other.labels)))


def kept_out(path: Path, card: ModelCard) -> Digits:
    """The digits of a strokes file by the writers that training keeps out by the card's settings.

    Raises ValueError with a sentence.
    """
    return _gathered(drawings_kept_out(path, card))


def drawings_kept_out(path: Path, card: ModelCard) -> list[Drawing]:
    """The same, as they stand in the file."""
    drawings = _digits(path)
    writers = _writers_kept_out(drawings, card)
    return [drawing for drawing in drawings if drawing.writer in writers]


def learnt_from(path: Path, card: ModelCard) -> list[Drawing]:
    """The other digits of the file, by the writers that a training does learn from."""
    drawings = _digits(path)
    writers = _writers_kept_out(drawings, card)
    return [drawing for drawing in drawings if drawing.writer not in writers]


def half_of_writers(path: Path, half: int) -> list[Drawing]:
    """The drawings by one half, 0 or 1, of the writers in a strokes file; raises ValueError."""
    drawings = [drawing for drawing in read_drawings(path) if not drawing.ink.is_empty]
    writers = held_out_writers([drawing.writer for drawing in drawings], 0.5, half)
    return [drawing for drawing in drawings if drawing.writer in writers]


def all_digits(path: Path) -> Digits:
    """All digits of a strokes file, for one that is never trained on. Raises ValueError."""
    return _gathered(_digits(path))


def _writers_kept_out(drawings: list[Drawing], card: ModelCard) -> set[str]:
    usual = TrainingConfig()
    share = card.settings.get("validation_share", usual.validation_share)
    fold = card.settings.get("fold", usual.fold)
    return held_out_writers([drawing.writer for drawing in drawings], share, fold)


def _digits(path: Path) -> list[Drawing]:
    found = [one for one in read_drawings(path) if one.digit >= 0 and not one.ink.is_empty]
    if not found:
        raise ValueError(f"{path} holds no digits; choose another strokes file")
    return found


def _gathered(drawings: list[Drawing]) -> Digits:
    labels = np.array([drawing.digit for drawing in drawings], np.int64)
    return Digits(tuple(drawing.ink for drawing in drawings), labels)

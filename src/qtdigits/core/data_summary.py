"""What a data file holds, found out before anything is trained on it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from qtdigits.core.data_files.digit_set import NOT_A_DIGIT, DigitSet
from qtdigits.core.data_files.reader import read_digit_set
from qtdigits.core.raster import rasterize
from qtdigits.core.store.store import Store, store_path
from qtdigits.core.wording import as_sentence

FEWEST: Final = 20
DRAWINGS: Final = Path("drawings")
"""Stands for the labelled drawings of who is at the desk, as it does for qtdigits train."""
SAMPLES: Final = 10


_NO_DRAWINGS: Final = "None has a label yet: draw a digit, and press the right one or Enter."


@dataclass(frozen=True, slots=True, eq=False)
class DataSummary:
    """A data file in short; problem says why it cannot be learnt from, '' when it can.

    per_digit counts the images of each digit, samples is uint8 of shape (up to 10, 28, 28): one of
    each digit that there is.
    """

    path: Path
    count: int = 0
    per_digit: tuple[int, ...] = (0,) * 10
    samples: NDArray[np.uint8] | None = None
    skipped: int = 0
    problem: str = ""


def summarize(path: Path) -> DataSummary:
    """Read and judge a data file, or DRAWINGS; never raises for what is in it."""
    if path == DRAWINGS:
        return _summarize_drawings()
    try:
        digit_set = read_digit_set(path, "train")
    except ValueError as error:
        return DataSummary(path, problem=_sentence(str(error), path))
    except MemoryError:
        return DataSummary(path, problem="This file is too large for the memory of this computer.")
    counts = np.bincount(digit_set.digits().labels, minlength=10)
    return DataSummary(
        path,
        len(digit_set),
        tuple(counts.tolist()),
        _one_of_each(digit_set),
        len(digit_set.skipped),
        _problem(digit_set, counts),
    )


def _summarize_drawings() -> DataSummary:
    """However few they are: they can be learnt from together with other data."""
    if not store_path().exists():
        return DataSummary(DRAWINGS, problem=_NO_DRAWINGS)
    counts = [0] * 10
    samples: dict[int, NDArray[np.uint8]] = {}
    try:
        store = Store.open_to_read()
        try:
            for entry in store.drawings.labelled(store.people.current().id):
                if entry.label is None:
                    continue
                counts[entry.label] += 1
                if entry.label not in samples:
                    pixels = np.rint(rasterize(entry.ink) * 255)
                    samples[entry.label] = pixels.astype(np.uint8)
        finally:
            store.close()
    except ValueError as error:
        return DataSummary(DRAWINGS, problem=_sentence(str(error), DRAWINGS))
    if not samples:
        return DataSummary(
            DRAWINGS,
            problem="None has a label yet: press the right digit, or Enter, after drawing.",
        )
    images = np.array([samples[digit] for digit in sorted(samples)])
    return DataSummary(DRAWINGS, sum(counts), tuple(counts), images)


def _problem(digit_set: DigitSet, counts: NDArray[np.int64]) -> str:
    total = int(counts.sum())
    if total == 0:
        if len(digit_set):
            return ""  # letters and scribbles: the network learns to refuse them
        return "There are no pictures in it."
    if total < FEWEST:
        return f"There are only {total} digits in it; at least {FEWEST} are needed."
    if np.count_nonzero(counts) == 1:
        return f"It has only pictures of {counts.argmax()}; two digits or more are needed."
    if not digit_set.digits().images.any():
        return "All its pictures are blank."
    return ""


def _one_of_each(digit_set: DigitSet) -> NDArray[np.uint8]:
    labels = digit_set.labels
    wanted = [digit for digit in range(10) if (labels == digit).any()] or [NOT_A_DIGIT]
    at = [int(np.argmax(labels == digit)) for digit in wanted[:SAMPLES] if len(labels)]
    return digit_set.images[at].copy()


def _sentence(text: str, path: Path) -> str:
    """An error's text as a sentence below the file's name, which need not be said again."""
    if text.startswith(name := str(path)):
        text = ("this folder" if path.is_dir() else "this file") + text.removeprefix(name)
    return as_sentence(text)

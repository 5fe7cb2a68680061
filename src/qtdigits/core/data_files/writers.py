"""Who wrote each image of MNIST, which its own files do not tell."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from qtdigits.core.data_files.digit_set import Part
from qtdigits.core.data_files.npz import read_array
from qtdigits.core.data_files.regular import shown


def read_writers(path: Path, part: Part) -> tuple[str, ...]:
    """The writer of each image of a part: the array train_writer or test_writer of an archive.

    Raises ValueError with a sentence when the file is no such archive.
    """
    name = f"{part}_writer"
    try:
        writers = read_array(path, name)
    except ValueError as error:
        raise ValueError(f"this does not name the writers of MNIST: {error}") from None
    if writers.ndim != 1 or writers.dtype.kind not in "iuUS":
        raise ValueError(
            f"{shown(path)} does not name the writers of MNIST: the array {name} must have the "
            "shape (n,) and hold names or numbers"
        )
    return tuple(writers.astype(np.str_).tolist())

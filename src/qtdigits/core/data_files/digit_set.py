"""A digit set: labelled digit images, whatever kind of file they came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from qtdigits.core.raster import SIDE

Part = Literal["test", "train"]
"""Which half of a data set to read, where a file holds both."""

NOT_A_DIGIT: Final = -1
"""The label of an image that shows something else, such as a letter."""


@dataclass(frozen=True, slots=True, eq=False)
class DigitSet:
    """Labelled images, in the order of the file.

    images: uint8 of shape (n, 28, 28), 0 for paper to 255 for ink; exact for all sources, as the
    renderer and MNIST both have 256 levels. An image without any ink is one in which no digit was
    found. labels: int64 of shape (n,), 0 to 9 or NOT_A_DIGIT. names: the labels as the file has
    them. writers: one name an image, or nothing when the file names none. places: where each image
    stands in the source, such as 'line 7'. skipped: a sentence for each thing that could not be
    read and was left out.
    """

    source: str
    images: NDArray[np.uint8]
    labels: NDArray[np.int64]
    names: tuple[str, ...]
    places: tuple[str, ...]
    writers: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        n = len(self.labels)
        if self.images.shape != (n, SIDE, SIDE) or self.images.dtype != np.uint8:
            raise ValueError(
                f"images must be uint8 of shape ({n}, {SIDE}, {SIDE}), "
                f"got {self.images.dtype} of shape {self.images.shape}"
            )
        if not len(self.names) == len(self.places) == n or len(self.writers) not in (0, n):
            raise ValueError(
                f"{n} labels, but {len(self.names)} names, {len(self.places)} places "
                f"and {len(self.writers)} writers"
            )

    def __len__(self) -> int:
        return len(self.labels)

    def pixels(self) -> NDArray[np.float32]:
        """The images as a network takes them: float32 of shape (n, 28, 28) in 0..1."""
        return self.images.astype(np.float32) / np.float32(255)

    def where(self, chosen: NDArray[np.bool_]) -> DigitSet:
        """The images for which `chosen`, of shape (n,), is true."""
        at = np.flatnonzero(chosen).tolist()
        return DigitSet(
            self.source,
            self.images[chosen],
            self.labels[chosen],
            tuple(self.names[i] for i in at),
            tuple(self.places[i] for i in at),
            tuple(self.writers[i] for i in at) if self.writers else (),
            self.skipped,
        )

    def digits(self) -> DigitSet:
        """Only the images that show a digit."""
        return self.where(self.labels != NOT_A_DIGIT)

    def non_digits(self) -> DigitSet:
        """Only the images that show something else."""
        return self.where(self.labels == NOT_A_DIGIT)


def from_arrays(
    source: str, images: NDArray[np.uint8], labels: NDArray[np.int64], writers: tuple[str, ...] = ()
) -> DigitSet:
    """A digit set of arrays whose labels are all 0 to 9; the places are indices from 0."""
    names = tuple(str(label) for label in labels.tolist())
    places = tuple(f"index {index}" for index in range(len(labels)))
    return DigitSet(source, images, labels, names, places, writers)

"""Finding out what a network from elsewhere expects, by digits that everybody reads alike.

Digits of the built-in synthetic pen are shown to it in each of twelve forms. The form that it reads
best is the one that it was trained with; among forms that it reads about equally well, the one in
which its doubts fit its mistakes (least cross-entropy): fed 0 to 255 instead of 0 to 1 it would be
too sure of itself, the other way round too unsure.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from itertools import product
from typing import Final

import numpy as np
from numpy.typing import NDArray

from qtdigits.core.layers import Layer, checked_layer
from qtdigits.core.raster import rasterize_tracks
from qtdigits.core.synthetic_pen import synthetic_digits
from qtdigits.core.verdict import softmax

_SHOWN: Final = 300
_SEED: Final = 4101
_AS_GOOD: Final = 0.02
"""Accuracies this close are about equal."""

Logits = Callable[[NDArray[np.float32]], NDArray[np.float32]]
"""From images (n, 28, 28, 1) to logits (n, 10)."""


class Levels(Enum):
    """What the darkest and the lightest grey are to a network."""

    UNIT = (0.0, 1.0)
    BYTE = (0.0, 255.0)
    SIGNED = (-1.0, 1.0)

    @property
    def words(self) -> str:
        low, high = self.value
        return f"{low:g} to {high:g}".replace("-", "−")


@dataclass(frozen=True, slots=True)
class Form:
    """How a network wants its digits, beside those of this program: light ink, 0 to 1."""

    is_ink_dark: bool
    levels: Levels
    is_transposed: bool

    @property
    def layers(self) -> tuple[Layer, ...]:
        """Layers that make this form of a digit image (28, 28, 1)."""
        low, high = self.levels.value
        scale, offset = (low - high, high) if self.is_ink_dark else (high - low, low)
        found = []
        if (scale, offset) != (1.0, 0.0):
            found.append(checked_layer("Rescaling", {"scale": scale, "offset": offset}))
        if self.is_transposed:
            found.append(checked_layer("Permute", {"dims": [2, 1, 3]}))
        return tuple(found)

    def of(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        """The same in numpy, for images (n, 28, 28, 1) in 0..1."""
        low, high = self.levels.value
        values = 1 - images if self.is_ink_dark else images
        if self.is_transposed:
            values = values.transpose(0, 2, 1, 3)
        return np.asarray(low + (high - low) * values, np.float32)

    @property
    def words(self) -> str:
        """What it expects, such as 'dark ink on white, 0 to 255'."""
        ink = "dark ink on white" if self.is_ink_dark else "light ink on black"
        turned = ", rows and columns exchanged" if self.is_transposed else ""
        return f"{ink}, {self.levels.words}{turned}"


# The usual ones first: of two that fit equally well, the first is taken.
_FORMS: Final = tuple(
    Form(dark, levels, transposed)
    for transposed, dark, levels in product((False, True), (False, True), Levels)
)


def find_form(logits: Logits) -> tuple[Form, float]:
    """The form in which a network reads digits best, and the share that it then reads right."""
    images, labels = synthetic_images(_SHOWN, _SEED)
    results = []
    for form in _FORMS:
        given = logits(form.of(images))
        right = softmax(given)[np.arange(len(labels)), labels]
        accuracy = float((given.argmax(axis=1) == labels).mean())
        results.append((form, accuracy, float(-np.log(right + 1e-30).mean())))
    best = max(accuracy for _, accuracy, _ in results)
    near = [result for result in results if result[1] >= best - _AS_GOOD]
    form, accuracy, _ = min(near, key=lambda result: result[2])
    return form, accuracy


def synthetic_images(count: int, seed: int) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Digits of the synthetic pen, (n, 28, 28, 1) in 0..1 with light ink, and their labels."""
    drawings = synthetic_digits(count, seed)
    images = np.array([rasterize_tracks(tracks) for _, tracks in drawings], np.float32)
    return images[..., None], np.array([label for label, _ in drawings], np.int64)

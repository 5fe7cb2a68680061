"""What the network said of shapes, so that those still there need not be asked about again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from qtdigits.core.ink import Ink
from qtdigits.core.raster import DigitImage, rasterize
from qtdigits.core.recognizer import Recognizer

Answer = tuple[DigitImage, NDArray[np.float32]]
"""A digit image and the network's logits for it, shape (10,)."""

_MOST: Final = 500


class ShapeMemory:
    """Owns the digit images and logits of the shapes that were asked about last.

    Used by one thread. Another recognizer than the last time makes it forget everything.
    """

    def __init__(self) -> None:
        self._recognizer: Recognizer | None = None
        self._answers: dict[tuple[bytes, ...], Answer] = {}

    def answers(self, inks: Sequence[Ink], recognizer: Recognizer) -> list[Answer]:
        """The image and the logits of each ink; all unknown ones go to the network in one batch."""
        if recognizer is not self._recognizer:
            self._recognizer, self._answers = recognizer, {}
        keys = [tuple(stroke.points().tobytes() for stroke in ink.strokes) for ink in inks]
        missing = {
            key: ink for key, ink in zip(keys, inks, strict=True) if key not in self._answers
        }
        if missing:
            images = np.stack([rasterize(ink) for ink in missing.values()])
            for key, image, logits in zip(missing, images, recognizer.logits(images), strict=True):
                self._answers[key] = (image, logits)
        found = [self._answers[key] for key in keys]
        # What was asked for now is the newest; the oldest go.
        for key, answer in zip(keys, found, strict=True):
            self._answers.pop(key, None)
            self._answers[key] = answer
        for key in list(self._answers)[: max(0, len(self._answers) - _MOST)]:
            del self._answers[key]
        return found

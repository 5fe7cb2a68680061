"""What the rest of the program knows of a network: it reads digit images."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from qtdigits.core.model_card import ModelCard
from qtdigits.core.prediction import Prediction


class Recognizer(Protocol):
    """A loaded network. Owned by one thread."""

    @property
    def card(self) -> ModelCard: ...

    def logits(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        """The network's ten raw outputs for images of shape (n, 28, 28) in 0..1; shape (n, 10)."""
        ...

    def predict(self, images: NDArray[np.float32]) -> list[Prediction]:
        """One prediction for each image of shape (n, 28, 28), values 0 (paper) to 1 (ink)."""
        ...


RecognizerLoader = Callable[[Path], Recognizer]
"""Loads the model file at a path; raises ValueError with a sentence for the person."""


class Preparation(Protocol):
    """Makes what loads a network available, where it is not from the beginning."""

    def provide(self, progress: Callable[[float], None]) -> None:
        """Make it available; progress is told the share done, 0..1, if that takes its time.

        What progress raises ends it. Raises ValueError or OSError with a sentence for the person.
        """
        ...

    def distrust(self) -> None:
        """What was made available does not work."""
        ...

    def tidy(self) -> None:
        """Do what can wait until everything else is done."""
        ...

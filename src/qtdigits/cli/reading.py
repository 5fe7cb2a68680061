"""Loading the network for a command, and reading many digit images with it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from qtdigits.core.prediction import Prediction
    from qtdigits.core.recognizer import Recognizer

_BATCH: Final = 1000


def load_networks(paths: Sequence[Path | None]) -> list[Recognizer]:
    """Load the network in each file, None for the one that ships; raises ValueError.

    Call it once all other input has been checked: importing Keras takes seconds.
    """
    from qtdigits.core.data_files.regular import open_regular
    from qtdigits.core.paths import shipped_model

    models = [shipped_model() if path is None else path for path in paths]
    for model in models:
        with open_regular(model):
            pass  # what is no file at all is refused before Keras is imported

    from qtdigits.ml.preload import import_keras

    import_keras()
    from qtdigits.ml.recognizer import load_recognizer

    return [load_recognizer(model) for model in models]


def load_network(path: Path | None) -> Recognizer:
    """Load one network, as load_networks does."""
    return load_networks([path])[0]


def read_images(recognizer: Recognizer, images: NDArray[np.uint8]) -> list[Prediction]:
    """One prediction for each image of shape (n, 28, 28), 0 (paper) to 255 (ink).

    An image without ink is answered without the network: there is nothing in it.
    """
    import numpy as np

    from qtdigits.core.prediction import Prediction, Verdict

    nothing = Prediction((0.1,) * 10, Verdict.EMPTY, ())
    predictions = [nothing] * len(images)
    inked = np.flatnonzero(images.any(axis=(1, 2)))
    for start in range(0, len(inked), _BATCH):
        places = inked[start : start + _BATCH]
        batch = images[places].astype(np.float32) / np.float32(255)
        for place, prediction in zip(places.tolist(), recognizer.predict(batch), strict=True):
            predictions[place] = prediction
    return predictions


def read_digits(recognizer: Recognizer, images: NDArray[np.uint8]) -> NDArray[np.int64]:
    """The most probable digit of each image of shape (n, 28, 28); -1 for one without ink.

    Quicker than read_images where thousands are read again and again.
    """
    import numpy as np

    digits = np.full(len(images), -1, np.int64)
    inked = np.flatnonzero(images.any(axis=(1, 2)))
    for start in range(0, len(inked), _BATCH):
        places = inked[start : start + _BATCH]
        batch = images[places].astype(np.float32) / np.float32(255)
        digits[places] = recognizer.logits(batch).argmax(axis=1)
    return digits


def about_networks(networks: Sequence[Recognizer]) -> dict[str, Any]:
    """Which network was measured, and which it was compared with, as every JSON object says it."""
    names = [{"name": network.card.name, "sha256": network.card.sha256} for network in networks]
    return dict(zip(("model", "compared_with"), names, strict=False))

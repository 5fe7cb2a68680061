"""Exporting a network for other programs, in files that Keras itself opens."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

import keras
import numpy as np
from numpy.typing import NDArray

from qtdigits.core.model_card import ModelCard, card_path
from qtdigits.core.raster import rasterize_tracks
from qtdigits.core.synthetic_pen import synthetic_digits
from qtdigits.ml.model_file import check_destination, save_with_card
from qtdigits.ml.recognizer import load_network

CHECKED: Final = 100
"""So many digits are read with each exported file."""
_SEED: Final = 100
_TOLERANCE: Final = 1e-4


def export_network(model: Path, out: Path) -> ModelCard:
    """Save a network of this program as .keras or .h5, with its card beside it.

    The whole network is saved: architecture and weights, from digit images (n, 28, 28, 1) in 0..1
    to ten logits. Before it is moved into place, the file is opened as another program would, and
    must answer 100 synthetic digits as the network does. Raises ValueError with a sentence; older
    files then stay as they are.
    """
    check_destination(out)
    if card_path(out).exists() and not out.exists():
        raise ValueError(f"{card_path(out)} exists, and the model card would replace it")
    network, card = load_network(model)
    digits = _digits()
    expected = np.asarray(network(digits, training=False))

    def check(draft: Path) -> None:
        # The file was written a moment ago by this very process: it is no foreign one.
        opened = keras.models.load_model(draft, compile=False)
        answers = np.asarray(opened(digits, training=False))
        same_digits = np.array_equal(answers.argmax(axis=1), expected.argmax(axis=1))
        if not same_digits or not np.allclose(answers, expected, atol=_TOLERANCE):
            raise ValueError(
                f"the exported file does not answer as {card.name} does; export it in another form"
            )

    return save_with_card(network, out, check, lambda sha256: replace(card, sha256=sha256))


def _digits() -> NDArray[np.float32]:
    """Synthetic digits as a network takes them, shape (100, 28, 28, 1)."""
    drawings = synthetic_digits(CHECKED, _SEED)
    images = np.array([rasterize_tracks(tracks) for _, tracks in drawings], np.float32)
    return images[..., None]

"""The network that is measured, as the program loads it and as plain Keras has it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qtdigits.core.model_card import ModelCard, card_path
from qtdigits.core.recognizer import Recognizer


def read_card(model: Path) -> ModelCard:
    """The card beside a network; raises ValueError when there is none that can be read."""
    try:
        return ModelCard.from_json(card_path(model).read_text(encoding="utf-8"))
    except OSError as error:
        raise ValueError(f"the network {model} has no model card: {error.strerror}") from None


def recognizer(model: Path) -> Recognizer:
    """The network as the program reads with it; imports Keras. Raises ValueError."""
    from qtdigits.ml.preload import import_keras

    import_keras()
    from qtdigits.ml.recognizer import load_recognizer

    return load_recognizer(model)


def keras_network(model: Path) -> Any:  # noqa: ANN401 - Keras has no types
    """The Keras model of the same weights, for what Keras itself offers; imports Keras."""
    from qtdigits.ml.network import build_network

    network = build_network(read_card(model).network, dropout=0.0)
    network.load_weights(model)
    return network

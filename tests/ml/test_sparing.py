"""A network that looks once at what is beyond doubt, and five times at all else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from qtdigits.ml.recognizer import KerasRecognizer, load_network, load_recognizer
from qtdigits.ml.sparing import SparingRecognizer


@pytest.fixture(scope="module")
def images() -> NDArray[np.float32]:
    return np.random.default_rng(7).random((9, 28, 28), np.float32)


def _card_by_which(trained: Path, sure: bool) -> KerasRecognizer:
    """The network with a card by which every image is beyond doubt, or none is."""
    network, card = load_network(trained)
    temperature, threshold = (1e-4, np.inf) if sure else (1e4, -np.inf)
    card = replace(card, temperature=temperature, energy_threshold=threshold)
    return KerasRecognizer(network, card)


def test_first_look_is_the_image_as_it_is(trained: Path, images: NDArray[np.float32]) -> None:
    network, card = load_network(trained)
    expected = network(images[..., None], training=False).numpy()
    looked = KerasRecognizer(network, card).logits_at_first_look(images)
    assert looked == pytest.approx(expected, abs=1e-4)


def test_what_is_beyond_doubt_is_looked_at_once(
    trained: Path, images: NDArray[np.float32], monkeypatch: pytest.MonkeyPatch
) -> None:
    recognizer = _card_by_which(trained, sure=True)
    monkeypatch.setattr(recognizer, "logits", None)
    read = SparingRecognizer(recognizer).logits(images)
    np.testing.assert_array_equal(read, recognizer.logits_at_first_look(images))


def test_what_is_in_doubt_is_read_by_all_views(trained: Path, images: NDArray[np.float32]) -> None:
    recognizer = _card_by_which(trained, sure=False)
    read = SparingRecognizer(recognizer).logits(images)
    assert read == pytest.approx(recognizer.logits(images), abs=1e-5)


def test_logits_of_an_image_depend_on_no_other(trained: Path, images: NDArray[np.float32]) -> None:
    sparing = SparingRecognizer(load_recognizer(trained))
    together = sparing.logits(images)
    for at, image in enumerate(images):
        assert sparing.logits(image[None])[0] == pytest.approx(together[at], abs=1e-4)


def test_no_image_has_no_logits(trained: Path) -> None:
    sparing = SparingRecognizer(load_recognizer(trained))
    assert sparing.logits(np.zeros((0, 28, 28), np.float32)).shape == (0, 10)


def test_prediction_keeps_the_cards_contract(trained: Path, images: NDArray[np.float32]) -> None:
    recognizer = _card_by_which(trained, sure=False)
    (prediction, *_) = SparingRecognizer(recognizer).predict(images)
    assert prediction.verdict is recognizer.predict(images)[0].verdict

"""A Keras network that reads, and the files that it refuses to be read from."""

from __future__ import annotations

import json
import os
import random
import shutil
import socket
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf

from qtdigits.core.model_card import card_path, file_sha256
from qtdigits.ml.network import build_network
from qtdigits.ml.recognizer import KerasRecognizer, load_recognizer

needs_posix = pytest.mark.skipif(os.name != "posix", reason="pipes and devices are POSIX's")


@pytest.fixture
def recognizer(trained: Path) -> KerasRecognizer:
    return load_recognizer(trained)


@pytest.fixture
def model(trained: Path, tmp_path: Path) -> Path:
    """A copy of the trained network with its card, to be spoiled."""
    path = tmp_path / "mine.keras"
    shutil.copy(trained, path)
    shutil.copy(card_path(trained), card_path(path))
    return path


def edit_card(model: Path, **values: object) -> None:
    card = json.loads(card_path(model).read_text(encoding="utf-8"))
    card_path(model).write_text(json.dumps(card | values), encoding="utf-8")


def refusal(path: Path) -> str:
    """The one sentence that loading this file is refused with."""
    with pytest.raises(ValueError, match=r"\S") as caught:
        load_recognizer(path)
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert path.stem in sentence
    return sentence


def test_logits_have_one_row_for_each_image(recognizer: KerasRecognizer) -> None:
    logits = recognizer.logits(np.zeros((3, 28, 28), np.float32))
    assert logits.shape == (3, 10)
    assert logits.dtype == np.float32


def test_logits_of_no_image_have_no_row(recognizer: KerasRecognizer) -> None:
    assert recognizer.logits(np.zeros((0, 28, 28), np.float32)).shape == (0, 10)


def test_logits_of_many_images_are_those_of_each(recognizer: KerasRecognizer) -> None:
    images = np.random.default_rng(0).random((1003, 28, 28), np.float32)
    together = recognizer.logits(images)
    assert together.shape == (1003, 10)
    for at in (0, 499, 500, 1002):
        assert recognizer.logits(images[at : at + 1])[0] == pytest.approx(together[at], abs=1e-4)


def test_images_of_any_number_are_computed_in_few_and_small_batches(
    recognizer: KerasRecognizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []
    compiled = recognizer._compiled

    def watched(batch: tf.Tensor) -> tf.Tensor:
        sizes.append(len(batch))
        return compiled(batch)

    monkeypatch.setattr(recognizer, "_compiled", watched)
    for count in range(1, 131):
        assert recognizer.logits(np.zeros((count, 28, 28), np.float32)).shape == (count, 10)
    assert len(set(sizes)) < 20
    assert max(sizes) <= 64


def test_logits_are_the_mean_over_five_views_of_the_network_without_dropout(
    recognizer: KerasRecognizer, trained: Path
) -> None:
    network = build_network("small", 0.0)
    network.load_weights(trained)
    images = np.random.default_rng(1).random((4, 28, 28), np.float32)
    bordered = np.pad(images, ((0, 0), (1, 1), (1, 1)))
    corners = ((1, 1), (0, 1), (2, 1), (1, 0), (1, 2))
    views = [bordered[:, top : top + 28, left : left + 28, None] for top, left in corners]
    expected = np.mean([network(view, training=False) for view in views], axis=0)
    assert recognizer.logits(images) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("shape", [(28, 28), (1, 28, 27), (1, 28, 28, 1), (1, 784)])
def test_logits_of_another_shape_are_refused(
    shape: tuple[int, ...], recognizer: KerasRecognizer
) -> None:
    with pytest.raises(ValueError, match=r"shape \(n, 28, 28\)"):
        recognizer.logits(np.zeros(shape, np.float32))


def test_predictions_come_one_for_each_image(recognizer: KerasRecognizer) -> None:
    predictions = recognizer.predict(np.zeros((2, 28, 28), np.float32))
    assert len(predictions) == 2
    assert sum(predictions[0].probabilities) == pytest.approx(1.0)


def test_network_without_file_is_refused(tmp_path: Path) -> None:
    assert "No such file" in refusal(tmp_path / "missing.keras")


def test_network_that_is_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.keras").mkdir()
    assert "not a file" in refusal(tmp_path / "folder.keras")


@needs_posix
def test_network_that_is_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.keras")
    assert "not a file" in refusal(tmp_path / "pipe.keras")


@needs_posix
def test_network_that_is_a_socket_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # the path of a socket must be short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.keras")
        assert "not a file" in refusal(Path("socket.keras"))


@needs_posix
def test_network_that_is_a_device_is_refused() -> None:
    assert "not a file" in refusal(Path("/dev/zero"))


def test_network_that_is_too_large_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "huge.keras").open("wb") as file:
        file.truncate(65 * 1024 * 1024)
    assert "larger than 64 MiB" in refusal(tmp_path / "huge.keras")


@pytest.mark.parametrize("content", [b"", b"PK", b"a letter to somebody", b"\x00" * 100])
def test_network_that_is_something_else_is_refused(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "other.keras").write_bytes(content)
    assert "not a Keras network" in refusal(tmp_path / "other.keras")


@pytest.mark.parametrize("share", [0.01, 0.5, 0.99])
def test_network_cut_short_is_refused(share: float, model: Path) -> None:
    content = model.read_bytes()
    model.write_bytes(content[: int(len(content) * share)])
    assert "not the file that its model card describes" in refusal(model)


@pytest.mark.parametrize("share", [0.01, 0.5, 0.99])
def test_network_cut_short_before_its_card_was_made_is_refused(share: float, model: Path) -> None:
    content = model.read_bytes()
    model.write_bytes(content[: int(len(content) * share)])
    edit_card(model, sha256=file_sha256(model))
    assert "damaged" in refusal(model)


def test_network_with_a_flipped_bit_is_refused(model: Path) -> None:
    content = bytearray(model.read_bytes())
    content[len(content) // 2] ^= 1
    model.write_bytes(content)
    assert "not the file that its model card describes" in refusal(model)


def test_network_that_is_damaged_and_fits_its_card_ends_in_a_sentence(model: Path) -> None:
    """Whoever makes the card anew gets another network or a sentence, never another exception."""
    content = model.read_bytes()
    rng = random.Random(3)
    for _ in range(12):
        damaged = bytearray(content)
        at = rng.randrange(len(damaged) - 64)
        damaged[at : at + 64] = rng.randbytes(64)
        model.write_bytes(damaged)
        edit_card(model, sha256=file_sha256(model))
        try:
            load_recognizer(model)
        except ValueError as error:
            assert "mine" in str(error)  # noqa: PT017 - not every damage is noticed


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_network_with_weights_that_are_no_numbers_is_refused(value: float, model: Path) -> None:
    network = build_network("small", 0.0)
    weights = network.get_weights()
    weights[0].flat[3] = value
    network.set_weights(weights)
    network.save(model)
    edit_card(model, sha256=file_sha256(model))
    assert "weights that are not numbers" in refusal(model)


def test_network_of_other_layers_than_its_card_says_is_refused(model: Path) -> None:
    edit_card(model, network="lenet")
    assert "damaged" in refusal(model)


def test_network_without_card_is_refused(model: Path) -> None:
    card_path(model).unlink()
    assert "has no model card" in refusal(model)


def spoil_by_folder(card: Path) -> None:
    card.unlink()
    card.mkdir()


def spoil_by_pipe(card: Path) -> None:
    card.unlink()
    os.mkfifo(card)


def spoil_by_bytes(card: Path) -> None:
    card.write_bytes(b"\xff\xfe\x00")


def spoil_by_text(card: Path) -> None:
    card.write_text("a letter", encoding="utf-8")


def spoil_by_emptying(card: Path) -> None:
    card.write_bytes(b"")


@needs_posix
@pytest.mark.parametrize(
    "spoil", [spoil_by_folder, spoil_by_pipe, spoil_by_bytes, spoil_by_text, spoil_by_emptying]
)
def test_network_with_a_card_that_is_none_is_refused(
    spoil: Callable[[Path], None], model: Path
) -> None:
    spoil(card_path(model))
    assert "mine.json" in refusal(model)


def test_network_with_the_card_of_another_is_refused(model: Path) -> None:
    edit_card(model, sha256="0" * 64)
    assert "not the file that its model card describes" in refusal(model)


def test_network_of_unknown_preprocessing_is_refused(model: Path) -> None:
    edit_card(model, preprocessing=99)
    assert "preprocessing version 99" in refusal(model)


def test_network_of_an_unknown_architecture_is_refused(model: Path) -> None:
    edit_card(model, network="resnet")
    assert "'resnet', unknown to this version" in refusal(model)

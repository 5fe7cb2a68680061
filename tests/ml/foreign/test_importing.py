"""What is found out about a network from elsewhere, and that it answers as it did there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import keras
import numpy as np
import pytest
from keras import layers
from numpy.typing import NDArray

from foreign_networks import digits, h5_file, keras2_config, lenet_weights
from qtdigits.core.model_card import ModelCard, card_path
from qtdigits.core.verdict import softmax
from qtdigits.ml.foreign import importing, probing
from qtdigits.ml.foreign.importing import found_words, save_imported
from qtdigits.ml.foreign.reading import read_foreign
from qtdigits.ml.imported import build_imported
from qtdigits.ml.recognizer import load_network, load_recognizer

Build = Callable[[], keras.Model]
SUFFIXES = (".keras", ".h5")


@pytest.fixture(autouse=True, scope="module")
def few_digits() -> Iterator[None]:
    """Fewer digits than the program asks for, each rendered once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(importing, "_DIGITS", 300)
        patch.setattr(importing, "_NON_DIGITS", 100)
        for module in (importing, probing):
            patch.setattr(module, "synthetic_images", cache(digits))
        yield


def lenet(softmax_at_the_end: bool = False) -> list[keras.Layer]:
    """The layers of the LeNet, which take light ink on black, 0 to 1."""
    return [
        layers.Conv2D(30, 5, activation="relu"),
        layers.MaxPooling2D(),
        layers.Conv2D(15, 3, activation="relu"),
        layers.MaxPooling2D(),
        layers.Dropout(0.2),
        layers.Flatten(),
        layers.Dense(500, activation="relu"),
        layers.Dense(10, activation="softmax" if softmax_at_the_end else None),
    ]


def fitted(network: keras.Model) -> keras.Model:
    """The network with weights that read digits."""
    weights = iter(lenet_weights().values())
    for layer in network.layers:
        if isinstance(layer, layers.Conv2D | layers.Dense):
            layer.set_weights(next(weights))
    return network


def sequential(*first: keras.Layer, shape: tuple[int, ...] = (28, 28, 1), **kind: bool) -> Build:
    return lambda: fitted(keras.Sequential([keras.Input(shape), *first, *lenet(**kind)]))


def functional(*first: keras.Layer, shape: tuple[int, ...] = (28, 28, 1)) -> Build:
    def build() -> keras.Model:
        values = given = keras.Input(shape)
        for layer in (*first, *lenet(), layers.Softmax()):
            values = layer(values)
        return fitted(keras.Model(given, values))

    return build


# What stands before the LeNet makes it expect something else.
DARK = layers.Rescaling(-1.0, 1.0)
BYTE = layers.Rescaling(1 / 255)
DARK_BYTE = layers.Rescaling(-1 / 255, 1.0)
SIGNED = layers.Rescaling(0.5, 0.5)
NETWORKS: dict[str, tuple[Build, str, str]] = {
    "softmax": (
        sequential(softmax_at_the_end=True),
        "light ink on black, 0 to 1",
        "probabilities",
    ),
    "logits": (sequential(), "light ink on black, 0 to 1", "raw numbers (logits)"),
    "dark ink": (sequential(DARK), "dark ink on white, 0 to 1", "raw numbers (logits)"),
    "0..255": (functional(BYTE), "light ink on black, 0 to 255", "probabilities"),
    "dark ink, 0..255": (functional(DARK_BYTE), "dark ink on white, 0 to 255", "probabilities"),
    "-1..1": (sequential(SIGNED), "light ink on black, −1 to 1", "raw numbers (logits)"),
    "784": (
        sequential(DARK, layers.Reshape((28, 28, 1)), shape=(784,)),
        "dark ink on white, 0 to 1, as 784 numbers in a row",
        "raw numbers (logits)",
    ),
    "28x28": (
        functional(layers.Reshape((28, 28, 1)), shape=(28, 28)),
        "light ink on black, 0 to 1",
        "probabilities",
    ),
    "exchanged": (
        sequential(layers.Permute((2, 1, 3))),
        "light ink on black, 0 to 1, rows and columns exchanged",
        "raw numbers (logits)",
    ),
}


@pytest.mark.parametrize("name", NETWORKS)
def test_network_of_keras_3_is_found_out_and_answers_as_there(name: str, tmp_path: Path) -> None:
    build, expects, answers = NETWORKS[name]
    suffix = SUFFIXES[list(NETWORKS).index(name) % 2]
    theirs = build()
    file = tmp_path / f"theirs{suffix}"
    theirs.save(file)
    card = save_imported(read_foreign(file), file, "mine", tmp_path / "mine.keras")
    assert (card.settings["expects"], card.settings["answers"]) == (expects, answers)
    ours, _ = load_network(tmp_path / "mine.keras")
    images, _ = digits(20, 3)
    given = as_expected(images, expects).reshape(-1, *theirs.input_shape[1:])
    expected = np.asarray(theirs(given, training=False))
    logits = np.asarray(ours(images, training=False))
    answer = softmax(logits) if answers == "probabilities" else logits
    assert np.allclose(answer, expected, atol=1e-3)


def as_expected(images: NDArray[np.float32], expects: str) -> NDArray[np.float32]:
    """Digit images as the words say; images: (n, 28, 28, 1) in 0..1, light ink."""
    if "dark" in expects:
        images = 1 - images
    if "exchanged" in expects:
        images = images.transpose(0, 2, 1, 3)
    if "255" in expects:
        return images * 255
    return images * 2 - 1 if "−1" in expects else images


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ModelCard]:
    """The network of Keras 2.3, imported."""
    folder = tmp_path_factory.mktemp("imported")
    source = h5_file(folder / "model_Mnist.h5")
    card = save_imported(read_foreign(source), source, "Mnist", folder / "mnist.keras")
    return folder / "mnist.keras", card


def test_card_says_where_it_comes_from_and_what_was_found(
    imported: tuple[Path, ModelCard],
) -> None:
    path, card = imported
    assert load_recognizer(path).card == card
    assert (card.name, card.network, card.parameters) == ("Mnist", "imported", 197_855)
    assert card.data == ("imported from model_Mnist.h5",)
    assert card.settings["layers"] == "Conv2D 30, Conv2D 15, Dense 500, Dense 10"
    assert card.figures["validation_accuracy"] > 0.85
    assert 0 < card.temperature < 20
    assert 0 < card.conformal_threshold < 1
    right = f"{card.figures['validation_accuracy']:.2%}".removesuffix("%")
    assert found_words(card) == (
        "it expects light ink on black, 0 to 1; its answers are probabilities; "
        f"it reads {right}\u202f% of 300 synthetic digits right"
    )


def test_network_answers_bit_for_bit_the_same_when_it_is_loaded_again(
    imported: tuple[Path, ModelCard],
) -> None:
    images, _ = digits(50, 4)
    first, again = (load_recognizer(imported[0]).logits(images[..., 0]) for _ in range(2))
    assert np.array_equal(first, again)
    network, _ = load_network(imported[0])
    expected = [array for arrays in lenet_weights().values() for array in arrays]
    assert all(np.array_equal(a, b) for a, b in zip(network.get_weights(), expected, strict=True))


def test_card_whose_layers_were_changed_is_refused(
    imported: tuple[Path, ModelCard], tmp_path: Path
) -> None:
    path = tmp_path / "mine.keras"
    path.write_bytes(imported[0].read_bytes())
    text = card_path(imported[0]).read_text(encoding="utf-8")
    for old, new, words in (
        ('"units": 500', '"units": 400', "damaged"),
        ('"units": 500', '"units": 65536', "too large"),
        ('"kind": "Flatten"', '"kind": "Lambda"', "Lambda"),
    ):
        assert old in text
        card_path(path).write_text(text.replace(old, new), encoding="utf-8")
        with pytest.raises(ValueError, match=words):
            load_network(path)


def test_network_that_reads_no_digits_is_refused(tmp_path: Path) -> None:
    weights = {name: [a * 0 for a in arrays] for name, arrays in lenet_weights().items()}
    source = h5_file(tmp_path / "blind.h5", keras2_config(), weights)
    with pytest.raises(ValueError, match=r"blind\.h5 reads only 10\.00.% of the synthetic digits"):
        save_imported(read_foreign(source), source, "blind", tmp_path / "mine.keras")
    assert not (tmp_path / "mine.keras").exists()


EVERY_LAYER = [
    layers.Conv2D(4, 3, padding="same", use_bias=False),
    layers.BatchNormalization(),
    layers.ReLU(max_value=6.0),
    layers.SpatialDropout2D(0.1),
    layers.ZeroPadding2D(((1, 0), (0, 1))),
    layers.DepthwiseConv2D(3, depth_multiplier=2, activation="elu"),
    layers.LayerNormalization(),
    layers.AveragePooling2D(2, padding="same"),
    layers.SeparableConv2D(6, (3, 2), dilation_rate=2, activation="gelu"),
    layers.LeakyReLU(0.1),
    layers.PReLU(shared_axes=[1, 2]),
    layers.ELU(0.7),
    layers.MaxPooling2D((2, 1), strides=1),
    layers.Dense(8, activation="silu"),
    layers.GlobalAveragePooling2D(keepdims=True),
    layers.GlobalMaxPooling2D(),
    layers.Reshape((-1, 2)),
    layers.Permute((2, 1)),
    layers.Flatten(),
    layers.GaussianNoise(0.1),
    layers.Activation("tanh"),
    layers.Dense(10, activation="sigmoid"),
]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_layer_of_the_allow_list_answers_as_keras_has_it(suffix: str, tmp_path: Path) -> None:
    keras.utils.set_random_seed(8)
    theirs = keras.Sequential([keras.Input((28, 28, 1)), *EVERY_LAYER])
    rng = np.random.default_rng(9)
    theirs.set_weights([rng.uniform(0.1, 0.5, w.shape) for w in theirs.get_weights()])
    theirs.save(tmp_path / f"theirs{suffix}")
    foreign = read_foreign(tmp_path / f"theirs{suffix}")
    ours = build_imported(foreign.architecture, foreign.weights)
    images, _ = digits(10, 6)
    expected = np.asarray(theirs(images, training=False))
    logits = np.asarray(ours(images, training=False))
    assert np.allclose(1 / (1 + np.exp(-logits)), expected, atol=1e-5)
    assert len(np.unique(expected.round(4))) > 20

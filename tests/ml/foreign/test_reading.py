"""Files of other programs are read as data, in this process; the limits are tested elsewhere."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from foreign_networks import h5_file, keras2_config, keras_file, lenet_weights
from hostile_networks import HOSTILE
from qtdigits.core.architecture import layer_words
from qtdigits.ml.foreign.config import Answers
from qtdigits.ml.foreign.reading import read_foreign, read_from, write_to

LENET = ["Conv2D", "MaxPooling2D", "Conv2D", "MaxPooling2D", "Flatten", "Dense", "Dense"]


@pytest.mark.parametrize("make", [h5_file, keras_file], ids=["h5", "keras"])
@pytest.mark.parametrize("name", ["network.h5", "network.keras", "network.txt"])
def test_network_is_read_whatever_its_file_is_called(
    make: Callable[[Path], Path], name: str, tmp_path: Path
) -> None:
    network = read_foreign(make(tmp_path / name))
    assert [layer.kind for layer in network.architecture.layers] == LENET
    assert layer_words(network.architecture.layers) == "Conv2D 30, Conv2D 15, Dense 500, Dense 10"
    assert network.architecture.parameters == 197_855
    assert (network.given, network.answers) == ((28, 28, 1), Answers.PROBABILITIES)
    expected = [array for arrays in lenet_weights().values() for array in arrays]
    assert all(np.array_equal(a, b) for a, b in zip(network.weights, expected, strict=True))


def test_functional_network_of_keras_2_is_read(tmp_path: Path) -> None:
    """Its class is Model, and its layers name those before them in lists."""
    row = [
        {"class_name": "InputLayer", "config": {"batch_input_shape": [None, 28, 28, 1]}},
        *keras2_config()["config"]["layers"],
    ]
    row[0]["config"]["name"] = "input_1"
    layers, before = [], None
    for layer in row:
        name = layer["config"]["name"]
        inbound: list[object] = [] if before is None else [[[before, 0, 0, {}]]]
        layers.append({**layer, "name": name, "inbound_nodes": inbound})
        before = name
    ends = {"input_layers": [["input_1", 0, 0]], "output_layers": [["dense_2", 0, 0]]}
    config = {"class_name": "Model", "config": {"layers": layers[::-1], **ends}}
    network = read_foreign(h5_file(tmp_path / "network.h5", config))
    assert [layer.kind for layer in network.architecture.layers] == LENET


def test_bare_list_of_layers_is_read(tmp_path: Path) -> None:
    """So Keras described a Sequential network before 2.2.3."""
    config = keras2_config()
    config["config"] = config["config"]["layers"]
    network = read_foreign(h5_file(tmp_path / "network.h5", config))
    assert [layer.kind for layer in network.architecture.layers] == LENET


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_is_refused_in_one_sentence(name: str, tmp_path: Path) -> None:
    make, words = HOSTILE[name]
    canary = tmp_path / "canary"
    path = make(tmp_path, canary)
    with pytest.raises(ValueError, match=r"network\.(keras|h5) ") as refused:
        read_foreign(path)
    sentence = str(refused.value)
    assert words in sentence
    assert "\n" not in sentence
    assert len(sentence) < 300 + len(str(tmp_path))
    assert not canary.exists()


@pytest.mark.skipif(os.name != "posix", reason="Windows has neither pipes nor devices as files")
@pytest.mark.parametrize(
    "kind", ["folder", "pipe", "device", "broken link", "circle", "hf://keras/digits", "gs://a/b"]
)
def test_what_is_no_file_is_refused_at_once(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "network.keras"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "broken link":
        path.symlink_to(tmp_path / "nowhere")
    elif kind == "circle":
        path.symlink_to(path)
    else:
        path = Path("/dev/zero" if kind == "device" else kind)
    with pytest.raises(ValueError, match=r"folder|device|does not exist|leads to itself"):
        read_foreign(path)


def test_file_that_may_not_be_read_is_refused(bound_folder: Path) -> None:
    path = keras_file(bound_folder / "network.keras")
    path.chmod(0)
    with pytest.raises(ValueError, match="may not be read; change its permissions"):
        read_foreign(path)


def test_network_is_handed_over_whole(tmp_path: Path) -> None:
    network = read_foreign(h5_file(tmp_path / "network.h5"))
    stream = io.BytesIO()
    write_to(network, stream)
    stream.seek(0)
    taken = read_from(stream)
    assert (taken.architecture, taken.given, taken.answers) == (
        network.architecture,
        network.given,
        network.answers,
    )
    assert all(np.array_equal(a, b) for a, b in zip(taken.weights, network.weights, strict=True))


@pytest.mark.parametrize("change", ["shorter", "longer", "NaN", "other layers"])
def test_what_is_handed_over_is_checked(change: str, tmp_path: Path) -> None:
    stream = io.BytesIO()
    write_to(read_foreign(h5_file(tmp_path / "network.h5")), stream)
    data = stream.getvalue()
    changed = {
        "shorter": data[:-1],
        "longer": data + b"\0",
        "NaN": data[:-4] + np.float32(np.nan).tobytes(),
        "other layers": data.replace(b'"Flatten"', b'"Fluster"'),
    }[change]
    with pytest.raises(ValueError, match=r"numbers|Fluster"):
        read_from(io.BytesIO(changed))

"""Model files that must not be taken: each a maker, and words of the sentence that refuses it.

A maker gets a folder and the path of a canary, a file that exists only if code of theirs ran.
"""

from __future__ import annotations

import base64
import io
import json
import marshal
import os
import pickle
import struct
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import numpy as np

from foreign_networks import (
    Config,
    h5_file,
    keras2_config,
    keras3_config,
    keras_file,
    keras_members,
    lenet_weights,
    write_h5,
)

Maker = Callable[[Path, Path], Path]


def _changed(change: Callable[[list[Config]], object], config: Config) -> Config:
    """A description whose list of layers was changed."""
    change(config["config"]["layers"])
    return config


def described(change: Callable[[list[Config]], object]) -> Maker:
    """A .keras file with another description."""

    def make(folder: Path, canary: Path) -> Path:
        config = _changed(change, keras3_config())
        return keras_file(folder / "network.keras", keras_members(config))

    return make


def described_h5(change: Callable[[list[Config]], object]) -> Maker:
    """An .h5 file with another description."""
    return lambda folder, canary: h5_file(folder / "network.h5", _changed(change, keras2_config()))


def text(config: str) -> Maker:
    """A .keras file with this text for a description."""
    return lambda folder, canary: keras_file(folder / "network.keras", keras_members(config))


def content(data: bytes, name: str = "network.keras") -> Maker:
    def make(folder: Path, canary: Path) -> Path:
        (folder / name).write_bytes(data)
        return folder / name

    return make


def members(change: Callable[[dict[str, bytes]], object]) -> Maker:
    """A .keras file with other members."""

    def make(folder: Path, canary: Path) -> Path:
        changed = keras_members()
        change(changed)
        return keras_file(folder / "network.keras", changed)

    return make


def hdf5(change: Callable[[h5py.File, Path], object]) -> Maker:
    """An .h5 file in which something was changed."""

    def make(folder: Path, canary: Path) -> Path:
        path = h5_file(folder / "network.h5")
        with h5py.File(path, "r+") as file:
            change(file, folder)
        return path

    return make


def _lambda_code(canary: Path) -> str:
    source = f"lambda x: (open({str(canary)!r}, 'w').close(), x)[1]"
    code = eval(compile(source, "theirs", "eval")).__code__
    return base64.b64encode(marshal.dumps(code)).decode()


def lambda_keras(folder: Path, canary: Path) -> Path:
    config = keras3_config()
    function = {"class_name": "__lambda__", "config": {"value": [_lambda_code(canary), None, None]}}
    layer = {
        "module": "keras.layers",
        "class_name": "Lambda",
        "config": {"name": "lambda", "function": function, "arguments": {}},
        "registered_name": None,
    }
    config["config"]["layers"].insert(1, layer)
    return keras_file(folder / "network.keras", keras_members(config))


def lambda_h5(folder: Path, canary: Path) -> Path:
    config = keras2_config()
    settings = {
        "name": "lambda_1",
        "function": [_lambda_code(canary), None, None],
        "function_type": "lambda",
        "module": "os",
        "arguments": {},
    }
    config["config"]["layers"].insert(1, {"class_name": "Lambda", "config": settings})
    return h5_file(folder / "network.h5", config)


def named_function(folder: Path, canary: Path) -> Path:
    """A Lambda layer that names a function of Keras itself, which would change all networks."""
    config = keras2_config()
    settings = {
        "name": "lambda_1",
        "function": "set_floatx",
        "function_type": "function",
        "module": "keras.backend",
        "arguments": {"value": "float16"},
    }
    config["config"]["layers"].insert(1, {"class_name": "Lambda", "config": settings})
    return h5_file(folder / "network.h5", config)


def _insert_h5(kind: str, **settings: object) -> Maker:
    layer = {"class_name": kind, "config": {"name": "theirs", **settings}}
    return described_h5(lambda layers: layers.insert(2, layer))


def pickled(folder: Path, canary: Path) -> Path:
    class Theirs:
        def __reduce__(self) -> tuple[Any, ...]:
            return os.mkdir, (str(canary),)

    memory = io.BytesIO()
    np.save(memory, np.array([Theirs()], object), allow_pickle=True)
    (folder / "network.h5").write_bytes(memory.getvalue())
    return folder / "network.h5"


def pickled_attribute(folder: Path, canary: Path) -> Path:
    class Theirs:
        def __reduce__(self) -> tuple[Any, ...]:
            return os.mkdir, (str(canary),)

    path = h5_file(folder / "network.h5")
    with h5py.File(path, "r+") as file:
        file.attrs["model_config"] = np.void(pickle.dumps(Theirs()))
    return path


def zip_bomb(folder: Path, canary: Path) -> Path:
    path = folder / "network.keras"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in keras_members().items():
            archive.writestr(name, data if name.endswith("json") else bytes(200 * 2**20))
    return path


def lying_zip_bomb(folder: Path, canary: Path) -> Path:
    """Its directory promises a hundredth of what comes out."""
    path = zip_bomb(folder, canary)
    data = bytearray(path.read_bytes())
    size = struct.pack("<I", 200 * 2**20)
    at = data.find(size)
    while at >= 0:
        data[at : at + 4] = struct.pack("<I", 2 * 2**20)
        at = data.find(size)
    path.write_bytes(data)
    return path


def doubled_member(folder: Path, canary: Path) -> Path:
    path = keras_file(folder / "network.keras")
    with zipfile.ZipFile(path, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile warns of what is wanted here
        archive.writestr("config.json", "{}")
    return path


def number_bomb(folder: Path, canary: Path) -> Path:
    """600 bytes of description that ask Keras for gigabytes."""
    bomb = {"class_name": "__numpy__", "config": {"value": [0], "dtype": "S2000000000"}}
    config = keras3_config()
    config["config"]["layers"][1]["config"]["kernel_initializer"] = bomb
    return keras_file(folder / "network.keras", keras_members(config))


def virtual_dataset(file: h5py.File, folder: Path) -> None:
    del file["model_weights/dense_2/dense_2/bias:0"]
    layout = h5py.VirtualLayout((10,), "f4")
    layout[:] = h5py.VirtualSource(str(folder / "other.h5"), "bias", (10,))
    file.create_virtual_dataset("model_weights/dense_2/dense_2/bias:0", layout)


def external_data(file: h5py.File, folder: Path) -> None:
    (folder / "secret").write_bytes(bytes(range(40)))
    del file["model_weights/dense_2/dense_2/bias:0"]
    file["model_weights/dense_2/dense_2"].create_dataset(
        "bias:0", (10,), "f4", external=[(str(folder / "secret"), 0, 40)]
    )


def external_link(file: h5py.File, folder: Path) -> None:
    h5_file(folder / "other.h5")
    del file["model_weights/dense_2"]
    file["model_weights/dense_2"] = h5py.ExternalLink(
        str(folder / "other.h5"), "model_weights/dense_2"
    )


def soft_link(file: h5py.File, folder: Path) -> None:
    file.move("model_weights/dense_2", "elsewhere")
    file["model_weights/dense_2"] = h5py.SoftLink("/elsewhere")


def huge_chunk(file: h5py.File, folder: Path) -> None:
    del file["model_weights/dense_2/dense_2/bias:0"]
    file["model_weights/dense_2/dense_2"].create_dataset(
        "bias:0", (10,), "f4", maxshape=(None,), chunks=(2**28,), compression="gzip"
    )


def other_bias(values: Any) -> Maker:  # noqa: ANN401 - whatever h5py stores
    def change(file: h5py.File, folder: Path) -> None:
        del file["model_weights/dense_2/dense_2/bias:0"]
        file["model_weights/dense_2/dense_2/bias:0"] = values

    return hdf5(change)


def _layer(index: int, **settings: object) -> Callable[[list[Config]], object]:
    return lambda layers: layers[index]["config"].update(settings)


def _insert(kind: str, module: str = "keras.layers", **settings: object) -> Maker:
    layer = {
        "module": module,
        "class_name": kind,
        "config": {"name": "theirs", **settings},
        "registered_name": None if module == "keras.layers" else f"Theirs>{kind}",
    }
    return described(lambda layers: layers.insert(2, layer))


def truncated(make: Callable[[Path], Path], name: str, share: float) -> Maker:
    def cut(folder: Path, canary: Path) -> Path:
        path = make(folder / name)
        data = path.read_bytes()
        path.write_bytes(data[: int(len(data) * share)])
        return path

    return cut


def weights_only(folder: Path, canary: Path) -> Path:
    path = folder / "network.h5"
    with h5py.File(path, "w") as file:
        write_h5(file, keras2_config(), lenet_weights())
        del file.attrs["model_config"]
    return path


def functional(*inbound: object, outputs: object = None) -> Maker:
    """A functional network of one Dense layer that takes its input from these tensors."""
    entry = {"batch_shape": [None, 784], "dtype": "float32", "name": "a"}
    tensors = [
        {"class_name": "__keras_tensor__", "config": {"keras_history": [name, 0, 0]}}
        for name in inbound
    ]
    dense = {"name": "b", "units": 10}
    layers = [
        {"class_name": "InputLayer", "name": "a", "config": entry, "inbound_nodes": []},
        {
            "class_name": "Dense",
            "name": "b",
            "config": dense,
            "inbound_nodes": [{"args": [tensors], "kwargs": {}}],
        },
    ]
    config = {
        "layers": layers,
        "input_layers": ["a", 0, 0],
        "output_layers": outputs or ["b", 0, 0],
    }
    return text(json.dumps({"class_name": "Functional", "config": config}))


_SOFTMAX_INSIDE = {"activation": "softmax"}
HOSTILE: dict[str, tuple[Maker, str]] = {
    "lambda in .keras": (lambda_keras, "contains program code"),
    "lambda in .h5": (lambda_h5, "contains program code"),
    "lambda naming a function of Keras": (named_function, "contains program code"),
    "lambda as activation": (
        described(_layer(1, activation={"class_name": "__lambda__", "config": {}})),
        "contains program code",
    ),
    "function by name": (
        described(
            _layer(1, activation={"class_name": "function", "config": "set_floatx", "module": "os"})
        ),
        "contains program code",
    ),
    "pickle named .h5": (pickled, "is not a Keras network"),
    "pickle for a description": (pickled_attribute, "is damaged"),
    "custom layer": (_insert("Dense", "theirs", units=10), "program code of its own"),
    "layer that loads a folder": (_insert("TFSMLayer", filepath="/etc"), "'TFSMLayer'"),
    "layer that reads a file": (
        _insert("StringLookup", vocabulary="/etc/passwd"),
        "'StringLookup'",
    ),
    "layer that loads a folder, in .h5": (_insert_h5("TFSMLayer", filepath="/etc"), "'TFSMLayer'"),
    "layer that reads a file, in .h5": (
        _insert_h5("StringLookup", vocabulary="/etc/passwd"),
        "'StringLookup'",
    ),
    "network within the network": (
        _insert("Sequential", layers=[]),
        "network within a network",
    ),
    "subclassed network": (text('{"class_name": "Theirs", "config": {}}'), "class 'Theirs'"),
    "setting from the future": (described(_layer(1, rotation=3)), "newer Keras"),
    "activation from the future": (described(_layer(1, activation="zelu")), "activation"),
    "number bomb": (number_bomb, "program code (__numpy__)"),
    "tensor in the description": (
        described(_layer(1, kernel_initializer={"class_name": "__tensor__", "config": {}})),
        "only Keras itself",
    ),
    "deep description": (text('{"a":' * 5000 + "1" + "}" * 5000), "is damaged"),
    "forty levels": (text('{"a":' * 60 + "1" + "}" * 60), "nested too deeply"),
    "many parts": (text('{"a": [' + "0," * 200_000 + "0]}"), "too many parts"),
    "long description": (text(" " * (3 * 2**20)), "config.json has 3 MB"),
    "same key twice": (text('{"class_name": 1, "class_name": 2}'), "says something twice"),
    "NaN in the description": (text('{"class_name": NaN}'), "for a number"),
    "huge number": (text('{"class_name": ' + "9" * 5000 + "}"), "is damaged"),
    "description is a list": (text("[]"), "is damaged"),
    "no layers": (text('{"class_name": "Sequential", "config": {"layers": []}}'), "is damaged"),
    "huge dense layer": (described_h5(_layer(6, units=65_536)), "too large"),
    "dense layer of 540 GB": (described_h5(_layer(6, units=100_000_000)), "units"),
    "huge convolution": (described(_layer(3, filters=4096, kernel_size=[12, 12])), "too large"),
    "slow convolution": (
        described(_layer(1, filters=1024, kernel_size=[20, 20], padding="same")),
        "too slow",
    ),
    "negative units": (described(_layer(7, units=-10)), "units"),
    "units as text": (described(_layer(7, units="10")), "units"),
    "reshape to nothing": (_insert("Reshape", target_shape=[0, -1]), "Reshape"),
    "five answers": (described(_layer(8, units=5)), "gives 10 numbers"),
    "softmax inside": (described(_layer(7, **_SOFTMAX_INSIDE)), "activation"),
    "colour pictures": (
        described(_layer(0, batch_shape=[None, 32, 32, 3])),
        "takes 32×32×3",
    ),
    "no input": (described(lambda layers: layers.pop(0)), "does not say what it takes"),
    "channels first": (described(_layer(1, data_format="channels_first")), "data_format"),
    "branches": (functional("a", "a"), "branch"),
    "circle": (functional("b"), "branch"),
    "from nowhere": (functional("z"), "not there"),
    "two answers": (functional("a", outputs=[["a", 0, 0], ["b", 0, 0]]), "several"),
    "NaN weights": (other_bias(np.full(10, np.nan, np.float32)), "not numbers"),
    "infinite weights": (other_bias(np.full(10, np.inf, np.float32)), "not numbers"),
    "weights beyond float32": (other_bias(np.full(10, 1e300)), "not numbers"),
    "weights as text": (other_bias([b"1"] * 10), "no ordinary numbers"),
    "complex weights": (other_bias(np.ones(10, np.complex64)), "no ordinary numbers"),
    "weights of another shape": (other_bias(np.ones(11, np.float32)), "do not fit"),
    "external link": (hdf5(external_link), "link to elsewhere"),
    "soft link": (hdf5(soft_link), "link to elsewhere"),
    "virtual dataset": (hdf5(virtual_dataset), "link to elsewhere"),
    "data in another file": (hdf5(external_data), "link to elsewhere"),
    "huge chunk": (hdf5(huge_chunk), "pieces that are too large"),
    "layer without weights": (hdf5(lambda f, _: f.__delitem__("model_weights/dense_2")), "damaged"),
    "weights only": (weights_only, "save the whole network"),
    "zip bomb": (zip_bomb, "is too large"),
    "lying zip bomb": (lying_zip_bomb, "is damaged"),
    "member twice": (doubled_member, "two members of the same name"),
    "assets": (members(lambda m: m.update({"assets/vocabulary.txt": b"x"})), "more than"),
    "member above the folder": (members(lambda m: m.update({"../../evil": b"x"})), "more than"),
    "thousand members": (
        members(lambda m: m.update({f"{n}": b"" for n in range(1000)})),
        "more than a description",
    ),
    "no weights": (members(lambda m: m.pop("model.weights.h5")), "no model.weights.h5"),
    "no metadata": (members(lambda m: m.pop("metadata.json")), "no metadata.json"),
    "weights no HDF5": (members(lambda m: m.update({"model.weights.h5": b"x"})), "is damaged"),
    "text": (content(b"hello, I am a network\n"), "is not a Keras network"),
    "picture": (content(b"\x89PNG\r\n\x1a\n" + bytes(100)), "is not a Keras network"),
    "empty": (content(b""), "is empty"),
    "zip header alone": (content(b"PK\x03\x04"), "is damaged"),
    "HDF5 header alone": (content(b"\x89HDF\r\n\x1a\n", "network.h5"), "is damaged"),
    "half a .keras": (truncated(keras_file, "network.keras", 0.5), "is damaged"),
    "half an .h5": (truncated(h5_file, "network.h5", 0.5), "is damaged"),
    "most of an .h5": (truncated(h5_file, "network.h5", 0.98), "is damaged"),
    "too large a file": (content(b"PK\x03\x04" + bytes(65 * 2**20)), "at most 64 MiB"),
}

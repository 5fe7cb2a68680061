"""Model files of other programs, made with h5py and zip alone: good ones for a start.

The network is the LeNet that Keras 2.3's users had: 5x5x1x30, 3x3x30x15, 375x500, 500x10. It needs
no training: its first layers are random, its last one is fitted by least squares (an extreme
learning machine, Huang et al. 2006), which reads 95 % of the synthetic digits.
"""

from __future__ import annotations

import io
import json
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import h5py
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from qtdigits.core.raster import rasterize_tracks
from qtdigits.core.synthetic_pen import synthetic_digits

Weights = dict[str, list[NDArray[np.float32]]]
"""Kernel and bias of each layer."""
Config = dict[str, Any]


def digits(count: int, seed: int) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Synthetic digits (n, 28, 28, 1) in 0..1 and their labels."""
    drawings = synthetic_digits(count, seed)
    images = np.array([rasterize_tracks(tracks) for _, tracks in drawings], np.float32)
    return images[..., None], np.array([label for label, _ in drawings], np.int64)


@cache
def lenet_weights() -> Weights:
    """Weights with which the LeNet reads digits: light ink on black, 0 to 1."""
    rng = np.random.default_rng(5)
    shapes = {"conv2d_1": (5, 5, 1, 30), "conv2d_2": (3, 3, 30, 15), "dense_1": (375, 500)}
    weights = {
        name: [
            rng.normal(0, np.sqrt(2 / np.prod(shape[:-1])), shape).astype(np.float32),
            np.zeros(shape[-1], np.float32),
        ]
        for name, shape in shapes.items()
    }
    images, labels = digits(800, 7)
    values = _pooled(_convolved(images, *weights["conv2d_1"]))
    values = _pooled(_convolved(values, *weights["conv2d_2"])).reshape(len(images), -1)
    values = np.maximum(values @ weights["dense_1"][0], 0).astype(np.float64)
    values = np.c_[values, np.ones(len(values))]
    normal = values.T @ values + 0.1 * np.eye(values.shape[1])
    fitted = 20 * np.linalg.solve(normal, values.T @ (np.eye(10)[labels] - 0.1))
    weights["dense_2"] = [fitted[:-1].astype(np.float32), fitted[-1].astype(np.float32)]
    return weights


def _convolved(
    images: NDArray[np.float32], kernel: NDArray[np.float32], bias: NDArray[np.float32]
) -> NDArray[np.float32]:
    windows = sliding_window_view(images, kernel.shape[:2], (1, 2))
    answer = np.tensordot(windows, kernel, axes=([3, 4, 5], [2, 0, 1]))
    return np.asarray(np.maximum(answer + bias, 0), np.float32)


def _pooled(images: NDArray[np.float32]) -> NDArray[np.float32]:
    n, rows, columns, channels = images.shape
    cut = images[:, : rows // 2 * 2, : columns // 2 * 2]
    halves = cut.reshape(n, rows // 2, 2, columns // 2, 2, channels)
    return np.asarray(halves.max(axis=(2, 4)))


def keras2_config() -> Config:
    """The description that Keras 2.3 writes into an .h5 file."""

    def layer(kind: str, name: str, **settings: object) -> Config:
        config = {"name": name, "trainable": True, "dtype": "float32", **settings}
        return {"class_name": kind, "config": config}

    def weighted(activation: str) -> Config:
        initializer = {
            "class_name": "VarianceScaling",
            "config": {"scale": 1.0, "mode": "fan_avg", "distribution": "uniform", "seed": None},
        }
        names = ("kernel_regularizer", "bias_regularizer", "activity_regularizer")
        names = ("kernel_regularizer", "bias_regularizer", "activity_regularizer")
        nothing = dict.fromkeys((*names, "kernel_constraint", "bias_constraint"))
        return {
            "activation": activation,
            "use_bias": True,
            "kernel_initializer": initializer,
            "bias_initializer": {"class_name": "Zeros", "config": {}},
            **nothing,
        }

    def convolution(name: str, filters: int, side: int, **more: object) -> Config:
        return layer(
            "Conv2D",
            name,
            **more,
            filters=filters,
            kernel_size=[side, side],
            strides=[1, 1],
            padding="valid",
            data_format="channels_last",
            dilation_rate=[1, 1],
            **weighted("relu"),
        )

    def pooling(name: str) -> Config:
        places = {"strides": [2, 2], "padding": "valid", "data_format": "channels_last"}
        return layer("MaxPooling2D", name, pool_size=[2, 2], **places)

    layers = [
        convolution("conv2d_1", 30, 5, batch_input_shape=[None, 28, 28, 1]),
        pooling("max_pooling2d_1"),
        convolution("conv2d_2", 15, 3),
        pooling("max_pooling2d_2"),
        layer("Dropout", "dropout_1", rate=0.2, noise_shape=None, seed=None),
        layer("Flatten", "flatten_1", data_format="channels_last"),
        layer("Dense", "dense_1", units=500, **weighted("relu")),
        layer("Dense", "dense_2", units=10, **weighted("softmax")),
    ]
    return {"class_name": "Sequential", "config": {"name": "sequential_1", "layers": layers}}


def write_h5(file: h5py.File, config: Config | str, weights: Weights) -> None:
    """Fill an HDF5 file as Keras 2.3 does: names as bytes, ':0' behind each weight."""
    text = config if isinstance(config, str) else json.dumps(config)
    file.attrs["keras_version"] = b"2.3.1"
    file.attrs["backend"] = b"tensorflow"
    file.attrs["model_config"] = text.encode()
    root = file.create_group("model_weights")
    root.attrs["layer_names"] = [name.encode() for name in weights]
    for name, arrays in weights.items():
        group = root.create_group(name)
        paths = [f"{name}/{part}:0" for part in ("kernel", "bias")[: len(arrays)]]
        group.attrs["weight_names"] = [path.encode() for path in paths]
        for path, array in zip(paths, arrays, strict=True):
            group.create_dataset(path, data=array)


def h5_file(path: Path, config: Config | str | None = None, weights: Weights | None = None) -> Path:
    """An .h5 file of Keras 2.3."""
    with h5py.File(path, "w") as file:
        write_h5(file, config or keras2_config(), lenet_weights() if weights is None else weights)
    return path


def keras3_config() -> Config:
    """The same network as Keras 3 describes it in a .keras file."""
    config = keras2_config()
    layers = config["config"]["layers"]
    shape = layers[0]["config"].pop("batch_input_shape")
    entry = {"batch_shape": shape, "dtype": "float32", "name": "input_layer"}
    layers.insert(0, {"class_name": "InputLayer", "config": entry})
    for layer in layers:
        layer |= {"module": "keras.layers", "registered_name": None}
    return {"module": "keras", "registered_name": None, **config}


def keras_members(
    config: Config | str | None = None, weights: Weights | None = None
) -> dict[str, bytes]:
    """The three members of a .keras file."""
    memory = io.BytesIO()
    names = {"conv2d_1": "conv2d", "conv2d_2": "conv2d_1", "dense_1": "dense", "dense_2": "dense_1"}
    with h5py.File(memory, "w") as file:
        for name, arrays in (lenet_weights() if weights is None else weights).items():
            group = file.create_group(f"layers/{names[name]}/vars")
            for number, array in enumerate(arrays):
                group.create_dataset(str(number), data=array)
    text = config if isinstance(config, str) else json.dumps(config or keras3_config())
    return {
        "metadata.json": b'{"keras_version": "3.15.1", "date_saved": "2026-11-22@12:00:00"}',
        "config.json": text.encode(),
        "model.weights.h5": memory.getvalue(),
    }


def keras_file(path: Path, members: dict[str, bytes] | None = None) -> Path:
    """A .keras file of these members, those of the LeNet unless others are given."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in (keras_members() if members is None else members).items():
            archive.writestr(name, content)
    return path

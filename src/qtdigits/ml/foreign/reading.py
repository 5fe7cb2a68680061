"""Reading a network from elsewhere, and handing it from the child process to its parent.

What passes between them is one line of JSON, then all weights as 32-bit floats; the parent checks
the layers anew and reads exactly the bytes that they ask for.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from io import BufferedIOBase
from pathlib import Path
from typing import IO, Final

import numpy as np
from numpy.typing import NDArray

from qtdigits.core.architecture import Architecture
from qtdigits.core.data_files.regular import read_exactly, shown
from qtdigits.core.layer_shapes import Shape
from qtdigits.ml.foreign.config import Answers, Foreign, read_config
from qtdigits.ml.foreign.container import Contents, read_container
from qtdigits.ml.foreign.description import parse_description
from qtdigits.ml.foreign.graph import INPUT_SHAPES
from qtdigits.ml.foreign.refused import RefusedError
from qtdigits.ml.foreign.weights import keras_weights, legacy_config, legacy_weights, open_memory

_LONGEST_LINE: Final = 2**20
_NUMBERS: Final = np.dtype("<f4")


@dataclass(frozen=True, slots=True)
class ForeignNetwork:
    """What a model file holds: layers from (28, 28, 1) to logits, weights in their order.

    given: the shape that the file's own network takes. answers: what it gives.
    """

    architecture: Architecture
    weights: tuple[NDArray[np.float32], ...]
    given: Shape
    answers: Answers


def read_foreign(path: Path) -> ForeignNetwork:
    """Read a model file; for a process that may come to harm.

    Raises ValueError with a sentence that names the file.
    """
    try:
        return _read(path)
    except RefusedError as refused:
        raise ValueError(f"{shown(path)} {refused}") from None
    except MemoryError:
        raise ValueError(
            f"{shown(path)} asks for more memory than a network for digits needs; not loaded"
        ) from None


def _read(path: Path) -> ForeignNetwork:
    contents = read_container(path)
    try:
        foreign, weights = _read_hdf5(contents)
    except (RefusedError, MemoryError):
        raise
    except Exception as error:  # a damaged file makes h5py raise whatever HDF5 stumbled over
        raise RefusedError("is damaged; fetch it again") from error
    return ForeignNetwork(foreign.architecture, tuple(weights), foreign.given, foreign.answers)


def _read_hdf5(contents: Contents) -> tuple[Foreign, list[NDArray[np.float32]]]:
    with open_memory(contents.hdf5) as file:
        if contents.config is None:
            foreign = read_config(parse_description(legacy_config(file)))
            return foreign, legacy_weights(file, foreign)
        foreign = read_config(parse_description(contents.config))
        return foreign, keras_weights(file, foreign)


def write_to(network: ForeignNetwork, stream: IO[bytes]) -> None:
    """Hand a network over."""
    head = {
        "layers": network.architecture.to_data(),
        "given": list(network.given),
        "answers": network.answers.value,
    }
    stream.write(json.dumps(head).encode() + b"\n")
    for weights in network.weights:
        stream.write(np.ascontiguousarray(weights, _NUMBERS).tobytes())


def read_from(stream: BufferedIOBase | IO[bytes]) -> ForeignNetwork:
    """Take a network over; raises ValueError unless it is whole and sound."""
    head = json.loads(stream.readline(_LONGEST_LINE))
    architecture = Architecture.from_data(head["layers"])
    weights = tuple(_array(stream, shape) for shape in architecture.weight_shapes)
    if stream.read(1):
        raise ValueError("more numbers came than the layers hold")
    return ForeignNetwork(
        architecture, weights, _given(head["given"]), Answers(str(head["answers"]))
    )


def _array(stream: BufferedIOBase | IO[bytes], shape: Shape) -> NDArray[np.float32]:
    size = math.prod(shape) * _NUMBERS.itemsize
    data = read_exactly(stream, size)
    if len(data) != size:
        raise ValueError("fewer numbers came than the layers hold")
    values = np.frombuffer(data, _NUMBERS).reshape(shape).astype(np.float32)
    if not np.isfinite(values).all():
        raise ValueError("weights came that are not numbers")
    return values


def _given(value: object) -> Shape:
    for shape in INPUT_SHAPES:
        if value == list(shape):
            return shape
    raise ValueError("a shape came that no network for digits takes")

"""Reading a network's numbers out of an HDF5 file in memory.

Only what lies in the file itself is read: hard links, contiguous or modestly chunked data, the
filters that h5py itself brings. Shapes are those that the checked layers ask for, so that nothing
is read before its size is known.
"""

from __future__ import annotations

import math
import re
from typing import Any, Final

import h5py
import numpy as np
from numpy.typing import NDArray

from qtdigits.core.architecture import plans
from qtdigits.core.foreign_text import brief
from qtdigits.core.layer_shapes import Shape
from qtdigits.ml.foreign.config import Foreign
from qtdigits.ml.foreign.container import LARGEST_DESCRIPTION
from qtdigits.ml.foreign.graph import Entry
from qtdigits.ml.foreign.refused import RefusedError

_FILTERS: Final = frozenset(
    {h5py.h5z.FILTER_DEFLATE, h5py.h5z.FILTER_SHUFFLE, h5py.h5z.FILTER_FLETCHER32}
)
_MOST_CHUNK_BYTES: Final = 16 * 2**20
_MOST_DIMENSIONS: Final = 4
_LAYERS: Final = ("layers", "_layer_checkpoint_dependencies")
"""Where a .keras file keeps its layers: Keras 2.15 and 3, and Keras 2.12."""


def open_memory(data: bytes) -> h5py.File:
    """An HDF5 file that is in memory; h5py raises whatever HDF5 stumbles over, here and later."""
    return h5py.File(h5py.h5f.open_file_image(data))


def legacy_config(file: h5py.File) -> str:
    """The description in an .h5 file; raises RefusedError."""
    if "model_config" not in file.attrs:
        raise RefusedError(
            "holds no description of its layers; save the whole network, not its weights"
        )
    kind = file.attrs.get_id("model_config")
    if kind.shape != () or kind.get_storage_size() > LARGEST_DESCRIPTION:
        raise RefusedError("is damaged: its description is no text")
    value = file.attrs["model_config"]
    if isinstance(value, bytes):
        value = value.decode("utf-8")
    if not isinstance(value, str):
        raise RefusedError("is damaged: its description is no text")
    return value


def legacy_weights(file: h5py.File, foreign: Foreign) -> list[NDArray[np.float32]]:
    """The numbers of an .h5 file of Keras 2 or 3, layer by layer; raises RefusedError."""
    root = _group(file, "model_weights")
    arrays = []
    for layer, shapes in _wanted(foreign):
        group = _group(root, layer.name)
        names = _weight_names(group)
        if len(names) != len(shapes):
            raise _misfit(layer)
        for name, shape in zip(names, shapes, strict=True):
            arrays.append(_read(_dataset(group, name), shape, layer))
    return arrays


def keras_weights(file: h5py.File, foreign: Foreign) -> list[NDArray[np.float32]]:
    """The numbers of the HDF5 file in a .keras file, layer by layer; raises RefusedError."""
    place = next((name for name in _LAYERS if name in file), None)
    if place is None:
        raise RefusedError("is damaged: it has no numbers for its layers")
    root, names = _group(file, place), _container_names(foreign.listed)
    arrays = []
    for layer, shapes in _wanted(foreign):
        group = _group(_group(root, names[layer.name]), "vars")
        if len(group) != len(shapes):
            raise _misfit(layer)
        for number, shape in enumerate(shapes):
            arrays.append(_read(_dataset(group, str(number)), shape, layer))
    return arrays


def _wanted(foreign: Foreign) -> list[tuple[Entry, tuple[Shape, ...]]]:
    """The layers that hold numbers, with the shapes of those."""
    layers = foreign.architecture.layers
    added = len(layers) - len(foreign.row)  # what was put in front of the file's own
    found = zip(foreign.row, plans(layers)[added:], strict=True)
    return [(layer, plan.weights) for layer, plan in found if plan.weights]


def _container_names(listed: tuple[Entry, ...]) -> dict[str, str]:
    """What Keras calls each layer in a .keras file: conv2d, conv2d_1, and so on."""
    used: dict[str, int] = {}
    names = {}
    for layer in listed:
        name = re.sub("(.)([A-Z][a-z]+)", r"\1_\2", layer.kind)
        name = re.sub("([a-z])([A-Z])", r"\1_\2", name).lower()
        count = used.get(name, 0)
        used[name] = count + 1
        names[layer.name] = f"{name}_{count}" if count else name
    return names


def _weight_names(group: h5py.Group) -> list[str]:
    names = group.attrs.get("weight_names", ())
    if len(names) > _MOST_DIMENSIONS:
        raise RefusedError("is damaged: a layer has too many weights")
    return [name.decode("utf-8") if isinstance(name, bytes) else str(name) for name in names]


def _step(group: h5py.Group, name: str) -> Any:  # noqa: ANN401 - h5py has no types
    """What lies under a name in the file itself; raises RefusedError for links to elsewhere."""
    link = group.get(name, getlink=True)
    if link is None:
        raise RefusedError(f"is damaged: it has no {brief(name)}")
    if not isinstance(link, h5py.HardLink):
        raise RefusedError(f"contains a link to elsewhere ({brief(name)}); not followed")
    return group[name]


def _group(parent: h5py.Group, name: str) -> h5py.Group:
    found = parent
    for part in name.split("/"):
        found = _step(found, part)
        if not isinstance(found, h5py.Group):
            raise RefusedError(f"is damaged: its {brief(name)} is no group")
    return found


def _dataset(parent: h5py.Group, name: str) -> h5py.Dataset:
    *folders, last = name.split("/")
    found = _step(_group(parent, "/".join(folders)) if folders else parent, last)
    if not isinstance(found, h5py.Dataset):
        raise RefusedError(f"is damaged: its {brief(name)} holds no numbers")
    return found


def _read(dataset: h5py.Dataset, shape: Shape, layer: Entry) -> NDArray[np.float32]:
    if dataset.shape != shape:
        raise _misfit(layer)
    if dataset.dtype.kind != "f" or dataset.dtype.itemsize > 8:
        raise RefusedError(f"holds no ordinary numbers in its layer {brief(layer.name)}")
    settings = dataset.id.get_create_plist()
    if dataset.is_virtual or settings.get_external_count():
        raise RefusedError("contains a link to elsewhere (another file's data); not followed")
    if dataset.chunks and math.prod(dataset.chunks) * dataset.dtype.itemsize > _MOST_CHUNK_BYTES:
        raise RefusedError("is packed in pieces that are too large; save it anew")
    filters = {settings.get_filter(at)[0] for at in range(settings.get_nfilters())}
    if not filters <= _FILTERS:
        raise RefusedError("is packed in a way that Keras does not use; save it anew")
    with np.errstate(over="ignore"):  # what is too large for float32 becomes infinite, see below
        values = np.asarray(dataset[()], np.float32)
    if not np.isfinite(values).all():
        raise RefusedError(
            f"holds weights that are not numbers, in its layer {brief(layer.name)}; train it anew"
        )
    return values


def _misfit(layer: Entry) -> RefusedError:
    return RefusedError(
        f"is damaged: the numbers of its layer {brief(layer.name)} do not fit that layer"
    )

"""IDX files, the form in which MNIST was published (http://yann.lecun.com/exdb/mnist)."""

from __future__ import annotations

import math
import os
import re
import struct
from io import BufferedIOBase
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from qtdigits.core.data_files.arrays import BYTE_LIMIT, digit_labels, image_shape
from qtdigits.core.data_files.digit_set import DigitSet, Part, from_arrays
from qtdigits.core.data_files.regular import Content, content_of, open_unpacked, read_exactly, shown
from qtdigits.core.pictures import digit_images

_UINT8: Final = 0x08
_NAME_WORDS: Final[dict[Part, tuple[str, ...]]] = {"test": ("t10k", "test"), "train": ("train",)}


def read_idx(path: Path, part: Part = "test") -> DigitSet:
    """Read IDX images, gzipped or not, and the labels beside them.

    `path` is the file of images, whose labels lie beside it with 'labels' for 'images' in the
    name, or a folder with both. Raises ValueError with a sentence.
    """
    images_path = _images_in(path, part) if os.path.isdir(path) else path
    labels_path = _labels_beside(images_path)
    images = _read(images_path, dimensions=3, what="images")
    try:
        image_shape(images.shape)
    except ValueError as error:
        raise ValueError(f"{shown(images_path)} cannot be used: {error}") from None
    try:
        labels = digit_labels(_read(labels_path, dimensions=1, what="labels"), len(images))
    except ValueError as error:
        if shown(labels_path) in str(error):
            raise
        raise ValueError(f"{shown(labels_path)} cannot be used: {error}") from None
    return from_arrays(shown(images_path), digit_images(images), labels)


def idx_files(folder: Path) -> list[Path]:
    """The IDX files that lie in a folder, by name; an unreadable entry is none."""
    return [entry for entry in sorted(folder.iterdir()) if _is_idx(entry)]


def _is_idx(path: Path) -> bool:
    if not re.search(r"ubyte|idx", path.name, re.IGNORECASE):
        return False
    try:
        return content_of(path) is Content.IDX
    except ValueError:
        return False


def _images_in(folder: Path, part: Part) -> Path:
    """The file of images for a part in a folder."""
    images = [path for path in idx_files(folder) if "label" not in path.name.lower()]
    fitting = [p for p in images if any(word in p.name.lower() for word in _NAME_WORDS[part])]
    if len(fitting) != 1:
        raise ValueError(
            f"{shown(folder)} holds {len(fitting)} IDX files of {part} images; "
            "give the file of images itself"
        )
    return fitting[0]


def _labels_beside(images: Path) -> Path:
    """The file of labels that belongs to a file of images."""
    if not re.search("images", images.name, re.IGNORECASE):
        raise ValueError(
            f"{shown(images)} is an IDX file without 'images' in its name, so that its labels "
            "cannot be found; give the file of images, named like train-images-idx3-ubyte"
        )
    name = re.sub("images", "labels", images.name, flags=re.IGNORECASE).replace("idx3", "idx1")
    plain = name.removesuffix(".gz")
    for candidate in (name, plain, f"{plain}.gz"):
        path = images.with_name(candidate)
        if os.path.exists(path):
            return path
    raise ValueError(f"{shown(images)} has no labels beside it; put {name} into the same folder")


def _read(path: Path, dimensions: int, what: str) -> NDArray[np.uint8]:
    with open_unpacked(path) as file:
        try:
            return _array(file, dimensions, what)
        except _IdxError as error:
            raise ValueError(f"{shown(path)} {error}; fetch it again") from None


class _IdxError(Exception):
    """What is wrong with a file, as the end of a sentence that begins with its name."""


def _array(file: BufferedIOBase, dimensions: int, what: str) -> NDArray[np.uint8]:
    magic = read_exactly(file, 4)
    if len(magic) < 4 or magic[:3] != bytes((0, 0, _UINT8)):
        raise _IdxError("is not an IDX file of bytes")
    if magic[3] != dimensions:
        raise _IdxError(f"is not an IDX file of {what} (it has {magic[3]} dimensions)")
    head = read_exactly(file, 4 * dimensions)
    if len(head) < 4 * dimensions:
        raise _IdxError("ends within its header")
    shape = struct.unpack(f">{dimensions}I", head)
    size = math.prod(shape)
    if size > BYTE_LIMIT:
        raise _IdxError(f"promises {size / 2**20:,.0f} MB, more than {BYTE_LIMIT >> 20} MB")
    data = read_exactly(file, size + 1)
    if len(data) != size:
        found = "more" if len(data) > size else f"only {len(data):,}"
        raise _IdxError(f"promises {size:,} bytes of {what} and holds {found}")
    return np.frombuffer(data, np.uint8).reshape(shape)

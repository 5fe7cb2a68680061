"""Numpy archives such as mnist.npz: headers are judged before anything is unpacked."""

from __future__ import annotations

import math
import warnings
import zipfile
import zlib
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import IO, Any, Final

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from qtdigits.core.data_files.arrays import BYTE_LIMIT, digit_labels, grey_levels, image_shape
from qtdigits.core.data_files.digit_set import DigitSet, Part, from_arrays
from qtdigits.core.data_files.regular import open_regular, read_exactly, shown
from qtdigits.core.pictures import digit_images

_MEMBER_LIMIT: Final = 1000
_HEADER_LIMIT: Final = 10_000
_PAIRS: Final = (("x_{}", "y_{}"), ("{}_images", "{}_labels"), ("X_{}", "Y_{}"))
_UNDIVIDED: Final = (("x", "y"), ("X", "y"), ("images", "labels"), ("data", "target"))


@dataclass(frozen=True, slots=True)
class _Header:
    """What the head of an .npy member says of its array."""

    shape: tuple[int, ...]
    fortran_order: bool
    dtype: np.dtype[Any]

    @property
    def byte_count(self) -> int:
        return math.prod(self.shape) * self.dtype.itemsize


def read_npz(path: Path, part: Part = "test") -> DigitSet:
    """Read the images and labels of one part of a numpy archive.

    Keys: x_test and y_test (x_train and y_train), test_images and test_labels, or, undivided,
    x and y, images and labels, data and target. Images: (n, 28, 28), (n, 28, 28, 1) or (n, 784);
    other sizes are framed as pictures are. Object arrays are refused without being unpickled.
    Raises ValueError with a sentence.
    """
    with open_regular(path) as file:
        try:
            return _read(path, file, part)
        except _DAMAGE:
            raise ValueError(
                f"{shown(path)} is damaged or not a numpy archive; fetch it again"
            ) from None
        except ValueError as error:
            raise ValueError(f"{shown(path)} cannot be used: {error}; correct the file") from None


_DAMAGE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,  # a compression method or zip feature that Python does not know
    RuntimeError,  # encrypted
)


def _read(path: Path, file: BufferedReader, part: Part) -> DigitSet:
    with zipfile.ZipFile(file) as archive:
        members = archive.namelist()
        if len(members) > _MEMBER_LIMIT or len(set(members)) != len(members):
            raise ValueError(f"it has {len(members):,} members, some of them twice or far too many")
        arrays = {name.removesuffix(".npy") for name in members if name.endswith(".npy")}
        images_key, labels_key = _keys(arrays, part)
        raw = _array(archive, images_key, image_shape)
        labels = _array(archive, labels_key)
    images = raw.reshape(image_shape(raw.shape))
    return from_arrays(
        shown(path), digit_images(grey_levels(images)), digit_labels(labels, len(images))
    )

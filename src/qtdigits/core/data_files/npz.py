"""Numpy archives such as mnist.npz: headers are judged before anything is unpacked."""

from __future__ import annotations

import io
import lzma
import math
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import IO, Any, Final, NamedTuple

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from qtdigits.core.data_files.arrays import (
    BYTE_LIMIT,
    digit_labels,
    grey_levels,
    image_shape,
    shape_words,
)
from qtdigits.core.data_files.digit_set import DigitSet, Part, from_arrays
from qtdigits.core.data_files.regular import (
    brief_error,
    file_size,
    open_regular,
    read_exactly,
    shown,
)
from qtdigits.core.foreign_text import printable
from qtdigits.core.pictures import digit_images

_MEMBER_LIMIT: Final = 1000
_DIVIDED: Final = (("x_{}", "y_{}"), ("X_{}", "Y_{}"), ("X_{}", "y_{}"), ("{}_images", "{}_labels"))
_UNDIVIDED: Final = (("x", "y"), ("X", "y"), ("images", "labels"), ("data", "target"))
_DAMAGE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,  # a way of compressing that Python does not know
    RuntimeError,  # encrypted
)
_END_MAGIC: Final = b"PK\5\6"
_END_LIMIT: Final = 22 + 65_535
_DIRECTORY_LIMIT: Final = 1 << 20
"""A thousand members take a tenth of that."""
_LONGEST_SIDE: Final = 1 << 62
_HEAD_LIMIT: Final = 10_000
"""As numpy has it: a longer description of an array is none that numpy wrote."""


class _Header(NamedTuple):
    """What the head of an .npy member says of its array."""

    shape: tuple[int, ...]
    fortran_order: bool
    dtype: np.dtype[Any]


def read_npz(path: Path, part: Part = "test") -> DigitSet:
    """Read the images and labels of one part of a numpy archive.

    Keys: x_test and y_test (x_train and y_train), test_images and test_labels, or, undivided,
    x and y, images and labels, data and target. Images: (n, 28, 28), (n, 28, 28, 1) or (n, 784);
    other sizes are framed as pictures are. Object arrays are refused without being unpickled.
    Raises ValueError with a sentence.
    """
    with _opened(path) as archive:
        images, labels = _read(archive, part)
    return from_arrays(shown(path), digit_images(images), labels)


def read_array(path: Path, name: str) -> NDArray[Any]:
    """One array of a numpy archive, but no objects; raises ValueError with a sentence."""
    with _opened(path) as archive:
        if f"{name}.npy" not in archive.namelist():
            raise ValueError(f"it has no array {name}")
        with archive.open(f"{name}.npy") as member:
            return _array(archive, member, name, _header(member, name))


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """The archive at a path; what goes wrong while it is read becomes a sentence about it."""
    with open_regular(path) as file:
        try:
            _check_directory(file)
            with zipfile.ZipFile(file) as archive:
                yield archive
        except _DAMAGE as error:
            raise ValueError(
                f"{shown(path)} is damaged or not a numpy archive ({brief_error(error)}); "
                "fetch it again"
            ) from None
        except ValueError as error:
            raise ValueError(f"{shown(path)} cannot be used: {error}") from None


def _check_directory(file: BufferedReader) -> None:
    """Raise ValueError for a directory of very many members, of which zipfile makes objects."""
    size = file_size(file)
    file.seek(max(0, size - _END_LIMIT))
    tail = file.read(_END_LIMIT)
    file.seek(0)
    at = tail.rfind(_END_MAGIC)
    if at >= 0 and len(tail) >= at + 16:
        (directory,) = struct.unpack_from("<I", tail, at + 12)
        if directory > _DIRECTORY_LIMIT:  # also of 64 bits, whose mark is the largest number
            raise ValueError("it has too many members")


def _read(archive: zipfile.ZipFile, part: Part) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    members = archive.namelist()
    if len(members) > _MEMBER_LIMIT or len(set(members)) != len(members):
        raise ValueError("it has too many members, or two of the same name")
    names = {name.removesuffix(".npy") for name in members if name.endswith(".npy")}
    images_name, labels_name = _keys(names, part)
    with archive.open(f"{labels_name}.npy") as member:
        labels = _array(archive, member, labels_name, _header(member, labels_name))
    with archive.open(f"{images_name}.npy") as member:
        header = _header(member, images_name)
        shape = image_shape(header.shape)
        pixels = _array(archive, member, images_name, header).reshape(shape)
    return grey_levels(pixels), digit_labels(labels, shape[0])


def _keys(names: set[str], part: Part) -> tuple[str, str]:
    """The names of the arrays with the images and the labels of a part."""
    for images, labels in _DIVIDED:
        if {images.format(part), labels.format(part)} <= names:
            return images.format(part), labels.format(part)
    for images, labels in _UNDIVIDED:
        if {images, labels} <= names:
            return images, labels
    other = "train" if part == "test" else "test"
    if any(images.format(other) in names for images, _ in _DIVIDED):
        raise ValueError(f"it has no {part} part; choose the {other} part")
    found = ", ".join(printable(name[:40]) for name in sorted(names)[:8]) or "none"
    raise ValueError(f"it needs arrays named x_{part} and y_{part}, and has {found}")


def _header(member: IO[bytes], name: str) -> _Header:
    """Read the head of an array, and no more of the member than that."""
    start = read_exactly(member, 8)
    if len(start) < 8 or start[:6] != npy.MAGIC_PREFIX:
        raise ValueError(f"the array {name} is damaged: it does not begin as an array does")
    if start[6:] not in (b"\1\0", b"\2\0"):
        version = f"{start[6]}.{start[7]}"
        raise ValueError(f"the array {name} has the unknown format version {version}")
    length = read_exactly(member, 2 if start[6] == 1 else 4)
    size = int.from_bytes(length, "little")
    if size > _HEAD_LIMIT:
        raise ValueError(f"the array {name} is damaged: its header has {size:,} bytes")
    head = io.BytesIO(length + read_exactly(member, size))
    read = npy.read_array_header_1_0 if start[6] == 1 else npy.read_array_header_2_0
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # numpy warns where Python 2 wrote the header
            header = _Header(*read(head))
    except Exception:  # numpy evaluates it, and raises whatever that stumbles over
        raise ValueError(f"the array {name} is damaged: its header cannot be read") from None
    if max(header.shape, default=0) > _LONGEST_SIDE:
        raise ValueError(f"the array {name} promises more than {BYTE_LIMIT >> 20} MB")
    if header.dtype.hasobject:
        raise ValueError(f"the array {name} holds Python objects, which could run code; not loaded")
    return header


def _array(archive: zipfile.ZipFile, member: IO[bytes], name: str, header: _Header) -> NDArray[Any]:
    """Read the array that follows a header, once its size has been found true and bearable."""
    size = math.prod(header.shape) * header.dtype.itemsize
    if size > BYTE_LIMIT:
        raise ValueError(
            f"the array {name} of shape {shape_words(header.shape)} takes {size / 2**20:,.0f} MB, "
            f"more than {BYTE_LIMIT >> 20} MB"
        )
    left = archive.getinfo(f"{name}.npy").file_size - member.tell()
    if min(header.shape, default=1) < 1 or size != left:
        raise ValueError(
            f"the array {name} of shape {shape_words(header.shape)} does not fit its {left:,} bytes"
        )
    data = read_exactly(member, size + 1)  # one more, so that the checksum is compared
    if len(data) != size:
        raise EOFError(f"the array {name} ends early")
    order: Any = "F" if header.fortran_order else "C"
    return np.frombuffer(data, header.dtype).reshape(header.shape, order=order)

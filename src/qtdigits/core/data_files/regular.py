"""Opening files from elsewhere: ordinary files only, at once, and never more than was agreed."""

from __future__ import annotations

import errno
import gzip
import os
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from io import BufferedIOBase, BufferedReader
from pathlib import Path
from typing import IO, Final, cast

from qtdigits.core.foreign_text import printable

_GZIP_MAGIC: Final = b"\x1f\x8b"
_CHUNK: Final = 1 << 20
_PICTURE_MAGICS: Final = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")


class Content(Enum):
    """What a file holds, told by its first bytes."""

    NPZ = "npz"
    IDX = "idx"
    STROKES = "strokes"
    PICTURE = "picture"
    OTHER = "other"


def shown(path: Path) -> str:
    """The path as it may stand in a sentence: printable, on one line."""
    return printable(os.fsencode(path).decode("utf-8", "replace"))


def brief_error(error: Exception) -> str:
    """What a library says of a damaged file, as it may stand in a sentence."""
    return printable(" ".join(str(error).split())[:120]) or type(error).__name__


def file_size(file: BufferedReader) -> int:
    """The size of an open file in bytes."""
    return os.fstat(file.fileno()).st_size


@contextmanager
def open_regular(path: Path) -> Iterator[BufferedReader]:
    """Open an ordinary file that is not empty.

    Raises ValueError for all else, at once: folders, devices, pipes, links that lead nowhere,
    files that may not be read. Errors while reading it become ValueError too.
    """
    try:
        # Without O_NONBLOCK, opening a pipe waits for somebody to write into it.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        number = os.open(path, flags)
    except (OSError, ValueError) as error:
        raise ValueError(_why_not_opened(path, error)) from None
    try:
        _check_kind(path, os.fstat(number))
    except ValueError:
        os.close(number)
        raise
    with os.fdopen(number, "rb") as file:
        try:
            yield file
        except OSError as error:
            raise ValueError(f"{shown(path)} cannot be read ({error.strerror or error})") from None


def _check_kind(path: Path, state: os.stat_result) -> None:
    if stat.S_ISDIR(state.st_mode):
        raise ValueError(f"{shown(path)} is a folder; give a file")
    if not stat.S_ISREG(state.st_mode):
        raise ValueError(
            f"{shown(path)} is not an ordinary file but a device, pipe or socket; "
            "save its content to a file first"
        )
    if state.st_size == 0:
        raise ValueError(f"{shown(path)} is empty; give a file with content")


def _why_not_opened(path: Path, error: Exception) -> str:
    if os.path.isdir(path):
        return f"{shown(path)} is a folder; give a file"
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        if os.path.islink(path):
            return f"{shown(path)} is a link to a file that does not exist; give the file itself"
        return f"{shown(path)} does not exist; check the path"
    if isinstance(error, PermissionError):
        return f"{shown(path)} may not be read; change its permissions"
    if isinstance(error, OSError) and error.errno == errno.ELOOP:
        return f"{shown(path)} is a link that leads to itself; give the file itself"
    if isinstance(error, OSError) and error.errno == errno.ENXIO:
        return f"{shown(path)} is not an ordinary file but a device, pipe or socket; give a file"
    reason = error.strerror if isinstance(error, OSError) else str(error)
    return f"{shown(path)} cannot be opened ({reason}); check the path"


@contextmanager
def open_unpacked(path: Path) -> Iterator[BufferedIOBase]:
    """Open an ordinary file, through gzip if its first bytes say so.

    Raises ValueError as open_regular does, and when the compressed data turn out to be damaged.
    """
    with open_regular(path) as file:
        if file.peek(2)[:2] != _GZIP_MAGIC:
            yield file
            return
        try:
            with gzip.GzipFile(fileobj=file) as unpacked:
                yield cast(BufferedIOBase, unpacked)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise ValueError(
                f"{shown(path)} is damaged or incomplete ({brief_error(error)}); fetch it again"
            ) from None


def read_exactly(file: BufferedIOBase | IO[bytes], size: int) -> bytes:
    """Read `size` bytes, or fewer at the end of the file; memory grows only with what is there."""
    chunks = []
    while size > 0 and (chunk := file.read(min(size, _CHUNK))):
        chunks.append(chunk)
        size -= len(chunk)
    return b"".join(chunks)


def content_of(path: Path) -> Content:
    """Tell by its first bytes what an ordinary file holds; raises ValueError as open_regular."""
    with open_unpacked(path) as file:
        start = file.read(64)
    if start.startswith(b"PK\x03\x04"):
        return Content.NPZ
    if start[:2] == b"\0\0" and start[2:3] in b"\x08\x09\x0b\x0c\x0d\x0e" and len(start) >= 4:
        return Content.IDX
    if start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        return Content.STROKES
    if start.startswith(_PICTURE_MAGICS) or (start[:4] == b"RIFF" and start[8:12] == b"WEBP"):
        return Content.PICTURE
    return Content.OTHER

"""Where open pictures come from: files, bytes and images of the clipboard."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtGui import QImage

from qtdigits.core.data_files.regular import Content, content_of, shown
from qtdigits.core.picture_files import (
    Picture,
    picture_of_pixels,
    read_picture_bytes,
    read_picture_file,
)
from qtdigits.core.picture_reader import Source


def from_file(path: Path) -> Source:
    """The picture in a file, unpacked anew each time."""
    return partial(_read_file, path)


def from_bytes(content: bytes) -> Source:
    """The picture in the bytes of a file."""
    return partial(read_picture_bytes, content, "the picture")


def from_image(image: QImage) -> Source:
    """A picture that is unpacked already; it is kept at the size at which it is read."""
    return _Kept(image)


class _Kept:
    """Owns the image until it is wanted first, and from then on what is made of it."""

    def __init__(self, image: QImage) -> None:
        self._image = image
        self._picture: Picture | None = None

    def __call__(self) -> Picture:
        if self._picture is None:
            image = self._image.convertToFormat(QImage.Format.Format_RGBA8888)
            rows = np.frombuffer(image.constBits(), np.uint8)
            shape = image.height(), image.bytesPerLine() // 4, 4
            self._picture = picture_of_pixels(rows.reshape(shape)[:, : image.width()])
            self._image = QImage()
        return self._picture


def _read_file(path: Path) -> Picture:
    try:
        return read_picture_file(path)
    except ValueError as error:
        if _holds_strokes(path):
            raise ValueError(
                f"{shown(path)} holds pen strokes, not a picture; use File > Import Drawings"
            ) from error
        raise


def _holds_strokes(path: Path) -> bool:
    try:
        return content_of(path) is Content.STROKES
    except ValueError:
        return False

"""Digit images as Qt's: white on black in every theme, for they are data."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from qtdigits.core.raster import SIDE

_GAP_PX: Final = 4


def picture(pixels: NDArray[np.uint8]) -> QImage:
    """An array of shape (28, 28) as a grey picture; its own copy of the data."""
    data = np.ascontiguousarray(pixels)
    return QImage(data.data, SIDE, SIDE, SIDE, QImage.Format.Format_Grayscale8).copy()


def strip(images: NDArray[np.uint8]) -> QImage:
    """Images of shape (n, 28, 28) side by side, n > 0."""
    width = len(images) * (SIDE + _GAP_PX) - _GAP_PX
    joined = np.zeros((SIDE, width), np.uint8)
    for at, image in enumerate(images):
        left = at * (SIDE + _GAP_PX)
        joined[:, left : left + SIDE] = image
    # Rows of a QImage begin at multiples of four bytes, unless it is told otherwise.
    return QImage(joined.data, width, SIDE, width, QImage.Format.Format_Grayscale8).copy()

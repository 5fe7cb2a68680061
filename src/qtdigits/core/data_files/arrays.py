"""Checks that all array files share: pixels of any usual kind to digit images, labels to digits."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from qtdigits.core.foreign_text import brief
from qtdigits.core.raster import SIDE

BYTE_LIMIT: Final = 512 << 20
"""The largest array that is read, in bytes; MNIST's training images as float64 take 376 MB."""

_DIGITS: Final = [str(digit) for digit in range(10)]
_SHOWN_LABELS: Final = 5

MIN_SIDE: Final = 8
MAX_SIDE: Final = 256


def shape_words(shape: tuple[int, ...]) -> str:
    """A shape as it may stand in a sentence, however long it is."""
    return str(shape) if len(shape) <= 4 and max(shape, default=0) < 10**15 else brief(shape)


def image_shape(shape: tuple[int, ...]) -> tuple[int, int, int]:
    """The shape (n, height, width) that an array of images of this shape stands for.

    Raises ValueError for all but (n, height, width), (n, height, width, 1) and (n, 784).
    """
    if len(shape) == 2 and shape[1] == SIDE * SIDE:
        shape = (shape[0], SIDE, SIDE)
    if len(shape) == 4 and shape[3] == 1:
        shape = shape[:3]
    if len(shape) != 3 or not all(MIN_SIDE <= side <= MAX_SIDE for side in shape[1:]):
        raise ValueError(f"images must have the shape (n, 28, 28), not {shape_words(shape)}")
    if shape[0] == 0:
        raise ValueError("it holds no images")
    return shape


def grey_levels(pixels: NDArray[Any]) -> NDArray[np.uint8]:
    """Pixels of any number type as 0 to 255.

    Floats must lie in 0..1 or 0..255, integers in 0..255; raises ValueError otherwise.
    """
    if pixels.dtype == np.uint8:
        return pixels
    if pixels.dtype == np.bool_:
        return pixels.astype(np.uint8) * np.uint8(255)
    if pixels.dtype.kind not in "iuf":
        raise ValueError(f"pixels must be numbers, not {pixels.dtype}")
    low, high = pixels.min(), pixels.max()  # NaN if there is any
    if not (np.isfinite(low) and np.isfinite(high)):
        raise ValueError("some pixels are not finite numbers")
    if low < 0 or high > 255:
        raise ValueError(f"pixels must lie between 0 and 255, but go from {low:g} to {high:g}")
    if pixels.dtype.kind == "f" and high <= 1:
        pixels = pixels * 255
    return np.asarray(np.rint(pixels), np.uint8)


def digit_labels(labels: NDArray[Any], n: int) -> NDArray[np.int64]:
    """Labels of shape (n,) or (n, 1), or one-hot (n, 10), as digits.

    Numbers, or texts of one digit each. Raises ValueError, which names those that are no digits.
    """
    if len(labels) != n:
        raise ValueError(f"there are {n:,} images but {len(labels):,} labels")
    if labels.dtype.kind == "S":
        labels = np.char.decode(labels, "latin-1")
    if labels.dtype.kind not in "iufbU":
        raise ValueError(f"labels must be numbers, not {labels.dtype}")
    if labels.shape == (n, 10) and labels.dtype.kind != "U":
        if not ((labels == 0) | (labels == 1)).all() or not (labels.sum(axis=1) == 1).all():
            raise ValueError("labels of shape (n, 10) must be one-hot")
        return np.asarray(labels.argmax(axis=1), np.int64)
    if labels.shape not in ((n,), (n, 1)):
        raise ValueError(f"labels must have the shape (n,), not {shape_words(labels.shape)}")
    flat = labels.reshape(n)
    if flat.dtype.kind == "U":
        is_digit = np.isin(np.char.strip(flat), _DIGITS)
    else:
        is_digit = (flat >= 0) & (flat <= 9) & (flat == np.floor(flat))
    if not is_digit.all():
        raise ValueError(_wrong_labels(flat, np.flatnonzero(~is_digit)))
    return np.asarray(flat, np.int64)


def _wrong_labels(labels: NDArray[Any], wrong: NDArray[np.intp]) -> str:
    """What is wrong with them, with the first few by their places."""
    first = [f"{brief(labels[at].item())} at index {at}" for at in wrong[:_SHOWN_LABELS]]
    more = ", …" if len(wrong) > len(first) else ""
    verb = "1 label is no digit" if len(wrong) == 1 else f"{len(wrong):,} labels are not digits"
    return f"{verb} from 0 to 9: {', '.join(first)}{more}"

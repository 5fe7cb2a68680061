"""Digits of the synthetic pen to measure on, which no training has seen."""

from __future__ import annotations

import re
from typing import Final

import numpy as np

from qtdigits.core.data_files.digit_set import DigitSet, from_arrays
from qtdigits.core.raster import rasterize_tracks
from qtdigits.core.synthetic_pen import synthetic_digits
from qtdigits.core.training import RANGES

HELD_OUT_SEED: Final = int(RANGES["seed"][1]) + 1
"""The first seed that a training cannot have."""
_MOST: Final = 1_000_000
_ASKED_FOR: Final = re.compile(r"synthetic:(\d{1,9})")


def drawn_count(text: str) -> int | None:
    """N of 'synthetic:N', None for any other text; raises ValueError for one that is too large."""
    found = _ASKED_FOR.fullmatch(text)
    if found is None:
        return None
    count = int(found[1])
    if not 1 <= count <= _MOST:
        raise ValueError(f"the synthetic pen draws 1 to {_MOST:,} digits, not {count:,}")
    return count


def drawn_digit_set(count: int) -> DigitSet:
    """So many digits of the synthetic pen, always the same ones."""
    drawings = synthetic_digits(count, HELD_OUT_SEED)
    images = np.array([np.rint(rasterize_tracks(tracks) * 255) for _, tracks in drawings])
    labels = np.array([label for label, _ in drawings], np.int64)
    return from_arrays(f"synthetic:{count}", images.astype(np.uint8), labels)

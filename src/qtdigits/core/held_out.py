"""Which writers a training run keeps back: nobody whose hand it learnt is asked how good it is."""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterable


def held_out_writers(names: Iterable[str], share: float, fold: int = 0) -> set[str]:
    """The writers kept back, of all the writers in `names` (repeated names count once).

    They are chosen by their names alone, so that every run keeps back the same: sorted by the
    CRC-32 of their names and cut into slices of `share` (above 0, at most 1; at least one writer),
    of which fold 0 is the first. The last slice takes what is left, and a fold past the end wraps
    around: going through the folds, each writer is kept back once. Raises ValueError for another
    share or a fold below 0; no names give no writers.
    """
    if not 0 < share <= 1 or fold < 0:
        raise ValueError(f"expected a share in 0..1 and a fold from 0, got {share} and {fold}")
    writers = sorted(set(names), key=lambda name: (zlib.crc32(name.encode()), name))
    if not writers:
        return set()
    size = max(1, round(len(writers) * share))
    start = fold % math.ceil(len(writers) / size) * size
    return set(writers[start : start + size])

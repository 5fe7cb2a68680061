"""A digit image of each kind from what is to be learnt from, to show what training does to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Images = NDArray[np.uint8]

SYNTHETIC: Final = "synthetic"
COUNT: Final = 10
_SEED: Final = 7
"""A drawing of each digit that shows it well."""


def synthetic_samples() -> Images:
    """One digit of the synthetic pen for each of 0 to 9, in order: uint8 (10, 28, 28)."""
    # Loaded when it is first asked for: the start of the program need not wait for its templates.
    from qtdigits.core.raster import rasterize_tracks
    from qtdigits.core.synthetic_pen import synthetic_digits

    drawings = sorted(synthetic_digits(COUNT, _SEED), key=lambda drawing: drawing[0])
    images = np.array([rasterize_tracks(tracks) for _, tracks in drawings])
    return np.asarray(np.rint(images * 255), np.uint8)


def mixed(sources: Sequence[str], known: Mapping[str, Images]) -> Images:
    """Up to ten images, taken in turns from the sources; a source nothing is known of is left out.

    sources: what --data takes; known: images of shape (n, 28, 28) with one of each digit in order,
    by source, or by the part before the colon for drawings made to order. Returns shape
    (m, 28, 28), m = 0 where nothing is known.
    """
    found = [known.get(source, known.get(source.partition(":")[0])) for source in sources]
    usable = [images for images in found if images is not None and len(images)]
    if not usable:
        return np.zeros((0, 28, 28), np.uint8)
    count = min(COUNT, sum(len(images) for images in usable))
    turns = (usable[turn % len(usable)] for turn in range(count))
    return np.array([images[turn % len(images)] for turn, images in enumerate(turns)])

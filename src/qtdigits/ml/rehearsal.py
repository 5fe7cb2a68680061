"""What guards a lesson against forgetting: digits by many invented hands, seen by the network.

MNIST is not at hand where a lesson is learnt. The synthetic pen is, and gives two things: which
features are familiar, so that a change can keep clear of them, and a guard that tells what a
change does to everybody else's digits. Both take seconds to make and belong to one network, so
that they are kept in the cache by its checksum.
"""

from __future__ import annotations

import io
import logging
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from qtdigits.core import paths
from qtdigits.core.atomic_file import replace_file
from qtdigits.core.last_layer import whitening
from qtdigits.core.raster import rasterize_tracks
from qtdigits.core.synthetic_pen import synthetic_digits
from qtdigits.ml.features import Features, Matrix

VERSION: Final = 2
"""Of what the cache holds; another one is for other drawings, or other numbers of them."""

_FAMILIAR: Final = 4000
_GUARD: Final = 3000
_FAMILIAR_SEED: Final = 8_101
_GUARD_SEED: Final = 8_102
_PEN_WIDTHS: Final = (1.6, 3.4)
_KEPT: Final = 4
"""Files of so many networks stay in the cache: that of the network in use, and some before it."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class Rehearsal:
    """whitener: (d + 1, d + 1), of core.last_layer; guard: features (n, d), labels (n,)."""

    whitener: Matrix
    guard: Matrix
    guard_labels: NDArray[np.int64]


def rehearsal_for(features: Features, sha256: str, temperature: float) -> Rehearsal:
    """The rehearsal of the network with this checksum, from the cache or made and put there."""
    path = paths.cache_dir() / "rehearsal" / f"{sha256}-{VERSION}.npz"
    found = _read(path)
    if found is None:
        found = make_rehearsal(features, temperature)
        _write(path, found)
    return found


def make_rehearsal(
    features: Features,
    temperature: float,
    familiar: int = _FAMILIAR,
    guard: int = _GUARD,
    seed: int = 0,
) -> Rehearsal:
    """Draw and read digits: so many to be familiar, so many for the guard. Takes seconds.

    seed: another one gives other guards, to measure with.
    """
    images, _ = drawn_digits(familiar, _FAMILIAR_SEED)
    guard_images, guard_labels = drawn_digits(guard, _GUARD_SEED + seed)
    seen = features.of_one_view(images)
    return Rehearsal(
        whitening(seen, features.logits(seen), temperature),
        features.of(guard_images),
        guard_labels,
    )


def drawn_digits(count: int, seed: int) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Digit images (n, 28, 28) by the synthetic pen in many widths, and their labels."""
    rng = np.random.default_rng(seed)
    images = np.empty((count, 28, 28), np.uint8)
    labels = np.empty(count, np.int64)
    for at, (label, tracks) in enumerate(synthetic_digits(count, seed)):
        images[at] = np.rint(rasterize_tracks(tracks, rng.uniform(*_PEN_WIDTHS)) * 255)
        labels[at] = label
    return images, labels


def _read(path: Path) -> Rehearsal | None:
    """What lies in the cache; None where nothing does, or nothing that can be used."""
    try:
        # Opened here: np.load leaves the file open when it is damaged.
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            found = Rehearsal(arrays["whitener"], arrays["guard"], arrays["guard_labels"])
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
    side = found.guard.shape[-1] + 1
    fits = found.whitener.shape == (side, side) and len(found.guard) == len(found.guard_labels)
    if not fits or not np.isfinite(found.whitener).all():
        return None
    return Rehearsal(
        found.whitener.astype(np.float32), found.guard.astype(np.float32), found.guard_labels
    )


def _write(path: Path, rehearsal: Rehearsal) -> None:
    """Put it into the cache, if that can be; it can be made again."""
    content = io.BytesIO()
    np.savez(
        content,
        whitener=rehearsal.whitener,
        guard=rehearsal.guard.astype(np.float16),
        guard_labels=rehearsal.guard_labels,
    )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, content.getvalue())
    except OSError as error:
        _log.info("the rehearsal is not kept: %s", error)
        return
    with suppress(OSError):
        newest = sorted(path.parent.glob("*.npz"), key=lambda one: one.stat().st_mtime)
        for old in newest[:-_KEPT]:
            old.unlink()

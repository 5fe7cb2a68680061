"""Loading the network that is to learn."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qtdigits.ml.adapt import Teacher


def use_one_blas_thread() -> None:
    """Let numpy compute in one thread; call it before numpy is imported.

    A lesson's matrices are small. Where other programs keep the cores busy, dividing them took
    ten times as long as computing them. What a person has set already stays as it is.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def load_teacher(model: Path | None, out: Path | None = None) -> Teacher:
    """The network in a file, None for the one that ships, with all that lessons need.

    out: where the taught network will be saved, checked before Keras is imported at a cost of
    seconds. Raises ValueError.
    """
    from qtdigits.core.data_files.regular import open_regular
    from qtdigits.core.paths import shipped_model

    network = shipped_model() if model is None else model
    with open_regular(network):
        pass
    if out is not None and out.exists() and out.samefile(network):
        raise ValueError("a lesson never replaces the network it begins with; name another file")

    from qtdigits.ml.preload import import_keras

    import_keras()
    from qtdigits.ml.adapt import Teacher
    from qtdigits.ml.model_file import check_destination

    if out is not None:
        check_destination(out)
    return Teacher.load(network)

"""Saving a network and its card so that neither a full disk nor a power cut harms an older one."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import keras
import numpy as np
import tensorflow as tf

from qtdigits import __version__
from qtdigits.core.file_names import check_file_name
from qtdigits.core.model_card import ModelCard, card_path, file_sha256
from qtdigits.core.model_pair import move_pair, saving_folder
from qtdigits.ml.calibrate import Contract
from qtdigits.ml.network import build_network

SUFFIXES: Final = (".keras", ".h5")


@dataclass(frozen=True, slots=True)
class NewModel:
    """A trained network and all that its card will say."""

    network: keras.Sequential
    network_name: str
    seed: int
    data: tuple[str, ...]
    settings: dict[str, Any]
    figures: dict[str, Any]
    contract: Contract


def check_destination(path: Path) -> None:
    """Raise ValueError, before any work is done, when a model could not be saved at the path."""
    check_file_name(path)
    if path.suffix not in SUFFIXES:
        raise ValueError(f"a network is saved as .keras or .h5, not as {path.name!r}")
    if path.is_dir():
        raise ValueError(f"{path} is a folder; name a file")
    if card_path(path).is_dir():
        raise ValueError(f"{card_path(path)} is a folder; the model card needs that name")
    for suffix in SUFFIXES:
        other = path.with_suffix(suffix)
        if other.name != path.name and other.exists():
            card = card_path(path).name
            raise ValueError(f"{card} is the card of {other.name}; choose another name")
    if not path.parent.is_dir():
        raise ValueError(f"the folder {path.parent} does not exist; make it, or choose another")
    if not os.access(path.parent, os.W_OK):
        raise ValueError(f"the folder {path.parent} cannot be written to; choose another")


def save_model(model: NewModel, path: Path) -> ModelCard:
    """Save a new network at the path and its card beside it; returns the card.

    Raises ValueError as save_with_card does.
    """

    def check(draft: Path) -> None:
        read_back = build_network(model.network_name, 0.0)
        read_back.load_weights(draft)
        pairs = zip(model.network.get_weights(), read_back.get_weights(), strict=True)
        if not all(np.array_equal(one, other) for one, other in pairs):
            raise ValueError("the network was not read back as it was saved; try another folder")

    return save_with_card(
        _bare_copy(model), path, check, lambda sha256: _card(model, path.stem, sha256)
    )


def save_with_card(
    network: keras.Sequential,
    path: Path,
    check: Callable[[Path], None],
    card_for: Callable[[str], ModelCard],
) -> ModelCard:
    """Save a network at the path and its card beside it; returns the card.

    Both are written to temporary files in the same folder, check reads the network back and raises
    ValueError when it is not what it should be, and only then are they moved into place. card_for
    makes the card for a SHA-256. Raises ValueError when that fails; older files then stay as they
    are.
    """
    check_destination(path)
    try:
        with saving_folder(path.parent) as folder:
            draft = folder / path.name
            require_space(folder / "space", network.count_params())
            _save_quietly(network, draft)
            check(draft)
            card = card_for(file_sha256(draft))
            card_draft = card_path(draft)
            card_draft.write_text(card.to_json(), encoding="utf-8")
            for written in (draft, card_draft):
                flush(written)
            move_pair(draft, card_draft, path, card_path(path))
    except OSError as error:
        raise ValueError(
            f"the network could not be saved as {path} ({error.strerror}); "
            "free some space or choose another folder"
        ) from error
    return card


def _bare_copy(model: NewModel) -> keras.Sequential:
    """The network without optimiser and training state: a third of the size."""
    copy = build_network(model.network_name, model.settings.get("dropout", 0.0))
    copy.set_weights(model.network.get_weights())
    return copy


def require_space(path: Path, parameters: int) -> None:
    """Raise OSError unless there is room for a network of so many parameters.

    HDF5 brings the whole process down when a disk becomes full under it, so a plain file tries.
    """
    with path.open("wb") as file:
        file.write(os.urandom(2 * 4 * parameters + 2**20))
    path.unlink()


def _save_quietly(network: keras.Sequential, path: Path) -> None:
    """Save without Keras' warning that .h5 is an old format: it was asked for."""
    absl = logging.getLogger("absl")
    level = absl.level
    absl.setLevel(logging.ERROR)
    try:
        network.save(path)
    finally:
        absl.setLevel(level)


def _card(model: NewModel, name: str, sha256: str) -> ModelCard:
    return ModelCard(
        name=name,
        network=model.network_name,
        parameters=model.network.count_params(),
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        sha256=sha256,
        temperature=model.contract.temperature,
        conformal_threshold=model.contract.conformal_threshold,
        energy_threshold=model.contract.energy_threshold,
        seed=model.seed,
        data=model.data,
        settings=model.settings,
        versions=library_versions(),
        figures=model.figures,
    )


def library_versions() -> dict[str, str]:
    """The versions that a card names."""
    return {
        "qtdigits": __version__,
        "keras": keras.__version__,
        "tensorflow": tf.__version__,
        "numpy": np.__version__,
    }


def flush(path: Path) -> None:
    """Have a file's content on the disk for good; raises OSError."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())

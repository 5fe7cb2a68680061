"""Keeping a network from elsewhere as one of this program: adapted, calibrated, saved anew."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

import keras
import numpy as np
from numpy.typing import NDArray

from qtdigits.core.architecture import IMPORTED, Architecture, checked_architecture, layer_words
from qtdigits.core.data_files.regular import shown
from qtdigits.core.model_card import ModelCard
from qtdigits.core.non_digits import synthetic_non_digits
from qtdigits.core.raster import rasterize_tracks
from qtdigits.core.result_words import exact_percentage
from qtdigits.core.verdict import free_energy
from qtdigits.ml.calibrate import Contract, calibrated_contract
from qtdigits.ml.foreign.config import Answers
from qtdigits.ml.foreign.probing import Form, find_form, synthetic_images
from qtdigits.ml.foreign.reading import ForeignNetwork
from qtdigits.ml.imported import build_imported
from qtdigits.ml.model_file import library_versions, save_with_card
from qtdigits.ml.views import mean_logits

LEAST_ACCURACY: Final = 0.6
"""A network that reads fewer of the synthetic digits is not taken: it reads something else.

Trained on MNIST, a single layer reads 77 % of them, the LeNet 90 %.
"""

_DIGITS: Final = 2000
_NON_DIGITS: Final = 500
_SEED: Final = 4102
_TELLING: Final = 0.2
"""Of what is not a digit, the energy must refuse this share, or it is not asked."""
_BATCH: Final = 100

_ANSWERS: Final = {
    Answers.LOGITS: "raw numbers (logits)",
    Answers.PROBABILITIES: "probabilities",
    Answers.SEPARATE: "ten separate probabilities",
}


@dataclass(frozen=True, slots=True)
class _Trial:
    """What came of trying an adapted network on synthetic digits."""

    contract: Contract
    accuracy: float
    refused: float


def save_imported(foreign: ForeignNetwork, source: Path, name: str, out: Path) -> ModelCard:
    """Save a network read from the file `source` as one of this program, with its card.

    What it saves takes digit images as all networks of this program do, and gives logits. Raises
    ValueError with a sentence when it reads too few digits or cannot be saved.
    """
    network = build_imported(foreign.architecture, foreign.weights)
    form, probed = find_form(partial(_logits, network))
    if probed < LEAST_ACCURACY:
        raise ValueError(
            f"{shown(source)} reads only {exact_percentage(probed)} of the synthetic digits right, "
            "whichever way they are shown to it; a network that reads digits is needed"
        )
    architecture = checked_architecture((*form.layers, *foreign.architecture.layers))
    adapted = build_imported(architecture, foreign.weights)
    trial = _tried(adapted)
    card = _card(foreign, source, name, architecture, form, trial)

    def check(draft: Path) -> None:
        read_back = build_imported(architecture)
        read_back.load_weights(draft)
        pairs = zip(adapted.get_weights(), read_back.get_weights(), strict=True)
        if not all(np.array_equal(one, other) for one, other in pairs):
            raise ValueError("the network was not read back as it was saved; try another folder")

    return save_with_card(adapted, out, check, lambda sha256: replace(card, sha256=sha256))


def found_words(card: ModelCard) -> str:
    """What was found out about an imported network, in one sentence without its full stop."""
    accuracy, count = card.figures["validation_accuracy"], card.figures["validation_n"]
    return (
        f"it expects {card.settings['expects']}; its answers are {card.settings['answers']}; "
        f"it reads {exact_percentage(accuracy)} of {count:,} synthetic digits right"
    )


def _tried(network: keras.Sequential) -> _Trial:
    """Calibrate on digits that had no part in finding the form."""
    images, labels = synthetic_images(_DIGITS, _SEED)
    logits = _mean_logits(network, images)
    others = np.array(
        [rasterize_tracks(tracks) for _, tracks in synthetic_non_digits(_NON_DIGITS, _SEED)],
        np.float32,
    )
    # It may never have seen what is not a digit; whether its energy tells all the same is tried.
    contract = calibrated_contract(logits, labels, has_seen_non_digits=True)
    energies = free_energy(_mean_logits(network, others[..., None]), contract.temperature)
    refused = float((energies > contract.energy_threshold).mean())
    if refused < _TELLING:
        contract = replace(contract, energy_threshold=np.inf)
        refused = 0.0
    return _Trial(contract, float((logits.argmax(axis=1) == labels).mean()), refused)


def _logits(network: keras.Sequential, images: NDArray[np.float32]) -> NDArray[np.float32]:
    batches = [
        np.asarray(network(images[at : at + _BATCH], training=False), np.float32)
        for at in range(0, len(images), _BATCH)
    ]
    return np.concatenate(batches)


def _mean_logits(network: keras.Sequential, images: NDArray[np.float32]) -> NDArray[np.float32]:
    """What a recognizer answers."""
    answer = partial(network, training=False)
    batches = [
        np.asarray(mean_logits(answer, images[at : at + _BATCH]))
        for at in range(0, len(images), _BATCH)
    ]
    return np.concatenate(batches)


def _card(
    foreign: ForeignNetwork,
    source: Path,
    name: str,
    architecture: Architecture,
    form: Form,
    trial: _Trial,
) -> ModelCard:
    flat = ", as 784 numbers in a row" if foreign.given == (784,) else ""
    return ModelCard(
        name=name,
        network=IMPORTED,
        architecture=architecture,
        parameters=architecture.parameters,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        sha256="",
        temperature=trial.contract.temperature,
        conformal_threshold=trial.contract.conformal_threshold,
        energy_threshold=trial.contract.energy_threshold,
        data=(f"imported from {shown(Path(source.name))}",),
        settings={
            "layers": layer_words(foreign.architecture.layers),
            "expects": f"{form.words}{flat}",
            "answers": _ANSWERS[foreign.answers],
        },
        versions=library_versions(),
        figures={
            "validation_n": _DIGITS,
            "validation_accuracy": trial.accuracy,
            "non_digits_refused": trial.refused,
        },
    )

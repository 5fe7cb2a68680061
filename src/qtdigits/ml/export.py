"""Exporting a network for other programs; what was written is read back before it counts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import keras
import numpy as np
import tensorflow as tf

from qtdigits.core.atomic_file import move_folder
from qtdigits.core.export_forms import FORMS, ExportForm, form_of, missing_package, missing_words
from qtdigits.core.model_card import ModelCard, card_path, file_sha256
from qtdigits.core.model_pair import move_pair, saving_folder
from qtdigits.core.raster import rasterize_tracks
from qtdigits.core.synthetic_pen import synthetic_digits
from qtdigits.ml.export_place import CARD_IN_FOLDER, ExportPlace, place_for
from qtdigits.ml.export_writers import WRITERS, Images, Logits
from qtdigits.ml.model_file import check_destination, flush, require_space, save_with_card
from qtdigits.ml.recognizer import load_network

CHECKED: Final = 100
"""So many digits are read with each exported file."""
TOLERANCE: Final = 1e-4
"""No logit of an exported file may differ by more. Those of our networks lie within about ±5, and
other programs add in another order; measured are 3e-6 for LiteRT, 2e-6 for ONNX, 0 for all others.
"""
_RELATIVE: Final = 1e-5
"""For a network from elsewhere, whose logits may be large: the bound as a part of the largest."""
_SEED: Final = 100


@dataclass(frozen=True, slots=True)
class Exported:
    """What came of an export. difference: the largest between logits of the file and of Keras."""

    place: Path
    card: ModelCard
    difference: float


def export_network(model: Path, out: Path, form: ExportForm | None = None) -> Exported:
    """Save a network of this program for other programs, with its card.

    form None: as the name asks for. The whole network is saved: architecture and weights, from
    digit images (n, 28, 28, 1) in 0..1 to ten logits, one view each. Before it is moved into place,
    it is opened as another program would, and must answer 100 synthetic digits as the network does,
    within TOLERANCE. Raises ValueError with a sentence; older files then stay as they are.
    """
    form = form_of(out) if form is None else form
    if package := missing_package(form):
        raise ValueError(f"{FORMS[form].title} cannot be written: {missing_words(package)}")
    if form in (ExportForm.KERAS, ExportForm.HDF5):
        return _export_for_keras(model, out)
    place = place_for(out, form)
    network, card = load_network(model)
    try:
        difference, card = _written(network, card, form, place)
    except (OSError, tf.errors.OpError) as error:
        raise ValueError(
            f"the network could not be saved as {place.path} ({_reason(error)}); "
            "free some space or choose another folder"
        ) from error
    return Exported(place.path, card, difference)


def _export_for_keras(model: Path, out: Path) -> Exported:
    check_destination(out)
    if card_path(out).exists() and not out.exists():
        raise ValueError(f"{card_path(out)} exists, and the model card would replace it")
    network, card = load_network(model)
    differences: list[float] = []

    def check(draft: Path) -> None:
        # The file was written a moment ago by this very process: it is no foreign one.
        opened = keras.models.load_model(draft, compile=False)
        images = _digits()
        answers = np.asarray(opened(images, training=False))
        differences.append(_difference(network, images, answers, card.name))

    saved = save_with_card(network, out, check, lambda sha256: replace(card, sha256=sha256))
    return Exported(out, saved, max(differences))


def _written(
    network: keras.Sequential, card: ModelCard, form: ExportForm, place: ExportPlace
) -> tuple[float, ModelCard]:
    """Write beside the place, read back, move there; the difference, and the card of the file."""
    writer, images = WRITERS[form], _digits()
    with saving_folder(place.beside) as folder:
        require_space(folder / "space", network.count_params())
        whole = folder / place.moved.name
        draft = whole / place.path.relative_to(place.moved)
        draft.parent.mkdir(exist_ok=True)
        writer.write(network, draft)
        difference = _difference(network, images, writer.answers(draft, images), card.name)
        if place.is_folder:
            card_draft = draft / CARD_IN_FOLDER
            card_draft.parent.mkdir()
        else:
            card = replace(card, sha256=file_sha256(draft))
            card_draft = folder / place.card.name
        card_draft.write_text(card.to_json(), encoding="utf-8")
        for written in folder.rglob("*"):
            if written.is_file():
                flush(written)
        if place.is_folder:
            move_folder(whole, place.moved)
        else:
            move_pair(draft, card_draft, place.path, place.card)
    return difference, card


def _difference(network: keras.Sequential, images: Images, answers: Logits, name: str) -> float:
    """The largest difference between logits; raises ValueError when it is too large."""
    expected = np.asarray(network(images, training=False))
    sentence = f"the exported file does not answer as {name} does; export it in another form"
    if answers.shape != expected.shape:
        raise ValueError(sentence)
    difference = float(np.abs(answers - expected).max())
    same_digits = np.array_equal(answers.argmax(axis=1), expected.argmax(axis=1))
    bound = max(TOLERANCE, _RELATIVE * float(np.abs(expected).max()))
    if not (same_digits and difference <= bound):  # NaN is not below anything
        raise ValueError(sentence)
    return difference


def _digits() -> Images:
    """Synthetic digits as a network takes them, shape (100, 28, 28, 1)."""
    drawings = synthetic_digits(CHECKED, _SEED)
    images = np.array([rasterize_tracks(tracks) for _, tracks in drawings], np.float32)
    return images[..., None]


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return error.strerror or str(error)
    return str(error).splitlines()[0]

"""Exported networks answer as Keras does, or are not there."""

from __future__ import annotations

import importlib
import importlib.util
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf

from qtdigits.core.export_forms import ExportForm
from qtdigits.core.model_card import ModelCard, file_sha256, read_card
from qtdigits.ml import export
from qtdigits.ml.export import TOLERANCE, export_network
from qtdigits.ml.export_writers import WRITERS, Images, Logits
from qtdigits.ml.model_file import save_with_card
from qtdigits.ml.recognizer import load_network

NAMES = {
    ExportForm.KERAS: "digits.keras",
    ExportForm.HDF5: "digits.h5",
    ExportForm.LITERT: "digits.tflite",
    ExportForm.SAVED_MODEL: "digits",
    ExportForm.SERVING: "digits",
    ExportForm.ONNX: "digits.onnx",
}
LEAVES_A_FILE = (ExportForm.KERAS, ExportForm.HDF5, ExportForm.LITERT)
MADE_BY_WRITERS = (ExportForm.LITERT, ExportForm.SAVED_MODEL, ExportForm.SERVING)


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "place"
    folder.mkdir()
    return folder


@pytest.fixture
def images() -> Images:
    return np.random.default_rng(3).random((7, 28, 28, 1)).astype(np.float32)


@pytest.mark.parametrize("form", [form for form in ExportForm if form is not ExportForm.ONNX])
def test_exported_network_answers_as_keras_does(
    form: ExportForm, trained: Path, place: Path
) -> None:
    made = export_network(trained, place / NAMES[form], form)
    assert made.place.exists()
    assert 0 <= made.difference <= TOLERANCE
    if form in LEAVES_A_FILE:
        assert made.card.sha256 == file_sha256(made.place)


def test_saved_model_is_called_by_name(trained: Path, place: Path, images: Images) -> None:
    export_network(trained, place / "digits")
    served = tf.saved_model.load(str(place / "digits")).signatures["serving_default"]
    (answers,) = served(images=tf.constant(images)).values()
    network, card = load_network(trained)
    assert np.allclose(answers, network(images), atol=TOLERANCE)
    written = (place / "digits" / "assets.extra" / "model-card.json").read_text(encoding="utf-8")
    assert ModelCard.from_json(written) == card


def test_serving_counts_versions(trained: Path, place: Path) -> None:
    versions = [
        export_network(trained, place / "digits", ExportForm.SERVING).place for _ in range(2)
    ]
    assert versions == [place / "digits" / "1", place / "digits" / "2"]
    assert names_in(place / "digits") == ["1", "2"]


def test_litert_says_nothing_on_the_way(place: Path) -> None:
    """In a process of its own: what TensorFlow logs is decided when it is first imported."""
    done = subprocess.run(
        [
            *(sys.executable, "-P", "-m", "qtdigits", "models", "export", "shipped"),
            *(str(place / "digits.tflite"), "--json"),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    assert json.loads(done.stdout)["checked"] == 100


def test_litert_file_has_the_card_of_its_network(trained: Path, place: Path) -> None:
    made = export_network(trained, place / "digits.tflite")
    card = ModelCard.from_json((place / "digits.tflite.json").read_text(encoding="utf-8"))
    assert card == made.card == replace(read_card(trained), sha256=file_sha256(made.place))


@pytest.mark.skipif(
    importlib.util.find_spec("tf2onnx") is None, reason="tf2onnx is an extra and is not installed"
)
def test_onnx_answers_as_keras_does(trained: Path, place: Path, images: Images) -> None:
    export_network(trained, place / "digits.onnx")
    reference = importlib.import_module("onnx.reference")
    evaluator = reference.ReferenceEvaluator(str(place / "digits.onnx"))
    (answers,) = evaluator.run(None, {"images": images})
    network, _ = load_network(trained)
    assert np.allclose(answers, network(images), atol=TOLERANCE)


def test_form_without_its_package_is_refused(
    trained: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "missing_package", lambda form: "tf2onnx")
    with pytest.raises(ValueError, match=r"ONNX .* needs the Python package tf2onnx"):
        export_network(trained, place / "digits.onnx")
    assert names_in(place) == []


@pytest.mark.parametrize("form", MADE_BY_WRITERS)
@pytest.mark.parametrize("wrong", ["other", "nan", "shape"])
def test_file_that_answers_otherwise_is_removed(
    form: ExportForm,
    wrong: str,
    trained: Path,
    place: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    right = WRITERS[form]

    def answers(path: Path, images: Images) -> Logits:
        logits = right.answers(path, images).copy()
        if wrong == "shape":
            return logits[:1]
        logits[0, 0] += np.nan if wrong == "nan" else 2 * TOLERANCE
        return logits

    monkeypatch.setitem(WRITERS, form, replace(right, answers=answers))
    with pytest.raises(ValueError, match="does not answer as tiny does"):
        export_network(trained, place / NAMES[form], form)
    assert names_in(place) == []


@pytest.mark.parametrize("form", MADE_BY_WRITERS)
@pytest.mark.parametrize(
    "error",
    [OSError(28, "No space left on device"), tf.errors.ResourceExhaustedError(None, None, "full")],
)
def test_full_disk_leaves_nothing_but_the_older_file(
    form: ExportForm,
    error: Exception,
    trained: Path,
    place: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def write(network: keras.Sequential, path: Path) -> None:
        path.with_suffix(".part").write_bytes(b"half")
        raise error

    if form is ExportForm.LITERT:
        (place / "digits.tflite").write_bytes(b"older")
    before = names_in(place)
    monkeypatch.setitem(WRITERS, form, replace(WRITERS[form], write=write))
    with pytest.raises(ValueError, match=r"could not be saved as .*; free some space"):
        export_network(trained, place / NAMES[form], form)
    assert names_in(place) == before


def test_large_logits_may_differ_by_a_part_of_them(
    trained: Path, place: Path, tmp_path: Path
) -> None:
    network, card = load_network(trained)
    last = network.layers[-1]
    last.set_weights([1e5 * weights for weights in last.get_weights()])
    loud = tmp_path / "loud.keras"
    save_with_card(network, loud, lambda draft: None, lambda sha256: replace(card, sha256=sha256))
    assert export_network(loud, place / "digits.tflite").difference > 0


def test_older_file_is_replaced(trained: Path, place: Path) -> None:
    (place / "digits.tflite").write_bytes(b"older")
    export_network(trained, place / "digits.tflite")
    assert (place / "digits.tflite").read_bytes() != b"older"


def test_place_that_cannot_be_is_refused_before_any_work(trained: Path, place: Path) -> None:
    (place / "folder").mkdir()
    (place / "mixed" / "notes").mkdir(parents=True)
    (place / "file").write_text("mine", encoding="utf-8")
    (place / "notes.tflite.json").write_text("{}", encoding="utf-8")
    before = names_in(place)
    for name, form, words in (
        ("folder", ExportForm.SAVED_MODEL, "exists"),
        ("mixed", ExportForm.SERVING, "something else than versions"),
        ("file", ExportForm.SERVING, "is a file"),
        ("digits.keras", ExportForm.LITERT, r"ends in \.tflite"),
        ("notes.tflite", ExportForm.LITERT, "card would replace it"),
        ("nowhere/digits", ExportForm.SAVED_MODEL, "does not exist"),
    ):
        with pytest.raises(ValueError, match=words):
            export_network(trained, place / name, form)
    assert names_in(place) == before

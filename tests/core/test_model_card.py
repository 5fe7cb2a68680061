"""The model card: what it keeps, and which cards are refused."""

from __future__ import annotations

import hashlib
import json
import math
from pathlib import Path

import pytest

from qtdigits.core.model_card import ModelCard, card_path, file_sha256
from qtdigits.core.raster import PREPROCESSING

CARD = ModelCard(
    name="mine",
    network="small",
    parameters=42746,
    created="2026-01-01T00:00:00+00:00",
    sha256="ab" * 32,
    temperature=1.5,
    conformal_threshold=0.3,
    energy_threshold=-4.25,
    seed=7,
    data=("mnist.npz", "strokes.jsonl"),
    settings={"epochs": 3},
    versions={"keras": "3"},
    figures={"test_accuracy": 0.99},
)


def changed(**values: object) -> str:
    """The card as JSON with other values."""
    return json.dumps(json.loads(CARD.to_json()) | values)


def without(name: str) -> str:
    values = json.loads(CARD.to_json())
    del values[name]
    return json.dumps(values)


def test_card_comes_back_from_json_as_it_was() -> None:
    assert ModelCard.from_json(CARD.to_json()) == CARD


def test_card_without_energy_threshold_is_json_that_any_program_reads() -> None:
    card = ModelCard("a", "small", 1, "", "")
    text = card.to_json()
    assert "Infinity" not in text
    assert ModelCard.from_json(text).energy_threshold == math.inf


def test_card_with_an_unknown_field_is_read() -> None:
    assert ModelCard.from_json(changed(from_the_future=1)) == CARD


@pytest.mark.parametrize("text", ["", "{", "nonsense", "[" * 100_000])
def test_card_that_is_not_json_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not JSON"):
        ModelCard.from_json(text)


@pytest.mark.parametrize("text", ["[]", "3", '"card"', "null"])
def test_card_that_is_no_object_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="JSON object"):
        ModelCard.from_json(text)


@pytest.mark.parametrize("text", [changed(card_version=99), without("card_version")])
def test_card_of_another_version_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="this program reads version"):
        ModelCard.from_json(text)


@pytest.mark.parametrize("text", [changed(preprocessing=99), without("preprocessing")])
def test_card_of_unknown_preprocessing_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"this program has version {PREPROCESSING}"):
        ModelCard.from_json(text)


@pytest.mark.parametrize("name", ["name", "network", "parameters", "created", "sha256"])
def test_card_without_a_needed_field_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="incomplete"):
        ModelCard.from_json(without(name))


@pytest.mark.parametrize("name", ["temperature", "conformal_threshold", "energy_threshold"])
@pytest.mark.parametrize("value", ["1", True, [], math.nan])
def test_card_with_a_threshold_that_is_no_number_is_refused(name: str, value: object) -> None:
    with pytest.raises(ValueError, match=f"{name} must be a number"):
        ModelCard.from_json(changed(**{name: value}))


@pytest.mark.parametrize("value", [0, -1, math.inf])
def test_card_with_an_impossible_temperature_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="temperature must be above 0"):
        ModelCard.from_json(changed(temperature=value))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("name", 3),
        ("network", ["small"]),
        ("parameters", "many"),
        ("created", None),
        ("sha256", 0),
        ("seed", "one"),
        ("data", 5),
        ("data", "mnist.npz"),
        ("data", [1]),
        ("settings", []),
        ("versions", "3"),
        ("figures", 1.0),
    ],
)
def test_card_with_a_field_of_another_kind_is_refused(name: str, value: object) -> None:
    with pytest.raises(ValueError, match=f"model card's {name}"):
        ModelCard.from_json(changed(**{name: value}))


def test_card_path_lies_beside_the_model() -> None:
    assert card_path(Path("models/digits.keras")) == Path("models/digits.json")


def test_file_sha256_is_that_of_the_content(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"digits")
    assert file_sha256(tmp_path / "file") == hashlib.sha256(b"digits").hexdigest()

"""The model card: what a network is, how it was made, and the contract for reading its answers."""

from __future__ import annotations

import hashlib
import json
import math
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Final

from qtdigits.core.architecture import IMPORTED, Architecture
from qtdigits.core.data_files.regular import open_regular
from qtdigits.core.foreign_text import brief
from qtdigits.core.model_pair import unmoved_cards
from qtdigits.core.raster import PREPROCESSING
from qtdigits.core.training import NETWORKS

CARD_VERSION: Final = 1
_LARGEST_CARD: Final = 1024 * 1024
_LARGEST: Final = sys.float_info.max
_TEMPERATURES: Final = (1e-6, 1e6)
"""Beyond these, a logit divided by it could be no number any more."""


@dataclass(frozen=True, slots=True)
class ModelCard:
    """Everything about a network that its weights do not say.

    temperature divides the logits before softmax (Guo et al. 2017). The candidates of a prediction
    are the digits whose probability is at least `conformal_threshold`; it is unsure unless there
    is exactly one. It is not a digit when the free energy of its centred logits
    (core/verdict.py) lies above `energy_threshold`. The defaults are those of a network that was
    never calibrated. network names an architecture of ours, or is 'imported': then `architecture`
    says which layers there are.
    """

    name: str
    network: str
    parameters: int
    created: str
    sha256: str
    preprocessing: int = PREPROCESSING
    temperature: float = 1.0
    conformal_threshold: float = 0.5
    energy_threshold: float = math.inf
    seed: int = 0
    data: tuple[str, ...] = ()
    settings: dict[str, Any] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    figures: dict[str, Any] = field(default_factory=dict)
    card_version: int = CARD_VERSION
    architecture: Architecture | None = None

    def to_json(self) -> str:
        values = asdict(self)
        if math.isinf(self.energy_threshold):
            values["energy_threshold"] = None
        if self.architecture is None:
            del values["architecture"]
        else:
            values["architecture"] = self.architecture.to_data()
        return json.dumps(values, indent=2, ensure_ascii=False, allow_nan=False) + "\n"

    @classmethod
    def from_json(cls, text: str) -> ModelCard:
        """Read a card; raises ValueError saying what is wrong with it."""
        try:
            values = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise ValueError(f"the model card is not JSON ({error})") from None
        if not isinstance(values, dict):
            raise ValueError("the model card must be a JSON object")
        known = {f.name for f in fields(cls)}
        values = {key: value for key, value in values.items() if key in known}
        if values.get("card_version") != CARD_VERSION:
            raise ValueError(
                f"the model card has version {brief(values.get('card_version'))}, "
                f"this program reads version {CARD_VERSION}"
            )
        if values.get("preprocessing") != PREPROCESSING:
            raise ValueError(
                "the network was trained with preprocessing version "
                f"{brief(values.get('preprocessing'))}, this program has version {PREPROCESSING}"
            )
        if values.get("energy_threshold") is None:
            values["energy_threshold"] = math.inf
        for name, value in values.items():
            _check_kind(name, value)
        values["data"] = tuple(values.get("data", ()))
        values["architecture"] = _architecture(values)
        try:
            card = cls(**values)
        except TypeError as error:
            raise ValueError(f"the model card is incomplete ({error})") from None
        low, high = _TEMPERATURES
        if not low <= card.temperature <= high:
            raise ValueError(
                "the model card's temperature must be above 0 and below a million, "
                f"got {brief(card.temperature)}"
            )
        return card


def _architecture(values: dict[str, Any]) -> Architecture | None:
    """The layers of a network from elsewhere, checked; None for one of ours. Raises ValueError."""
    if values.get("network") != IMPORTED:
        return None
    try:
        return Architecture.from_data(values.get("architecture"))
    except ValueError as error:
        raise ValueError(f"the model card's architecture cannot be used: {error}") from None


_TEXTS: Final = ("name", "network", "created", "sha256")
_WHOLE_NUMBERS: Final = ("parameters", "seed")
_NUMBERS: Final = ("temperature", "conformal_threshold", "energy_threshold")
_OBJECTS: Final = ("settings", "versions", "figures")


def _check_kind(name: str, value: object) -> None:
    """Raise ValueError unless the value of a field is of the kind that the field has."""
    if name in _TEXTS:
        wanted, fits = "text", isinstance(value, str)
    elif name in _WHOLE_NUMBERS:
        wanted, fits = "a whole number", isinstance(value, int) and not isinstance(value, bool)
    elif name in _NUMBERS:
        wanted, fits = "a number", _is_number(value)
    elif name in _OBJECTS:
        wanted, fits = "a JSON object", isinstance(value, dict)
    elif name == "data":
        wanted = "a list of texts"
        fits = isinstance(value, list) and all(isinstance(item, str) for item in value)
    else:
        return
    if not fits:
        raise ValueError(f"the model card's {name} must be {wanted}, got {brief(value)}")


def _is_number(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    # Compared as it is: a whole number may be too large for a float. False for NaN, too.
    return abs(value) <= _LARGEST or value == math.inf


def card_path(model_path: Path) -> Path:
    """Where the card of a model file lies: beside it, with the suffix .json."""
    return model_path.with_suffix(".json")


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file's content, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_card(model_path: Path) -> ModelCard:
    """The card beside a model file, once the file is found to be the one that it describes.

    A card that a killed saver could not move to its place any more is found, too. Raises ValueError
    with one sentence, also where either file is missing or cannot be read.
    """
    beside = card_path(model_path)
    try:
        return _checked_card(model_path, beside)
    except ValueError:
        for unmoved in unmoved_cards(beside):
            with suppress(ValueError):
                return _checked_card(model_path, unmoved)
        raise


def _checked_card(model_path: Path, beside: Path) -> ModelCard:
    if not beside.exists():
        raise ValueError(
            f"the network {model_path} has no model card; {beside.name} must lie beside it"
        )
    try:
        with open_regular(beside) as file:
            text = file.read(_LARGEST_CARD).decode("utf-8")
    except UnicodeDecodeError:
        raise ValueError(f"the model card {beside} is not text; choose another network") from None
    try:
        card = ModelCard.from_json(text)
    except ValueError as error:
        raise ValueError(f"{beside}: {error}") from None
    if card.network not in (*NETWORKS, IMPORTED):
        raise ValueError(
            f"{beside} names the network {brief(card.network)}, unknown to this version"
        )
    with open_regular(model_path) as model:
        found = hashlib.file_digest(model, "sha256").hexdigest()
    if found != card.sha256:
        raise ValueError(
            f"{model_path} is not the file that its model card describes; choose another"
        )
    return card

"""The settings of a network's training, for another training like it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import PurePath
from typing import Final

from qtdigits.core.model_card import ModelCard
from qtdigits.core.training import NETWORKS, PRECISIONS, TrainingConfig

_OPTIMIZERS: Final = ("adam", "adamw")
_MNIST: Final = ("mnist", "mnist.npz")


@dataclass(frozen=True, slots=True)
class CardPlan:
    """What a card says of its training.

    synthetic and scribbles: how many drawings were made to order; mnist: whether MNIST was learnt
    from; files: the names of all other data, whose folders a card does not tell.
    """

    config: TrainingConfig
    synthetic: int
    scribbles: int
    mnist: bool
    files: tuple[str, ...]
    went_on: bool
    """Whether it began with another network's weights."""

    def left_out(self) -> str:
        """What another training must be given by the person, in a sentence; '' for nothing."""
        said = []
        if self.files:
            said.append(f"Add {_listed(self.files)} yourself: a card does not say where files lie.")
        if self.went_on:
            said.append("It began with another network's weights; this one begins from scratch.")
        return " ".join(said)


def plan_of(card: ModelCard) -> CardPlan:
    """Raises ValueError with a sentence when the card does not say how the network was trained."""
    known = {one.name for one in fields(TrainingConfig)}
    found = {name: value for name, value in card.settings.items() if name in known}
    if not found:
        raise ValueError(f"the model card of {card.name} does not say how it was trained")
    try:
        config = TrainingConfig(**found)
    except (TypeError, ValueError):
        config = None
    if (
        config is None
        or config.network not in NETWORKS
        or config.optimizer not in _OPTIMIZERS
        or config.precision not in PRECISIONS
    ):
        raise ValueError(f"the settings on the model card of {card.name} cannot be used here")
    names = tuple(PurePath(name).name for name in card.data)
    synthetic, scribbles = _count(names, "synthetic"), _count(names, "non-digits")
    drawn = ("synthetic:", "non-digits:")
    files = tuple(n for n in names if n not in _MNIST and not n.startswith(drawn))
    is_mnist = any(name in _MNIST for name in names)
    return CardPlan(config, synthetic, scribbles, is_mnist, files, "start_from" in card.settings)


def _count(names: tuple[str, ...], kind: str) -> int:
    counts = [rest for name, _, rest in (name.partition(":") for name in names) if name == kind]
    return sum(int(count) for count in counts if count.isdecimal())


def _listed(names: tuple[str, ...]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last

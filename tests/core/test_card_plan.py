"""A training like the one that a card tells of."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pytest

from qtdigits.core.card_plan import plan_of
from qtdigits.core.model_card import ModelCard
from qtdigits.core.training import TrainingConfig

CONFIG = TrainingConfig(network="small", epochs=7, dropout=0.1, seed=9)


def card(data: tuple[str, ...] = (), **settings: object) -> ModelCard:
    return ModelCard("mine", "small", 1, "", "", data=data, settings=settings)


def test_settings_and_data_are_those_of_the_card() -> None:
    data = ("mnist.npz", "synthetic:20000", "non-digits:500")
    plan = plan_of(card(data, **asdict(CONFIG)))
    assert plan.config == CONFIG
    assert (plan.synthetic, plan.scribbles, plan.mnist) == (20000, 500, True)
    assert plan.left_out() == ""


def test_what_the_person_must_add_is_said() -> None:
    plan = plan_of(card(("a.jsonl", "b", "c.npz"), start_from="ab12", **asdict(CONFIG)))
    assert (plan.synthetic, plan.scribbles, plan.mnist) == (0, 0, False)
    assert plan.left_out() == (
        "Add a.jsonl, b and c.npz yourself: a card does not say where files lie. "
        "It began with another network's weights; this one begins from scratch."
    )


def test_settings_of_other_versions_are_taken_as_far_as_known() -> None:
    plan = plan_of(card(epochs=3, colour="blue"))
    assert plan.config == TrainingConfig(epochs=3)


@pytest.mark.parametrize(
    "settings",
    [{"epochs": "many"}, {"epochs": 0}, {"network": "huge"}, {"optimizer": 3}, {"precision": ""}],
)
def test_settings_that_cannot_be_are_refused(settings: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="card of mine cannot be used here"):
        plan_of(card(**settings))


def test_network_from_elsewhere_has_no_settings() -> None:
    with pytest.raises(ValueError, match="does not say how it was trained"):
        plan_of(card(("found on the web.h5",)))

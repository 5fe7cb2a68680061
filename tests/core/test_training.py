"""What a training run may be asked for."""

from __future__ import annotations

from dataclasses import fields

import pytest

from qtdigits.core.training import LENET, PRESETS, TrainingConfig


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("epochs", 0),
        ("epochs", 1001),
        ("batch_size", 0),
        ("batch_size", 4097),
        ("learning_rate", 0.0),
        ("learning_rate", 1.5),
        ("learning_rate", float("nan")),
        ("learning_rate", float("inf")),
        ("dropout", -0.1),
        ("dropout", 0.95),
        ("label_smoothing", 0.6),
        ("validation_share", 0.0),
        ("validation_share", 0.9),
        ("renderings", 0),
        ("averaging", 1.0),
        ("seed", -1),
        ("seed", 2**31),
    ],
)
def test_config_out_of_range_is_refused_by_name(name: str, value: float) -> None:
    with pytest.raises(ValueError, match=f"the {name.replace('_', ' ')} must lie from"):
        TrainingConfig(**{name: value})  # type: ignore[arg-type] # fields of two kinds


@pytest.mark.parametrize("value", [1, 1000])
def test_config_takes_both_ends_of_a_range(value: int) -> None:
    assert TrainingConfig(epochs=value).epochs == value


def test_lenet_is_the_recipe_of_the_baseline() -> None:
    assert (LENET.network, LENET.optimizer) == ("lenet", "adam")
    assert (LENET.learning_rate, LENET.batch_size, LENET.dropout) == (0.01, 400, 0.5)
    assert LENET.variation == 0
    assert LENET.averaging == 0
    assert LENET.label_smoothing == 0


def test_presets_grow_from_quick_to_best() -> None:
    assert PRESETS["quick"].epochs < PRESETS["balanced"].epochs < PRESETS["best"].epochs


def test_training_from_the_command_line_can_set_every_field() -> None:
    from qtdigits.cli.train_options import _OPTIONS

    assert {field.name for field in fields(TrainingConfig)} == set(_OPTIONS)

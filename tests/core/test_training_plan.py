"""A plan becomes the options of qtdigits train, and a time that can be believed."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import pytest

from qtdigits.cli.train_options import add_options, config_of
from qtdigits.core.training import LENET, PRESETS, TrainingConfig
from qtdigits.core.training_fields import FIELDS, FOLDED_FIELDS, FieldKind, field
from qtdigits.core.training_plan import DataSource, TrainingPlan, duration_words, preset_of

SOURCES = (DataSource("synthetic:2000", 2000, drawn=True), DataSource("mnist.npz", 60_000))


def parsed(plan: TrainingPlan) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_options(parser)
    return parser.parse_args([*plan.arguments(), "--out", "x.keras"])


@pytest.mark.parametrize(
    "config",
    [
        *PRESETS.values(),
        LENET,
        replace(PRESETS["quick"], epochs=7),
        TrainingConfig(network="lenet", optimizer="adam", dropout=0.5, seed=42, variation=0.0),
        replace(PRESETS["quick"], variation=1.0, learning_rate=1e-5, validation_share=0.25),
    ],
)
def test_command_line_reads_the_options_as_the_same_config(config: TrainingConfig) -> None:
    assert config_of(parsed(TrainingPlan(SOURCES, config))) == config


def test_all_sources_are_named_in_order() -> None:
    assert parsed(TrainingPlan(SOURCES)).data == ["synthetic:2000", "mnist.npz"]


def test_network_to_begin_with_is_named() -> None:
    plan = TrainingPlan(SOURCES, start_from=Path("old.keras"))
    assert parsed(plan).start_from == Path("old.keras")


def test_plan_without_sources_has_a_problem() -> None:
    assert TrainingPlan(()).problem() == "Choose something to learn from."
    assert TrainingPlan(SOURCES).problem() == ""


def test_images_kept_for_validation_are_not_learnt_from() -> None:
    plan = TrainingPlan(SOURCES, replace(PRESETS["quick"], validation_share=0.5))
    assert plan.images == 31_000


def test_time_follows_the_measured_speed() -> None:
    plan = TrainingPlan(SOURCES, PRESETS["quick"])
    slow, quick = plan.seconds({"small": 1000.0}), plan.seconds({"small": 10_000.0})
    assert slow > 5 * quick
    assert plan.seconds({"digits": 1.0}) == plan.seconds({})


def test_time_grows_with_the_epochs() -> None:
    few, many = (TrainingPlan(SOURCES, TrainingConfig(epochs=n)).seconds({}) for n in (1, 100))
    assert many > 20 * few


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.2, "5 s"),
        (38, "40 s"),
        (58, "1 min"),
        (720, "12 min"),
        (3600, "1 h"),
        (7900, "2 h 10 min"),
        (90_000, "25 h"),
    ],
)
def test_duration_is_rounded_as_an_estimate(seconds: float, words: str) -> None:
    assert duration_words(seconds) == words


@pytest.mark.parametrize("name", PRESETS)
def test_preset_is_known_again(name: str) -> None:
    assert preset_of(PRESETS[name]) == name
    assert preset_of(replace(PRESETS[name], epochs=999)) == ""


@pytest.mark.parametrize("row", [*FIELDS, *FOLDED_FIELDS], ids=lambda row: row.key)
def test_every_field_is_one_of_the_config_and_explains_itself(row: object) -> None:
    one = row if isinstance(row, type(FIELDS[0])) else FIELDS[0]
    assert hasattr(TrainingConfig(), one.key)
    assert one.help.endswith(".")
    if one.kind in (FieldKind.WHOLE, FieldKind.SHARE, FieldKind.RATE):
        low, high = one.range
        assert low <= getattr(TrainingConfig(), one.key) <= high
    if one.kind is FieldKind.CHOICE:
        assert getattr(TrainingConfig(), one.key) in [choice.value for choice in one.choices]


def test_unknown_field_is_refused() -> None:
    with pytest.raises(ValueError, match="expected the key"):
        field("colour")

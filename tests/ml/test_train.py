"""Training: it learns, it can be repeated, and it harms nothing when it fails."""

from __future__ import annotations

import math
from dataclasses import asdict, replace
from pathlib import Path

import keras
import numpy as np
import pytest

from qtdigits.core.data_files.npz import read_npz
from qtdigits.core.model_card import ModelCard, card_path
from qtdigits.core.training import (
    EpochFinished,
    TrainingConfig,
    TrainingEvent,
    TrainingResult,
    TrainingStarted,
)
from qtdigits.ml import train as training
from qtdigits.ml.datasets import TrainingData, read_training_data
from qtdigits.ml.network import build_network
from qtdigits.ml.recognizer import load_network, load_recognizer


@pytest.fixture
def data(archive: Path, tiny: TrainingConfig) -> TrainingData:
    return read_training_data([str(archive)], None, tiny)


@pytest.fixture
def card(trained: Path) -> ModelCard:
    return ModelCard.from_json(card_path(trained).read_text(encoding="utf-8"))


def ignore(event: TrainingEvent) -> None:
    pass


def weights(path: Path) -> list[np.ndarray]:
    network = build_network("small", 0.0)
    network.load_weights(path)
    return list(network.get_weights())


def test_training_learns_far_more_than_chance(result: TrainingResult) -> None:
    assert result.validation_accuracy > 0.5
    assert result.test_accuracy is not None
    assert result.test_accuracy > 0.5


def test_training_reports_its_start_and_each_epoch(
    events: list[TrainingEvent], data: TrainingData
) -> None:
    started = TrainingStarted(len(data.images), len(data.validation_images), 42_746, 3)
    assert events[0] == started
    epochs = [event for event in events if isinstance(event, EpochFinished)]
    assert [event.epoch for event in epochs] == [1, 2, 3]
    for event in epochs:
        assert event.epochs == 3
        assert 0 <= event.accuracy <= 1
        assert math.isfinite(event.loss)
        assert math.isfinite(event.validation_loss)
        assert event.seconds > 0
        assert event.samples_per_second > 0


def test_last_epoch_reports_what_the_saved_network_reads_in_one_view(
    events: list[TrainingEvent], trained: Path, data: TrainingData
) -> None:
    last = events[-1]
    assert isinstance(last, EpochFinished)
    network, _ = load_network(trained)
    digits = data.validation_labels >= 0
    pixels = data.validation_images[digits][..., None].astype(np.float32) / np.float32(255)
    right = np.asarray(network(pixels)).argmax(axis=1) == data.validation_labels[digits]
    assert last.validation_accuracy == pytest.approx(right.mean(), abs=1e-6)


def test_result_counts_what_it_was_measured_on(
    result: TrainingResult, data: TrainingData, trained: Path
) -> None:
    assert (result.network, result.parameters, result.epochs) == ("small", 42_746, 3)
    assert (result.validation_n, result.test_n) == (len(data.validation_images), 80)
    assert result.path == str(trained)


def test_test_accuracy_is_that_of_the_saved_file(
    result: TrainingResult, trained: Path, archive: Path
) -> None:
    digits = read_npz(archive, "test")
    predictions = load_recognizer(trained).predict(digits.pixels())
    right = np.array([p.digit for p in predictions]) == digits.labels
    assert result.test_accuracy == pytest.approx(right.mean())


def test_card_carries_contract_settings_and_figures(
    card: ModelCard, tiny: TrainingConfig, result: TrainingResult
) -> None:
    assert 0.05 < card.temperature < 20
    assert 0 < card.conformal_threshold < 1
    assert card.energy_threshold == math.inf
    assert card.settings == asdict(tiny)
    assert card.data == ("digits.npz",)
    assert card.seed == tiny.seed
    assert card.figures["test_n"] == 80
    assert card.figures["test_accuracy"] == pytest.approx(result.test_accuracy, abs=1e-5)


def test_same_seed_twice_gives_the_same_bits(
    trained: Path, data: TrainingData, tiny: TrainingConfig, tmp_path: Path
) -> None:
    training.train(data, tiny, tmp_path / "again.keras", ignore)
    pairs = zip(weights(trained), weights(tmp_path / "again.keras"), strict=True)
    assert all(np.array_equal(one, other) for one, other in pairs)


def test_training_with_non_digits_knows_what_is_none(tiny: TrainingConfig, tmp_path: Path) -> None:
    config = replace(tiny, epochs=2, seed=3, averaging=0.0, variation=1.0, label_smoothing=0.0)
    data = read_training_data(["synthetic:200", "non-digits:60"], None, config)
    result = training.train(data, config, tmp_path / "wary.keras", ignore)
    card = load_recognizer(tmp_path / "wary.keras").card
    assert math.isfinite(card.energy_threshold)
    assert result.validation_n == 20
    assert result.test_accuracy is None
    assert "test_accuracy" not in card.figures


def test_training_that_diverges_says_so_and_leaves_the_older_file(
    data: TrainingData,
    tiny: TrainingConfig,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def far_too_fast(config: TrainingConfig, steps: int) -> keras.optimizers.Optimizer:
        return keras.optimizers.SGD(1e30)

    monkeypatch.setattr(training, "_optimizer", far_too_fast)
    out = tmp_path / "mine.keras"
    out.write_bytes(b"older")
    with pytest.raises(ValueError, match=r"diverged.*lower the learning rate"):
        training.train(data, replace(tiny, averaging=0.0), out, ignore)
    assert out.read_bytes() == b"older"
    assert not card_path(out).exists()


def test_training_that_is_stopped_by_its_listener_leaves_the_older_file(
    data: TrainingData, tiny: TrainingConfig, tmp_path: Path
) -> None:
    def stop(event: TrainingEvent) -> None:
        raise KeyboardInterrupt

    out = tmp_path / "mine.keras"
    out.write_bytes(b"older")
    with pytest.raises(KeyboardInterrupt):
        training.train(data, tiny, out, stop)
    assert out.read_bytes() == b"older"


@pytest.mark.parametrize(("name", "value"), [("network", "resnet"), ("optimizer", "sgd")])
def test_training_of_an_unknown_kind_is_refused(
    name: str, value: str, data: TrainingData, tiny: TrainingConfig, tmp_path: Path
) -> None:
    config = replace(tiny, **{name: value})  # type: ignore[arg-type] # both fields hold text
    with pytest.raises(ValueError, match=value):
        training.train(data, config, tmp_path / "mine.keras", ignore)


def test_baseline_is_optimized_as_it_was() -> None:
    from qtdigits.core.training import LENET

    optimizer = training._optimizer(LENET, 100)
    assert type(optimizer) is keras.optimizers.Adam
    assert float(optimizer.learning_rate) == pytest.approx(0.01)
    assert not optimizer.use_ema


@pytest.mark.parametrize("steps", [1, 3, 1000])
def test_learning_rate_rises_and_falls(steps: int, tiny: TrainingConfig) -> None:
    optimizer = training._optimizer(replace(tiny, epochs=10, learning_rate=0.01), steps)
    schedule = optimizer._learning_rate
    rates = [float(schedule(step)) for step in range(0, 10 * steps + 1, max(1, steps // 10))]
    assert max(rates) == pytest.approx(0.01, rel=0.05)
    assert rates[-1] < 0.001

"""Training as it is steered: stopped, started from another network, watched, and when it fails."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import keras
import numpy as np
import pytest

from qtdigits.core.model_card import card_path, read_card
from qtdigits.core.training import (
    DrawingsWatched,
    EpochFinished,
    TrainingConfig,
    TrainingEvent,
    TrainingProgress,
    TrainingResult,
)
from qtdigits.ml import callbacks
from qtdigits.ml import train as training
from qtdigits.ml.datasets import TrainingData, read_training_data
from qtdigits.ml.network import build_network
from qtdigits.ml.recognizer import load_network, load_recognizer


@pytest.fixture
def data(archive: Path, tiny: TrainingConfig) -> TrainingData:
    return read_training_data([str(archive)], None, tiny)


class Listener(list[TrainingEvent]):
    """Notes all events, and wants an end once as many epochs are over."""

    def __init__(self, epochs: int) -> None:
        super().__init__()
        self._epochs = epochs

    def wants_end(self) -> bool:
        return len(self.epochs()) >= self._epochs

    def epochs(self) -> list[EpochFinished]:
        return [event for event in self if isinstance(event, EpochFinished)]


def right(path: Path, data: TrainingData) -> float:
    """The share of validation digits that a saved network reads right in one view."""
    images = data.validation_images[..., None].astype(np.float32) / np.float32(255)
    network, _ = load_network(path)
    answers = np.asarray(network(images)).argmax(axis=1)
    return float((answers == data.validation_labels).mean())


def test_stopped_training_keeps_the_epoch_that_did_best(
    data: TrainingData, tiny: TrainingConfig, tmp_path: Path
) -> None:
    listener, out = Listener(3), tmp_path / "mine.keras"
    config = replace(tiny, epochs=1000)
    result = training.train(data, config, out, listener.append, should_stop=listener.wants_end)
    assert result.stopped
    assert result.epochs == len(listener.epochs()) == 3
    best = max(event.validation_accuracy for event in listener.epochs())
    assert right(out, data) == pytest.approx(best, abs=1e-6)


def test_worse_epochs_before_a_stop_do_not_count(
    data: TrainingData,
    tiny: TrainingConfig,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """After the second epoch the network is spoilt, as an unlucky batch may do."""

    class Spoiler(callbacks.EventReporter):
        def on_epoch_begin(self, epoch: int, logs: dict[str, float] | None = None) -> None:
            super().on_epoch_begin(epoch, logs)
            if epoch == 2:
                self.model.set_weights([w * 0 for w in self.model.get_weights()])

    monkeypatch.setattr(training, "EventReporter", Spoiler)
    listener, out = Listener(3), tmp_path / "mine.keras"
    config = replace(tiny, epochs=1000, averaging=0.0)
    result = training.train(data, config, out, listener.append, should_stop=listener.wants_end)
    first, second, third = listener.epochs()
    best = max(first.validation_accuracy, second.validation_accuracy)
    assert third.validation_accuracy < best
    assert result.validation_accuracy == pytest.approx(best, abs=1e-6)


def test_stop_in_the_midst_of_an_epoch_ends_it(
    data: TrainingData, tiny: TrainingConfig, tmp_path: Path
) -> None:
    asked = iter([False] * 30)  # an epoch has eleven batches
    config = replace(tiny, epochs=1000)
    result = training.train(
        data, config, tmp_path / "a.keras", lambda _: None, should_stop=lambda: next(asked, True)
    )
    assert result.stopped
    assert result.epochs == 3


def test_training_that_ends_by_itself_was_not_stopped(result: TrainingResult) -> None:
    assert not result.stopped
    assert result.epochs == 3


@pytest.mark.parametrize("stopped", [True, False])
def test_network_that_learnt_nothing_is_refused_and_the_older_file_stays(
    stopped: bool, data: TrainingData, tiny: TrainingConfig, tmp_path: Path
) -> None:
    # Who learns what is wrong by one reads nothing right.
    nothing = replace(data, validation_labels=(data.validation_labels + 1) % 10)
    out = tmp_path / "mine.keras"
    out.write_bytes(b"older")
    words = "stopped before anything was learnt" if stopped else "nothing was learnt"
    with pytest.raises(ValueError, match=words):
        training.train(nothing, tiny, out, lambda _: None, should_stop=lambda: stopped)
    assert out.read_bytes() == b"older"
    assert not card_path(out).exists()


def test_memory_that_runs_out_is_told_in_a_sentence(
    data: TrainingData, tiny: TrainingConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hungry(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(training, "_fit", hungry)
    with pytest.raises(ValueError, match="memory ran out; train with fewer images"):
        training.train(data, tiny, tmp_path / "mine.keras", lambda _: None)
    assert list(tmp_path.glob("mine*")) == []


def test_start_from_a_network_begins_where_that_one_ended(
    trained: Path,
    data: TrainingData,
    tiny: TrainingConfig,
    result: TrainingResult,
    tmp_path: Path,
) -> None:
    listener, out = Listener(1), tmp_path / "mine.keras"
    config = replace(tiny, epochs=1, learning_rate=1e-6)
    training.train(data, config, out, listener.append, start_from=trained)
    (epoch,) = listener.epochs()
    assert epoch.validation_accuracy == pytest.approx(result.validation_accuracy, abs=0.08)
    assert read_card(out).settings["start_from"] == read_card(trained).sha256


def test_start_from_a_network_of_another_kind_is_refused(
    trained: Path, data: TrainingData, tiny: TrainingConfig, tmp_path: Path
) -> None:
    config = replace(tiny, network="digits")
    with pytest.raises(ValueError, match="of the kind 'small'"):
        training.train(data, config, tmp_path / "mine.keras", lambda _: None, start_from=trained)


def test_watched_drawings_are_answered_after_each_epoch_by_the_network_to_be_saved(
    data: TrainingData, tiny: TrainingConfig, tmp_path: Path
) -> None:
    events: list[TrainingEvent] = []
    watched = data.test_images[:5].astype(np.float32) / np.float32(255)
    out = tmp_path / "mine.keras"
    training.train(data, replace(tiny, epochs=2), out, events.append, watched=watched)
    answers = [event for event in events if isinstance(event, DrawingsWatched)]
    assert [event.epoch for event in answers] == [1, 2]
    assert isinstance(events[-2], EpochFinished)
    expected = load_recognizer(out).logits(watched).argmax(axis=1)
    assert [answer.digit for answer in answers[-1].answers] == expected.tolist()
    assert all(0.1 <= answer.confidence <= 1 for answer in answers[-1].answers)


class Clock:
    """Stands in for the module time: every look at it is a fixed step later."""

    def __init__(self, step_s: float) -> None:
        self._now = 100.0
        self._step_s = step_s

    def monotonic(self) -> float:
        self._now += self._step_s
        return self._now


@pytest.fixture
def progress(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], list[TrainingProgress]]:
    """The progress of two epochs of ten batches, a batch taking so many seconds."""

    def tell(batch_s: float) -> list[TrainingProgress]:
        monkeypatch.setattr(callbacks, "time", Clock(batch_s))
        told: list[TrainingEvent] = []
        reporter = callbacks.EventReporter(told.append, 2, 32, 310, None)
        for epoch in range(2):
            reporter.on_epoch_begin(epoch)
            for batch in range(10):
                reporter.on_train_batch_end(batch)
        return [event for event in told if isinstance(event, TrainingProgress)]

    return tell


def test_progress_counts_the_images_of_an_epoch(
    progress: Callable[[float], list[TrainingProgress]],
) -> None:
    events = progress(0.5)
    assert [(event.epoch, event.done) for event in events[8:12]] == [
        (1, 288),
        (1, 310),
        (2, 32),
        (2, 64),
    ]
    assert events[0].seconds_left is None
    assert events[1].samples_per_second == pytest.approx(64)
    assert events[1].seconds_left == pytest.approx((310 - 64 + 310) / 64)
    assert events[-1].seconds_left == pytest.approx(0)


def test_progress_is_told_at_most_five_times_a_second(
    progress: Callable[[float], list[TrainingProgress]],
) -> None:
    # Twenty batches and two beginnings take 1.1 s: the first is told, then one each 0.2 s.
    assert len(progress(0.0501)) == 6


def test_every_architecture_can_be_trained() -> None:
    from qtdigits.core.training import NETWORKS
    from qtdigits.ml import network

    assert tuple(network.NETWORKS) == NETWORKS
    assert isinstance(build_network(NETWORKS[0], 0.0), keras.Sequential)

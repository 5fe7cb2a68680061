"""Keras, imported once, and one small trained network for all tests of this folder."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import numpy as np
import pytest

from qtdigits.core.raster import rasterize_tracks
from qtdigits.core.synthetic_pen import synthetic_digits
from qtdigits.core.training import TrainingConfig, TrainingEvent, TrainingResult
from qtdigits.ml.preload import import_keras

# The test modules import Keras while they are collected, before any test has a home of its own.
_KERAS_HOME: Final = TemporaryDirectory(prefix="qtdigits-tests-")
os.environ["KERAS_HOME"] = _KERAS_HOME.name
import_keras()

Run = tuple[Path, list[TrainingEvent], TrainingResult]
"""A network on disk, what was reported on the way, and what came of it."""


@pytest.fixture(scope="session")
def tiny() -> TrainingConfig:
    """A training of a moment."""
    return TrainingConfig(
        network="small",
        epochs=3,
        batch_size=32,
        learning_rate=0.01,
        variation=0.0,
        renderings=1,
        averaging=0.9,
    )


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A numpy archive like mnist.npz: 400 digits to learn from and 80 to test."""
    drawings = synthetic_digits(480, 11)
    images = np.array([np.rint(rasterize_tracks(t) * 255) for _, t in drawings], np.uint8)
    labels = np.array([label for label, _ in drawings], np.uint8)
    path = tmp_path_factory.mktemp("archive") / "digits.npz"
    np.savez_compressed(
        path, x_train=images[:400], y_train=labels[:400], x_test=images[400:], y_test=labels[400:]
    )
    return path


@pytest.fixture(scope="session")
def run(archive: Path, tiny: TrainingConfig, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """One training, for all tests that only look at what it left; its files stay as they are."""
    from qtdigits.ml.datasets import read_training_data
    from qtdigits.ml.train import train

    path = tmp_path_factory.mktemp("trained") / "tiny.keras"
    events: list[TrainingEvent] = []
    data = read_training_data([str(archive)], None, tiny)
    result = train(data, tiny, path, events.append, (archive.name,))
    return path, events, result


@pytest.fixture
def trained(run: Run) -> Path:
    """The trained network's file."""
    return run[0]


@pytest.fixture
def events(run: Run) -> list[TrainingEvent]:
    """What the training reported."""
    return run[1]


@pytest.fixture
def result(run: Run) -> TrainingResult:
    """What came of the training."""
    return run[2]

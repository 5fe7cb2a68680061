"""What must be done before any network can be loaded, as the inference thread sees to it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from qtdigits.core.model_card import ModelCard
from qtdigits.core.network_status import NetworkState, NetworkStatus
from qtdigits.core.prediction import Prediction
from qtdigits.core.recognizer import Recognizer
from qtdigits.ui.workers.inference import InferenceThread

ONE, OTHER = Path("one.keras"), Path("other.keras")


class Network:
    card = ModelCard("fake", "small", 1, "", "")

    def logits(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.zeros((len(images), 10), np.float32)

    def predict(self, images: NDArray[np.float32]) -> list[Prediction]:
        raise AssertionError("nothing was asked")


class Bench(QObject):
    """An inference thread with a preparation that notes what it is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.notes: list[str] = []
        self.provide_fault: Exception | None = None
        self.begun = threading.Event()
        self.goes_on = threading.Event()
        self.goes_on.set()
        self.load_fault: Exception | None = None
        self.tidied = threading.Event()
        self.statuses: list[NetworkStatus] = []
        self.inference = InferenceThread(self._load, self, self)
        self.inference.status_changed.connect(self.statuses.append)

    def _load(self, path: Path) -> Recognizer:
        self.notes.append(f"load {path.stem}")
        if self.load_fault is not None:
            raise self.load_fault
        return Network()

    def provide(self, progress: Callable[[float], None]) -> None:
        self.notes.append("provide")
        if self.provide_fault is not None:
            raise self.provide_fault
        self.begun.set()
        while not self.goes_on.wait(0.01):
            progress(0.25)
        for share in (0.25, 0.253, 1.0):
            progress(share)

    def distrust(self) -> None:
        self.notes.append("distrust")

    def tidy(self) -> None:
        self.notes.append("tidy")
        self.tidied.set()

    def last_state(self) -> NetworkState | None:
        return self.statuses[-1].state if self.statuses else None


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    one = Bench()
    yield one
    one.inference.shutdown()


def test_preparation_comes_before_the_network_and_tidying_after(bench: Bench, qtbot: QtBot) -> None:
    bench.inference.load(ONE)
    qtbot.waitUntil(bench.tidied.is_set, timeout=20_000)
    assert bench.notes == ["provide", "load one", "tidy"]


def test_second_network_needs_no_preparation(bench: Bench, qtbot: QtBot) -> None:
    bench.inference.load(ONE)
    bench.inference.load(OTHER)
    qtbot.waitUntil(lambda: bench.notes[-1:] == ["load other"], timeout=20_000)
    assert bench.notes == ["provide", "load one", "tidy", "load other"]


def test_progress_is_said_once_for_each_per_cent(bench: Bench, qtbot: QtBot) -> None:
    bench.inference.load(ONE)
    qtbot.waitUntil(lambda: bench.last_state() is NetworkState.READY, timeout=20_000)
    assert [status.text for status in bench.statuses][:-1] == [
        "Loading the network…",
        "Preparing for first use… 25%",
        "Preparing for first use… 100%",
        "Loading the network…",
    ]


def test_preparation_that_fails_is_told(bench: Bench, qtbot: QtBot) -> None:
    bench.provide_fault = OSError("there is no room to unpack the network")
    bench.inference.load(ONE)
    qtbot.waitUntil(lambda: bench.last_state() is NetworkState.FAILED, timeout=20_000)
    assert "there is no room to unpack the network" in bench.statuses[-1].details
    assert "load one" not in bench.notes


def test_preparation_that_failed_is_tried_again(bench: Bench, qtbot: QtBot) -> None:
    bench.provide_fault = OSError("no room")
    bench.inference.load(ONE)
    qtbot.waitUntil(lambda: bench.last_state() is NetworkState.FAILED, timeout=20_000)
    bench.provide_fault = None
    bench.inference.load(ONE)
    qtbot.waitUntil(lambda: bench.last_state() is NetworkState.READY, timeout=20_000)
    assert bench.notes.count("provide") == 2


@pytest.mark.parametrize(
    ("fault", "distrusted"),
    [(ImportError("a library is damaged"), True), (ValueError("the network is damaged"), False)],
)
def test_only_libraries_that_do_not_work_are_distrusted(
    bench: Bench, qtbot: QtBot, fault: Exception, distrusted: bool
) -> None:
    bench.load_fault = fault
    bench.inference.load(ONE)
    qtbot.waitUntil(lambda: bench.last_state() is NetworkState.FAILED, timeout=20_000)
    assert ("distrust" in bench.notes) is distrusted


def test_program_that_ends_does_not_wait_for_the_preparation(bench: Bench, qtbot: QtBot) -> None:
    bench.goes_on.clear()
    bench.inference.load(ONE)
    qtbot.waitUntil(bench.begun.is_set, timeout=20_000)
    bench.inference.shutdown()
    assert bench.notes == ["provide"]
    assert NetworkState.FAILED not in [status.state for status in bench.statuses]

"""The inference thread, with a fake network and gates instead of times."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QObject, QThread
from pytestqt.qtbot import QtBot

from qtdigits.core.ink import Ink, Stroke
from qtdigits.core.model_card import ModelCard
from qtdigits.core.network_status import NetworkState, NetworkStatus
from qtdigits.core.prediction import Prediction
from qtdigits.core.raster import rasterize
from qtdigits.core.recognizer import Recognizer
from qtdigits.core.request import Request, Result
from qtdigits.core.verdict import interpret
from qtdigits.ui.workers.inference import InferenceThread
from qtdigits.ui.workers.shared_network import SharedNetwork

WAIT_S = 20
ONE, OTHER = Path("one.keras"), Path("other.keras")


class FakeNetwork:
    """Answers when its gate is open, and notes in which thread and for what."""

    def __init__(self, name: str = "fake") -> None:
        self.card = ModelCard(name, "small", 1, "", "")
        self.gate = threading.Event()
        self.gate.set()
        self.entered = threading.Event()
        self.images: list[NDArray[np.float32]] = []
        self.largest_batch = 0
        self.threads: set[int] = set()
        self.fault: Exception | None = None

    def predict(self, images: NDArray[np.float32]) -> list[Prediction]:
        return interpret(self.logits(images), self.card)

    def logits(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        self.threads.add(threading.get_ident())
        self.entered.set()
        assert self.gate.wait(WAIT_S)
        self.images.extend(images)
        self.largest_batch = max(self.largest_batch, len(images))
        if self.fault is not None:
            raise self.fault
        return np.zeros((len(images), 10), np.float32)


def request(number: int) -> Request:
    return Request(number, Ink((Stroke.from_points([(0, 0), (10, number)]),)))


class Bench(QObject):
    """An inference thread with a loader whose outcome a test decides, and what it said."""

    def __init__(self) -> None:
        super().__init__()
        self.network = FakeNetwork()
        self.load_gate = threading.Event()
        self.load_gate.set()
        self.outcomes: dict[Path, Recognizer | Exception] = {ONE: self.network}
        self.loader_threads: set[int] = set()
        self.results: list[Result] = []
        self.statuses: list[NetworkStatus] = []
        self.cards: list[ModelCard] = []
        self.inference = InferenceThread(self._load, self)
        self.inference.predicted.connect(self.results.append)
        self.inference.status_changed.connect(self.statuses.append)
        self.inference.loaded.connect(self.cards.append)

    def _load(self, path: Path) -> Recognizer:
        self.loader_threads.add(threading.get_ident())
        assert self.load_gate.wait(WAIT_S)
        outcome = self.outcomes[path]
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def states(self) -> list[NetworkState]:
        return [status.state for status in self.statuses]


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    one = Bench()
    yield one
    one.load_gate.set()
    one.network.gate.set()
    one.inference.shutdown()


@pytest.fixture
def ready(bench: Bench, qtbot: QtBot) -> Bench:
    """A bench whose network is loaded."""
    bench.inference.load(ONE)
    qtbot.waitUntil(lambda: NetworkState.READY in bench.states())
    return bench


def test_thread_rests_until_a_network_is_asked_for(bench: Bench) -> None:
    assert not bench.inference.has_begun
    bench.inference.submit(request(1))
    assert not bench.loader_threads


def test_loading_says_so_and_then_that_it_is_ready(ready: Bench) -> None:
    assert ready.inference.has_begun
    assert ready.states() == [NetworkState.LOADING, NetworkState.READY]
    assert "fake" in ready.statuses[-1].text
    assert ready.cards == [ready.network.card]


def test_network_is_loaded_and_used_in_one_other_thread(ready: Bench, qtbot: QtBot) -> None:
    ready.inference.submit(request(1))
    qtbot.waitUntil(lambda: len(ready.results) == 1)
    assert ready.network.threads == ready.loader_threads
    assert threading.get_ident() not in ready.loader_threads


def test_answer_carries_the_id_and_the_very_image(ready: Bench, qtbot: QtBot) -> None:
    ready.inference.submit(request(42))
    qtbot.waitUntil(lambda: len(ready.results) == 1)
    (result,) = ready.results
    assert result.id == 42
    assert result.ink == request(42).ink
    assert result.prediction.probabilities == (0.1,) * 10
    assert np.array_equal(result.image, rasterize(request(42).ink))
    assert np.array_equal(result.image, ready.network.images[0])


def test_newest_request_takes_the_one_place_in_the_queue(ready: Bench, qtbot: QtBot) -> None:
    ready.network.gate.clear()
    ready.inference.submit(request(1))
    assert ready.network.entered.wait(WAIT_S)
    for number in range(2, 30):
        ready.inference.submit(request(number))
    ready.network.gate.set()
    qtbot.waitUntil(lambda: len(ready.results) == 2)
    QCoreApplication.processEvents()
    assert [result.id for result in ready.results] == [1, 29]
    assert len(ready.network.images) == 2


def test_request_made_while_loading_is_answered_afterwards(bench: Bench, qtbot: QtBot) -> None:
    bench.load_gate.clear()
    bench.inference.load(ONE)
    for number in (1, 2, 3):
        bench.inference.submit(request(number))
    qtbot.waitUntil(lambda: bench.states() == [NetworkState.LOADING])
    assert not bench.results
    bench.load_gate.set()
    qtbot.waitUntil(lambda: len(bench.results) == 1)
    assert bench.results[0].id == 3
    assert bench.states() == [NetworkState.LOADING, NetworkState.READY]


def test_request_made_before_loading_is_answered_afterwards(bench: Bench, qtbot: QtBot) -> None:
    bench.inference.submit(request(5))
    bench.inference.load(ONE)
    qtbot.waitUntil(lambda: [result.id for result in bench.results] == [5])


@pytest.mark.parametrize(
    "fault", [ValueError("the file is damaged"), RuntimeError("the file is damaged")]
)
def test_failed_load_says_why(fault: Exception, bench: Bench, qtbot: QtBot) -> None:
    bench.outcomes[ONE] = fault
    bench.inference.load(ONE)
    qtbot.waitUntil(lambda: NetworkState.FAILED in bench.states())
    assert "the file is damaged" in bench.statuses[-1].details
    assert not bench.cards


def test_failed_load_can_be_tried_again(bench: Bench, qtbot: QtBot) -> None:
    bench.outcomes[ONE] = ValueError("the file is damaged")
    bench.inference.submit(request(1))
    bench.inference.load(ONE)
    qtbot.waitUntil(lambda: NetworkState.FAILED in bench.states())
    bench.outcomes[ONE] = bench.network
    bench.inference.load(ONE)
    qtbot.waitUntil(lambda: [result.id for result in bench.results] == [1])


def test_failed_load_leaves_the_old_network_at_work(ready: Bench, qtbot: QtBot) -> None:
    ready.outcomes[OTHER] = ValueError("the file is damaged")
    ready.inference.load(OTHER)
    ready.inference.submit(request(1))
    qtbot.waitUntil(lambda: len(ready.results) == 1)
    assert ready.cards == [ready.network.card]


def test_network_loaded_later_answers_from_then_on(ready: Bench, qtbot: QtBot) -> None:
    newer = FakeNetwork("newer")
    ready.outcomes[OTHER] = newer
    ready.inference.load(OTHER)
    ready.inference.submit(request(1))
    qtbot.waitUntil(lambda: len(ready.results) == 1)
    assert len(newer.images) == 1
    assert not ready.network.images
    assert [card.name for card in ready.cards] == ["fake", "newer"]


def test_network_that_fails_to_answer_says_why_and_may_answer_again(
    ready: Bench, qtbot: QtBot
) -> None:
    ready.network.fault = RuntimeError("out of memory")
    ready.inference.submit(request(1))
    qtbot.waitUntil(lambda: NetworkState.FAILED in ready.states())
    assert "out of memory" in ready.statuses[-1].details
    ready.network.fault = None
    ready.inference.submit(request(2))
    qtbot.waitUntil(lambda: [result.id for result in ready.results] == [2])


def test_network_that_answers_again_is_ready_again(ready: Bench, qtbot: QtBot) -> None:
    ready.network.fault = RuntimeError("out of memory")
    ready.inference.submit(request(1))
    qtbot.waitUntil(lambda: ready.states()[-1] is NetworkState.FAILED)
    ready.network.fault = None
    ready.inference.submit(request(2))
    qtbot.waitUntil(lambda: ready.states()[-1] is NetworkState.READY)


def threads_of(bench: Bench) -> list[QThread]:
    return bench.inference.findChildren(QThread)


def test_shutdown_ends_the_thread(ready: Bench) -> None:
    assert [thread.isRunning() for thread in threads_of(ready)] == [True]
    ready.inference.shutdown()
    assert [thread.isRunning() for thread in threads_of(ready)] == [False]


def test_shutdown_lets_an_answer_come_to_its_end(ready: Bench) -> None:
    ready.network.gate.clear()
    ready.inference.submit(request(1))
    assert ready.network.entered.wait(WAIT_S)
    opener = threading.Thread(target=ready.network.gate.set)
    opener.start()
    ready.inference.shutdown()
    opener.join()
    assert len(ready.network.images) == 1


@pytest.mark.parametrize("times", [1, 2])
def test_shutdown_before_anything_began_is_harmless(times: int, bench: Bench) -> None:
    for _ in range(times):
        bench.inference.shutdown()


def burst(submit: Callable[[Request], None], count: int) -> None:
    for number in range(1, count + 1):
        submit(request(number))


def test_burst_of_requests_ends_with_the_newest_answer(ready: Bench, qtbot: QtBot) -> None:
    burst(ready.inference.submit, 500)
    qtbot.waitUntil(lambda: bool(ready.results) and ready.results[-1].id == 500)
    ids = [result.id for result in ready.results]
    assert ids == sorted(set(ids))


def test_call_is_run_in_the_thread_of_the_network(ready: Bench) -> None:
    future = ready.inference.call(lambda network: (network, threading.get_ident()))
    network, thread = future.result(WAIT_S)
    assert network is ready.network
    assert {thread} == ready.loader_threads


def test_call_waits_until_a_network_is_loaded(bench: Bench) -> None:
    future = bench.inference.call(lambda network: network.card.name)
    bench.inference.load(ONE)
    assert future.result(WAIT_S) == "fake"


def test_ink_is_answered_before_calls_that_were_made_earlier(ready: Bench) -> None:
    blank = np.zeros((1, 28, 28), np.float32)
    ready.network.gate.clear()
    first = ready.inference.call(lambda network: network.predict(blank))
    assert ready.network.entered.wait(WAIT_S)
    images = ready.network.images
    later = [ready.inference.call(lambda _: len(images)) for _ in range(3)]
    ready.inference.submit(request(1))
    ready.network.gate.set()
    first.result(WAIT_S)
    assert all(future.result(WAIT_S) > 1 for future in later)


def test_call_that_fails_tells_who_made_it_and_nobody_else(ready: Bench) -> None:
    future: Future[float] = ready.inference.call(lambda network: network.card.figures["none"])
    assert isinstance(future.exception(WAIT_S), KeyError)
    assert ready.inference.call(lambda _: 7).result(WAIT_S) == 7
    assert NetworkState.FAILED not in ready.states()


def test_shutdown_cancels_calls_that_wait_and_those_that_come_later(bench: Bench) -> None:
    waiting = bench.inference.call(lambda network: network.card)
    bench.inference.shutdown()
    assert waiting.cancelled()
    assert bench.inference.call(lambda network: network.card).cancelled()


def test_shared_network_answers_in_order_and_in_small_pieces(ready: Bench) -> None:
    images = np.random.default_rng(1).random((21, 28, 28)).astype(np.float32)
    shared = SharedNetwork(ready.inference.call)
    assert shared.predict(images) == interpret(np.zeros((21, 10), np.float32), ready.network.card)
    assert np.array_equal(np.stack(ready.network.images), images)
    assert ready.network.largest_batch < 21
    assert shared.logits(images).shape == (21, 10)
    assert shared.card == ready.network.card


def test_shared_network_knows_what_to_do_with_nothing(ready: Bench) -> None:
    shared = SharedNetwork(ready.inference.call)
    nothing = np.zeros((0, 28, 28), np.float32)
    assert shared.predict(nothing) == []
    assert shared.logits(nothing).shape == (0, 10)

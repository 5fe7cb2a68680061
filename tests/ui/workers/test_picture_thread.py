"""The thread that reads pictures: in order, urgent ones first, and no trouble is lost."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from qtdigits.core.model_card import ModelCard
from qtdigits.core.picture_reader import PictureReader
from qtdigits.core.prediction import Prediction
from qtdigits.ui.workers.picture_sources import from_image
from qtdigits.ui.workers.picture_thread import PictureThread, as_image

WAIT_S = 20


class NoNetwork:
    """Nobody is asked."""

    card = ModelCard("none", "small", 1, "", "")

    def logits(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.zeros((len(images), 10), np.float32)

    def predict(self, images: NDArray[np.float32]) -> list[Prediction]:
        return []


class Bench:
    """A thread whose first job waits for a gate, and what was heard."""

    def __init__(self) -> None:
        self.thread = PictureThread(NoNetwork())
        self.gate = threading.Event()
        self.entered = threading.Event()
        self.heard: list[object] = []
        self.refused: list[str] = []
        self.threads: set[int] = set()

    def submit(self, value: object, urgent: bool = False) -> None:
        def work(_: PictureReader) -> object:
            self.threads.add(threading.get_ident())
            if isinstance(value, Exception):
                raise value
            return value

        self.thread.submit(work, self.hear, self.refused.append, urgent)

    def hear(self, value: object) -> None:
        self.threads.add(threading.get_ident())
        self.heard.append(value)

    def block(self) -> None:
        """Let a first job wait for the gate."""

        def work(_: PictureReader) -> None:
            self.entered.set()
            assert self.gate.wait(WAIT_S)

        self.thread.submit(work, lambda _: None, self.refused.append)
        assert self.entered.wait(WAIT_S)


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    one = Bench()
    yield one
    one.gate.set()
    one.thread.shutdown()


def test_jobs_are_done_in_order_and_urgent_ones_first(bench: Bench, qtbot: QtBot) -> None:
    bench.block()
    for value in (1, 2, 3):
        bench.submit(value)
    bench.submit("now", urgent=True)
    bench.gate.set()
    qtbot.waitUntil(lambda: len(bench.heard) == 4)
    assert bench.heard == ["now", 1, 2, 3]


def test_listeners_are_called_in_the_thread_of_the_window(bench: Bench, qtbot: QtBot) -> None:
    bench.submit(1)
    qtbot.waitUntil(lambda: bench.heard == [1])
    assert len(bench.threads) == 2
    assert threading.get_ident() in bench.threads


def test_trouble_is_told_and_the_next_job_is_done(bench: Bench, qtbot: QtBot) -> None:
    bench.submit(ValueError("a.png is damaged"))
    bench.submit(MemoryError())
    bench.submit(1)
    qtbot.waitUntil(lambda: bench.heard == [1])
    assert bench.refused == ["a.png is damaged", "reading it failed (MemoryError)"]


def test_after_the_end_nobody_is_told(bench: Bench, qtbot: QtBot) -> None:
    bench.block()
    bench.submit(1)
    bench.thread.shutdown()
    bench.gate.set()
    bench.submit(2)
    qtbot.wait(0)
    assert bench.heard == []
    assert bench.refused == []


def test_array_becomes_an_image_of_its_own() -> None:
    colours = np.zeros((3, 5, 3), np.uint8)
    colours[2, 4] = (255, 128, 0)
    image = as_image(colours)
    colours[:] = 9
    assert (image.width(), image.height()) == (5, 3)
    assert image.pixelColor(4, 2) == QColor(255, 128, 0)
    assert image.pixelColor(0, 0) == QColor(0, 0, 0)


@pytest.mark.parametrize("width", [5, 8, 33])
def test_image_becomes_a_picture_of_the_same_pixels(width: int) -> None:
    image = QImage(width, 4, QImage.Format.Format_RGB888)
    image.fill(QColor(10, 200, 30))
    image.setPixelColor(width - 1, 3, QColor(250, 0, 0))
    source = from_image(image)
    picture = source()
    assert picture.colours.shape == (4, width, 3)
    assert picture.colours[0, 0].tolist() == [10, 200, 30]
    assert picture.colours[3, width - 1].tolist() == [250, 0, 0]
    assert source() is picture


def test_image_of_too_many_pixels_is_refused() -> None:
    image = QImage(9_000, 8_000, QImage.Format.Format_Mono)
    image.fill(0)
    with pytest.raises(ValueError, match="9,000 × 8,000 pixels"):
        from_image(image)()

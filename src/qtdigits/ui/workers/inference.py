"""The thread that owns the network and answers the newest question."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

from qtdigits.core.network_status import NetworkState, NetworkStatus
from qtdigits.core.recognizer import Preparation, Recognizer, RecognizerLoader
from qtdigits.core.request import Request, Result
from qtdigits.core.segment import ShapeMemory, read_ink
from qtdigits.core.wording import percentage
from qtdigits.ui.workers.errands import Errands

_log = logging.getLogger(__name__)

T = TypeVar("T")


class _Newest:
    """One place in the queue: a newer request takes the place of the one that waits."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._request: Request | None = None

    def put(self, request: Request) -> bool:
        """Put a request; True when the place was free, so that somebody must be woken."""
        with self._lock:
            was_free = self._request is None
            self._request = request
            return was_free

    def take(self) -> Request | None:
        with self._lock:
            request, self._request = self._request, None
            return request


class _EndingError(Exception):
    """The program ends: what is being prepared is of no use any more."""


class _Worker(QObject):
    """Lives in the thread; loads the network and answers.

    Signals: as those of InferenceThread.
    """

    predicted = Signal(object)
    loaded = Signal(object)
    status_changed = Signal(object)
    _more_errands = Signal()

    def __init__(
        self,
        load: RecognizerLoader,
        newest: _Newest,
        errands: Errands,
        preparation: Preparation | None,
    ) -> None:
        super().__init__()
        self._errands = errands
        self._more_errands.connect(self.run_errand, Qt.ConnectionType.QueuedConnection)
        self._load = load
        self._preparation = preparation
        self._is_prepared = self._is_tidy = preparation is None
        self._progress = ""
        self._is_ending = threading.Event()
        self._newest = newest
        self._recognizer: Recognizer | None = None
        self._memory = ShapeMemory()
        self._is_ready = False

    def give_up(self) -> None:
        """Let a preparation that goes on end soon; called from any thread."""
        self._is_ending.set()

    @Slot(object)
    def load(self, path: Path) -> None:
        self.status_changed.emit(NetworkStatus(NetworkState.LOADING, "Loading the network…"))
        try:
            self._prepare()
            self._recognizer = self._load(path)
        except _EndingError:
            return
        except Exception as error:  # whatever a loader raises, the window must hear of it
            _log.info("loading %s failed", path, exc_info=True)
            if self._preparation is not None and not isinstance(error, ValueError):
                self._preparation.distrust()
            self._is_ready = False
            if self._recognizer is None:
                text, consequence = "No network", "Nothing can be read"
            else:
                text, consequence = "Not changed", "The network from before goes on reading"
            details = f"{consequence}: {error}."
            self.status_changed.emit(NetworkStatus(NetworkState.FAILED, text, details))
            return
        self.loaded.emit(self._recognizer.card)
        self._say_ready(self._recognizer)
        self.answer()
        self._more_errands.emit()
        if not self._is_tidy and self._preparation is not None:
            self._is_tidy = True
            self._preparation.tidy()

    def _prepare(self) -> None:
        """Once, before the first network is loaded."""
        if self._preparation is None or self._is_prepared:
            return
        self._preparation.provide(self._on_prepared)
        self._is_prepared = True
        self.status_changed.emit(NetworkStatus(NetworkState.LOADING, "Loading the network…"))

    def _on_prepared(self, share: float) -> None:
        """Say how far the preparation is; called from whatever thread does it."""
        if self._is_ending.is_set():
            raise _EndingError
        words = f"Preparing for first use… {share:.0%}"
        if words != self._progress:
            self._progress = words
            self.status_changed.emit(NetworkStatus(NetworkState.LOADING, words))

    @Slot()
    def answer(self) -> None:
        """Answer what waits, if the network is there; else it goes on waiting."""
        if self._recognizer is None:
            return
        request = self._newest.take()
        if request is None:
            return
        try:
            reading = read_ink(request.ink, self._recognizer, request.arrangements, self._memory)
        except Exception as error:  # see load
            _log.info("answering failed", exc_info=True)
            self._is_ready = False
            self.status_changed.emit(
                NetworkStatus(NetworkState.FAILED, "No answer", f"Reading failed: {error}.")
            )
            return
        if not self._is_ready:  # it failed before, or a network in its place could not be loaded
            self._say_ready(self._recognizer)
        self.predicted.emit(Result(request.id, request.ink, reading))

    @Slot()
    def run_errand(self) -> None:
        """Run one errand, if the network is there; what is written on the paper comes first."""
        if self._recognizer is None:
            return
        self.answer()
        if self._errands.run_next(self._recognizer):
            self._more_errands.emit()

    def _say_ready(self, recognizer: Recognizer) -> None:
        self._is_ready = True
        text = f"Ready · {recognizer.card.name}"
        accuracy = recognizer.card.figures.get("test_accuracy")
        if isinstance(accuracy, float):
            text += f" · {percentage(accuracy)} of its test right"
        self.status_changed.emit(NetworkStatus(NetworkState.READY, text))


class _Thread(QThread):
    """A thread that is one to Python, too, for as long as it lives.

    Slots called from Qt's own run() would each have a Python thread state of their own, and with it
    fresh thread-local variables: TensorFlow then crashes when it builds its second network.
    """

    def run(self) -> None:
        self.exec()


class InferenceThread(QObject):
    """Owns the thread and the worker in it; used from the window's thread.

    Signals:
        predicted(Result): the answer to the newest request at the time it was taken up
        loaded(ModelCard): this network answers from now on
        status_changed(NetworkStatus): loading, ready, or failed with the reason
    """

    predicted = Signal(object)
    loaded = Signal(object)
    status_changed = Signal(object)
    _load_requested = Signal(object)
    _answer_requested = Signal()
    _errand_requested = Signal()

    def __init__(
        self,
        load: RecognizerLoader,
        parent: QObject | None = None,
        preparation: Preparation | None = None,
    ) -> None:
        """preparation is asked, in the thread, before the first network is loaded."""
        super().__init__(parent)
        self._newest = _Newest()
        self._errands = Errands()
        self._has_begun = False
        self._thread = _Thread(self)
        self._thread.setObjectName("inference")
        self._worker = _Worker(load, self._newest, self._errands, preparation)
        self._worker.moveToThread(self._thread)
        self._worker.predicted.connect(self.predicted)
        self._worker.loaded.connect(self.loaded)
        self._worker.status_changed.connect(self.status_changed)
        self._load_requested.connect(self._worker.load)
        self._answer_requested.connect(self._worker.answer)
        self._errand_requested.connect(self._worker.run_errand)

    @property
    def has_begun(self) -> bool:
        """Whether a network was ever asked for."""
        return self._has_begun

    def load(self, path: Path) -> None:
        """Load the network at the path, at the first call or in place of the one loaded."""
        self._has_begun = True
        if not self._thread.isRunning():
            self._thread.start()
        self._load_requested.emit(path)

    def submit(self, request: Request) -> None:
        """Ask; a request that still waits is forgotten."""
        if self._newest.put(request):
            self._answer_requested.emit()

    def call(self, work: Callable[[Recognizer], T]) -> Future[T]:
        """Have something done with the network in its thread; may be called from any thread.

        It waits for its turn, and until a network is loaded; ink on the paper is answered first,
        so whatever takes long comes in small pieces. What work raises is the future's exception.
        """
        future = self._errands.put(work)
        self._errand_requested.emit()
        return future

    def shutdown(self) -> None:
        """End the thread and wait for it: an answer that is due comes first.

        Calls that wait are cancelled, and so are those that come later.
        """
        self._errands.close()
        self._worker.give_up()
        self._thread.quit()
        self._thread.wait()

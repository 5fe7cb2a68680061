"""Work for the network that others than the paper have: a queue, first come, first served."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from qtdigits.core.recognizer import Recognizer

T = TypeVar("T")


class Errands:
    """The calls that wait for their turn with the network; used from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: deque[tuple[Callable[[Recognizer], Any], Future[Any]]] = deque()
        self._is_closed = False

    def put(self, work: Callable[[Recognizer], T]) -> Future[T]:
        """Queue a call; its future is cancelled already once the queue is closed."""
        future: Future[T] = Future()
        with self._lock:
            if self._is_closed:
                future.cancel()
            else:
                self._waiting.append((work, future))
        return future

    def run_next(self, recognizer: Recognizer) -> bool:
        """Run the oldest call; True if another one waits."""
        with self._lock:
            if not self._waiting:
                return False
            work, future = self._waiting.popleft()
        if future.set_running_or_notify_cancel():
            try:
                future.set_result(work(recognizer))
            except Exception as error:  # whoever waits for the answer is to hear of it
                future.set_exception(error)
        with self._lock:
            return bool(self._waiting)

    def close(self) -> None:
        """Cancel what waits, and whatever comes later."""
        with self._lock:
            self._is_closed = True
            waiting, self._waiting = self._waiting, deque()
        for _, future in waiting:
            future.cancel()

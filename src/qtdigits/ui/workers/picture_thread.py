"""The thread that unpacks and reads pictures: the window never waits for one."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import CancelledError
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QImage

from qtdigits.core.picture_reader import PictureReader
from qtdigits.core.recognizer import Recognizer

_log = logging.getLogger(__name__)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Job:
    work: Callable[[PictureReader], Any]
    then: Callable[[Any], None]
    refused: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class _Told:
    """Somebody who waits, and what is told to them."""

    listener: Callable[[Any], None]
    value: object


class PictureThread(QObject):
    """Owns a thread that does one job after another with a reader of pictures.

    It is a daemon thread: unpacking a huge picture cannot be interrupted, and must not keep the
    program from ending.
    """

    _told = Signal(object)

    def __init__(self, recognizer: Recognizer, parent: QObject | None = None) -> None:
        """recognizer: the network, for any thread."""
        super().__init__(parent)
        self._reader = PictureReader(recognizer)
        self._wanted = threading.Condition()
        self._urgent: deque[_Job] = deque()
        self._ordinary: deque[_Job] = deque()
        self._has_ended = False
        self._thread: threading.Thread | None = None
        self._told.connect(self._on_told)

    def submit(
        self,
        work: Callable[[PictureReader], T],
        then: Callable[[T], None],
        refused: Callable[[str], None],
        urgent: bool = False,
    ) -> None:
        """Have a job done; one of the two listeners is called in the window's thread.

        refused hears a sentence on why there is no answer. urgent: before all that are not.
        """
        with self._wanted:
            if self._has_ended:
                return
            (self._urgent if urgent else self._ordinary).append(_Job(work, then, refused))
            self._wanted.notify()
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="pictures", daemon=True)
            self._thread.start()

    def shutdown(self) -> None:
        """Let the thread end after the job that it is at; nobody hears of that one."""
        with self._wanted:
            self._has_ended = True
            self._urgent.clear()
            self._ordinary.clear()
            self._wanted.notify()

    def _next(self) -> _Job | None:
        with self._wanted:
            self._wanted.wait_for(lambda: self._has_ended or self._urgent or self._ordinary)
            if self._has_ended:
                return None
            return self._urgent.popleft() if self._urgent else self._ordinary.popleft()

    def _run(self) -> None:
        while (job := self._next()) is not None:
            try:
                told = _Told(job.then, job.work(self._reader))
            except CancelledError:  # the network is gone: the program ends
                return
            except ValueError as error:
                told = _Told(job.refused, str(error))
            except Exception as error:  # whatever goes wrong, the window must hear of it
                _log.info("a picture could not be read", exc_info=True)
                told = _Told(
                    job.refused, f"reading it failed ({str(error) or type(error).__name__})"
                )
            with suppress(RuntimeError):  # the window is gone
                self._told.emit(told)

    @Slot(object)
    def _on_told(self, told: _Told) -> None:
        if not self._has_ended:
            told.listener(told.value)


def as_image(colours: NDArray[np.uint8]) -> QImage:
    """An array of shape (height, width, 3) as an image of its own, ready to be painted."""
    height, width, _ = colours.shape
    rows = np.ascontiguousarray(colours)
    image = QImage(rows.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    return image.convertToFormat(QImage.Format.Format_RGB32)

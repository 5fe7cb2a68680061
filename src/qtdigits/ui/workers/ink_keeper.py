"""Keeps the drawing on the paper in a file, beside the window: the disk may be slow."""

from __future__ import annotations

import logging
import threading
import time
from typing import Final

from PySide6.QtCore import QObject, QTimer, Slot

from qtdigits.core.arrangement import ArrangedInk
from qtdigits.core.kept_ink import KeptInk

_log = logging.getLogger(__name__)
_SHARE: Final = 0.1
"""At most this share of the time goes into writing: an enormous drawing is written less often."""

_END_S: Final = 1.5


class InkKeeper(QObject):
    """Owns the thread that writes; the newest drawing is on the disk half a second later."""

    def __init__(self, kept: KeptInk, parent: QObject | None = None, pause_ms: int = 400) -> None:
        """pause_ms: so long changes are gathered before they are written."""
        super().__init__(parent)
        self._kept = kept
        self._drawing = ArrangedInk()
        self._wake = threading.Condition()
        self._waiting: ArrangedInk | None = None
        self._has_ended = False
        self._rest_until = 0.0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(pause_ms)
        self._pause.timeout.connect(self._hand_on)
        # A daemon: a disk that does not answer must not keep the program from ending.
        self._thread = threading.Thread(target=self._work, name="ink keeper", daemon=True)

    @Slot(object)
    def note(self, drawing: ArrangedInk) -> None:
        """This is on the paper now."""
        self._drawing = drawing
        if self._thread.ident is None:
            self._thread.start()
        if not self._pause.isActive() and not self._has_ended:
            self._pause.start()

    def shutdown(self) -> None:
        """The drawing has come to its good end elsewhere: there is nothing left to recover."""
        self._pause.stop()
        with self._wake:
            self._has_ended = True
            self._wake.notify()
        if self._thread.ident is None:
            self._forget()
        else:
            self._thread.join(_END_S)

    @Slot()
    def _hand_on(self) -> None:
        with self._wake:
            self._waiting = self._drawing
            self._wake.notify()

    def _work(self) -> None:
        while (drawing := self._next()) is not None:
            begun = time.monotonic()
            try:
                self._kept.keep(drawing)
            except OSError as error:
                _log.info("the drawing on the paper cannot be kept: %s", error)
            taken = time.monotonic() - begun
            self._rest_until = time.monotonic() + taken * (1 / _SHARE - 1)
        self._forget()

    def _next(self) -> ArrangedInk | None:
        """The drawing to be written; None at the end."""
        with self._wake:
            while not self._has_ended:
                rest = self._rest_until - time.monotonic()
                if self._waiting is None:
                    self._wake.wait()
                elif rest > 0:
                    self._wake.wait(rest)
                else:
                    drawing, self._waiting = self._waiting, None
                    return drawing
            return None

    def _forget(self) -> None:
        try:
            self._kept.forget()
        except OSError as error:
            _log.info("the kept drawing cannot be removed: %s", error)

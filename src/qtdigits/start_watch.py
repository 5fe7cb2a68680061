"""Times the program's own start: until the window is painted, and until a digit is answered.

`qtdigits --time-start` opens the window, writes a sample with the mouse, prints one JSON object and
ends. Its times are those of time.monotonic(), which is one clock for all processes of a machine.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication, QLabel

from qtdigits.app import Program
from qtdigits.core import paths
from qtdigits.core.network_status import NetworkState, NetworkStatus
from qtdigits.core.recognizer import Preparation
from qtdigits.core.request import Request, Result
from qtdigits.core.samples import sample_drawings
from qtdigits.ui.replay import replay

_MOVE_INTERVAL_MS: Final = 8
_TICK_MS: Final = 5
_PATIENCE_MS: Final = 240_000


class StartWatch(QObject):
    """Writes a digit as soon as the window is painted, and stamps when that and the answer are."""

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self._program = program
        self._window_at = 0.0
        self._last_tick = 0.0
        self._longest_gap = 0.0
        self._events: Iterator[None] = iter(())
        self._is_written = False
        self._newest_id = 0
        self._is_answered = False
        self._pen = QTimer(self)
        self._pen.timeout.connect(self._send_event)
        self._ticks = QTimer(self)
        self._ticks.setTimerType(Qt.TimerType.PreciseTimer)
        self._ticks.timeout.connect(self._on_tick)
        program.session.asked.connect(self._on_asked)
        program.session.answered.connect(self._on_answered)
        program.inference.status_changed.connect(self._on_status)
        self._label = program.window.findChild(QLabel, "answerLabel")
        program.window.installEventFilter(self)
        QTimer.singleShot(_PATIENCE_MS, self._give_up)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Filters are asked before the paint; a timer comes when all is painted."""
        if event.type() == QEvent.Type.Paint:
            if watched is self._program.window:
                watched.removeEventFilter(self)
                QTimer.singleShot(0, self._on_window_painted)
            elif self._is_answered:
                watched.removeEventFilter(self)
                QTimer.singleShot(0, self._on_answer_painted)
        return False

    @Slot()
    def _on_window_painted(self) -> None:
        self._window_at = self._last_tick = time.monotonic()
        if self._label is not None:
            self._label.installEventFilter(self)
        self._ticks.start(_TICK_MS)
        self._events = replay(self._program.canvas, sample_drawings()[0].ink)
        self._pen.start(_MOVE_INTERVAL_MS)

    @Slot()
    def _send_event(self) -> None:
        try:
            next(self._events)
        except StopIteration:
            self._pen.stop()
            self._is_written = True

    @Slot()
    def _on_tick(self) -> None:
        now = time.monotonic()
        self._longest_gap = max(self._longest_gap, now - self._last_tick)
        self._last_tick = now

    @Slot(object)
    def _on_asked(self, request: Request) -> None:
        self._newest_id = request.id

    @Slot(object)
    def _on_answered(self, result: Result) -> None:
        self._is_answered = self._is_written and result.id == self._newest_id

    @Slot()
    def _on_answer_painted(self) -> None:
        self._on_tick()
        stamps = {
            "window": self._window_at,
            "answer": self._last_tick,
            "freeze_ms": self._longest_gap * 1000,
        }
        print(json.dumps(stamps), flush=True)  # noqa: T201 - this command's job is to print
        self._program.window.close()

    @Slot(object)
    def _on_status(self, status: NetworkStatus) -> None:
        if status.state is NetworkState.FAILED:
            self._end(status.details)

    @Slot()
    def _give_up(self) -> None:
        self._end("there was no answer within four minutes")

    def _end(self, reason: str) -> None:
        print(f"qtdigits: {reason}", file=sys.stderr, flush=True)  # noqa: T201 - see above
        self._program.window.close()
        QApplication.exit(1)


def time_start(preparation: Preparation | None = None) -> int:
    """Start the program as app.run() does, with a watch on it; returns the exit status.

    What is written goes into a history of its own and not into a person's.
    """
    application = QApplication([sys.argv[0]])
    with tempfile.TemporaryDirectory(prefix="qtdigits-start-") as folder:
        drawings = Path(folder) / "drawings.sqlite"
        program = Program(application, paths.shipped_model(), preparation, drawings)
        watch = StartWatch(program)
        watch.setObjectName("startWatch")
        program.window.show()
        return application.exec()

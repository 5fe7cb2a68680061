"""The program started as a person starts it, with stamps of time; bench_start runs it.

Prints one JSON object: the times of time.monotonic(), which is the same clock in all processes,
at which the window had been painted and the first answer was on the screen.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication

from drawing import Place, mouse_events, on_whole_pixels, placed
from qtdigits import app
from qtdigits.core.network_status import NetworkState, NetworkStatus
from qtdigits.core.recognizer import Preparation
from qtdigits.core.samples import sample_drawings
from qtdigits.ml import preload
from stage import AnswerWatch, private_settings

_MOVE_INTERVAL_MS: Final = 8
_TICK_MS: Final = 5


class _StartWatch(QObject):
    """Stamps the window's first paint, then writes a digit, and stamps the answer to it."""

    def __init__(self, program: app.Program, plain_import: bool) -> None:
        super().__init__(program)
        self._program = program
        self._plain_import = plain_import
        self._window_at = 0.0
        self._keras_before_window = False
        self._last_tick = 0.0
        self._longest_gap = 0.0
        self._events: list[Callable[[], None]] = []
        self._pen = QTimer(self)
        self._pen.timeout.connect(self._send_event)
        self._ticks = QTimer(self)
        self._ticks.setTimerType(Qt.TimerType.PreciseTimer)
        self._ticks.timeout.connect(self._on_tick)
        AnswerWatch(program).painted.connect(self._on_answer_painted)
        program.inference.status_changed.connect(self._on_status)
        program.window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._program.window.removeEventFilter(self)
            # The filter is asked before the paint; the timer comes when all is painted.
            QTimer.singleShot(0, self._on_window_painted)
        return False

    @Slot()
    def _on_window_painted(self) -> None:
        self._window_at = self._last_tick = time.monotonic()
        self._keras_before_window = not {"keras", "tensorflow"}.isdisjoint(sys.modules)
        if self._plain_import:
            preload.import_keras = _import_plainly
        self._ticks.start(_TICK_MS)
        canvas = self._program.canvas
        side = min(canvas.width(), canvas.height())
        tracks = on_whole_pixels(placed(sample_drawings()[0].ink, Place(), side))
        self._events = mouse_events(canvas, tracks)
        self._pen.start(_MOVE_INTERVAL_MS)

    @Slot()
    def _send_event(self) -> None:
        self._events.pop(0)()
        if not self._events:
            self._pen.stop()

    @Slot()
    def _on_tick(self) -> None:
        now = time.monotonic()
        self._longest_gap = max(self._longest_gap, now - self._last_tick)
        self._last_tick = now

    @Slot(float)
    def _on_answer_painted(self, at: float) -> None:
        if self._events:
            return  # that was for a part of the digit
        self._on_tick()
        stamps = {
            "window": self._window_at,
            "answer": at,
            "freeze_ms": self._longest_gap * 1000,
            "keras_before_window": self._keras_before_window,
        }
        print(json.dumps(stamps), flush=True)
        self._program.window.close()

    @Slot(object)
    def _on_status(self, status: NetworkStatus) -> None:
        if status.state is NetworkState.FAILED:
            print(status.details, file=sys.stderr, flush=True)
            QApplication.exit(1)


def _import_plainly(with_gpus: bool = False) -> None:
    """What the program would do without its precautions."""
    preload.prepare_environment(with_gpus)
    import keras  # noqa: F401 - importing it is all that is wanted


def main() -> int:
    """Start the program with what the arguments say; returns its exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--plain-import", action="store_true")
    parser.add_argument("--drawings", type=Path, required=True)
    args = parser.parse_args()
    program_class = app.Program

    def make_watched_program(
        application: QApplication, preparation: Preparation | None = None
    ) -> app.Program:
        program = program_class(application, args.model, preparation, args.drawings)
        _StartWatch(program, args.plain_import)
        return program

    app.Program = make_watched_program  # type: ignore[assignment,misc] # run() makes only one
    with private_settings():
        return app.run([])


if __name__ == "__main__":
    sys.exit(main())

"""How long the window stands still: the longest time between two ticks of a fast timer."""

from __future__ import annotations

import time
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Slot

_TICK_MS: Final = 5


class FreezeWatch(QObject):
    """Ticks in the thread of whoever makes it, as long as its event loop runs."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._last = time.monotonic()
        self._longest = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_tick)

    def begin(self) -> None:
        """Forget what was, and watch from now on."""
        self._longest, self._last = 0.0, time.monotonic()
        self._timer.start(_TICK_MS)

    def end(self) -> float:
        """Watch no longer; the longest time without a tick, milliseconds."""
        self._on_tick()
        self._timer.stop()
        return self._longest * 1000

    @Slot()
    def _on_tick(self) -> None:
        now = time.monotonic()
        self._longest = max(self._longest, now - self._last)
        self._last = now

"""How far a long command is, on standard error, where a person may be looking."""

from __future__ import annotations

import sys
import time
from typing import Final

_INTERVAL_S: Final = 0.1
_WIDTH: Final = 30
_CLEAR: Final = "\r\x1b[K"


class Progress:
    """A bar on one line of a terminal; nothing anywhere else.

    It stays away, too, where standard output is the same terminal: the answers move there.
    """

    def __init__(self, total: int | None) -> None:
        """total: how many there will be, None where that is not known."""
        self._total = total
        self._done = 0
        self._began = self._shown = time.monotonic()
        self._visible = sys.stderr.isatty() and not sys.stdout.isatty()

    def add(self) -> None:
        """One more is done."""
        self._done += 1
        now = time.monotonic()
        if self._visible and now - self._shown >= _INTERVAL_S:
            self._shown = now
            sys.stderr.write(_CLEAR + self._line(now))
            sys.stderr.flush()

    def clear(self) -> None:
        """Take the bar away, so that something else can be said, or because it is the end."""
        if self._visible:
            sys.stderr.write(_CLEAR)
            sys.stderr.flush()

    def _line(self, now: float) -> str:
        speed = f"{self._done / max(now - self._began, 1e-3):,.0f} a second"
        if not self._total:
            return f"{self._done:,} read, {speed}"
        full = min(_WIDTH, _WIDTH * self._done // self._total)
        bar = "█" * full + "░" * (_WIDTH - full)
        return f"{bar} {self._done:,} of {self._total:,}, {speed}"

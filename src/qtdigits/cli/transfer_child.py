"""Imports and exports as the child of a window: how far they have come, and the way to end them.

Lines of JSON on standard output: `{"done": 1200}` now and then, and at last the object that --json
prints. The end of standard input, by which the parent cancels or dies, ends the work before the
next drawing; nothing of it is left then.
"""

from __future__ import annotations

import json
import os
import threading
import time
from contextlib import suppress
from typing import Final

_EVERY_S: Final = 0.15


class Progress:
    """Reports, and raises ValueError once the parent wants no more."""

    def __init__(self) -> None:
        self._ended = threading.Event()
        self._told = time.monotonic()
        threading.Thread(target=self._listen, name="orders", daemon=True).start()

    def __call__(self, done: int) -> None:
        """So many drawings were read."""
        if self._ended.is_set():
            raise ValueError("it was cancelled; nothing was changed")
        now = time.monotonic()
        if now - self._told >= _EVERY_S:
            self._told = now
            print(json.dumps({"done": done}), flush=True)

    def _listen(self) -> None:
        # Not through sys.stdin, whose lock a thread that waits would keep at the exit.
        with suppress(OSError):
            while os.read(0, 1024):
                pass
        self._ended.set()

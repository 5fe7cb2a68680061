"""The time that a process had: what it stood in the queue for a processor is left out.

So a limit in seconds holds the program to it, and not the machine that has ten others to serve.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

_NANOSECOND: Final = 1e-9


class FairClock:
    """Runs for one process, from its start on; stands still while that may not run (Linux)."""

    def __init__(self, pid: int) -> None:
        self._tasks = Path(f"/proc/{pid}/task")
        self._queued_s = 0.0

    def now(self) -> float:
        """Seconds since some moment; after the process has ended, no queue is left out any more.

        Of all threads the one counts that stood there longest: more than the time that passes would
        be left out if those of all were added up, and the clock would run backwards.
        """
        queued = map(_queued_s, self._tasks.glob("*/schedstat"))
        self._queued_s = max(self._queued_s, *queued, 0.0)
        return time.monotonic() - self._queued_s


def _queued_s(schedstat: Path) -> float:
    """What the kernel says of one thread: time on a processor, time in the queue, turns."""
    try:
        return int(schedstat.read_text().split()[1]) * _NANOSECOND
    except (OSError, ValueError, IndexError):  # it ended meanwhile, or this kernel keeps no count
        return 0.0

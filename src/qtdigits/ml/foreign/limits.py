"""Limits that a process sets on itself before it opens a file from elsewhere."""

from __future__ import annotations

import os
import sys
import threading
from contextlib import suppress
from typing import Final

MEMORY_BYTES: Final = 2**30
"""Address space: libraries take 120 MiB of it, the largest file, unpacked and copied, 500 MiB."""
PROCESSOR_S: Final = 5
"""The largest file takes a second; a damaged heap makes HDF5 1.14 go round in circles."""
_LARGEST_OUTPUT: Final = 128 * 2**20


def limit_this_process(processor_s: int = PROCESSOR_S) -> None:
    """Bound memory, processor time and what can be written, where the system has such limits.

    Linux has all of them, macOS those of time and files, Windows none; the time by the clock is
    the parent's affair, everywhere. Call it when numpy and h5py are loaded.
    """
    if sys.platform == "win32":
        return
    import resource

    for kind, limit in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, processor_s),
        (resource.RLIMIT_FSIZE, _LARGEST_OUTPUT),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):  # a lower one is set already, or none is known
            resource.setrlimit(kind, (limit, limit))


def end_with_standard_input() -> None:
    """End this process when its standard input ends: whoever started it is gone then."""

    def wait() -> None:
        # Not through sys.stdin, whose lock a waiting thread would keep at the exit.
        with suppress(OSError):
            while os.read(0, 4096):
                pass
        os._exit(1)

    threading.Thread(target=wait, name="end with standard input", daemon=True).start()

"""Who uses a folder: many may at once, and whoever wants to remove it must be alone."""

from __future__ import annotations

import os
import sys
from pathlib import Path

if sys.platform != "win32":
    import fcntl


class UseLock:
    """Owns the mark on a file that says 'in use'; the system takes it away with the process.

    Windows needs no mark: there a folder cannot be moved while a library in it is loaded.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None

    def share(self) -> bool:
        """Mark as used; False when somebody is about to remove it. Raises OSError."""
        return sys.platform == "win32" or self._take(fcntl.LOCK_SH)

    def take_alone(self) -> bool:
        """Mark as to be removed; False when it is used. Raises OSError."""
        return sys.platform == "win32" or self._take(fcntl.LOCK_EX)

    def release(self) -> None:
        """Take the mark away; nothing happens when there is none."""
        handle, self._handle = self._handle, None
        if handle is not None:
            os.close(handle)

    if sys.platform != "win32":

        def _take(self, kind: int) -> bool:
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(handle, kind | fcntl.LOCK_NB)
            except OSError:
                os.close(handle)
                return False
            self._handle = handle
            return True

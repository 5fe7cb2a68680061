"""A lock that the system lets go of when its process ends, however it ends."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import Final

if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


_NO_LOCKS: Final = (errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL)
"""A file system without locks, such as some network drives, says one of these."""


class FileLock:
    """Owns the lock on a file, which it makes; held from take() until release()."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None

    def take(self, or_go_without: bool = False) -> bool:
        """Take the lock; False when another holder has it. Raises OSError.

        or_go_without: True as well where the file system has no locks; that is an OSError else.
        """
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(handle)
        except OSError as error:
            os.close(handle)
            if error.errno not in _NO_LOCKS:
                return False  # 'would block', which each system says in its own way
            if not or_go_without:
                raise
            return True
        self._handle = handle
        return True

    def release(self) -> None:
        """Let go of the lock; nothing happens when it is not held. The file stays."""
        handle, self._handle = self._handle, None
        if handle is not None:
            os.close(handle)


def has_locks(folder: Path) -> bool:
    """Whether files in a folder can be locked at all; raises OSError where none can be written."""
    probe = folder / f".lock-{os.getpid()}"
    lock = FileLock(probe)
    try:
        return lock.take()
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
        return False
    finally:
        lock.release()
        probe.unlink(missing_ok=True)

"""Runs a Python script for which no file system has locks, as on some network drives.

The kernel answers flock() and the locks of fcntl() with ENOLCK, to all children, too. Linux only,
x86-64 and arm64.
"""

from __future__ import annotations

import errno
import platform
import runpy
import sys
from typing import Final

from seccomp import ALLOW, FAIL, IS, LOAD, NUMBER, RETURN, SECOND_ARGUMENT, install

_CALLS: Final = {"x86_64": (73, 72), "aarch64": (32, 25)}
"""The numbers of flock() and fcntl()."""

_SET_LOCK, _SET_LOCK_AND_WAIT = 6, 7


def forbid_locks() -> None:
    """From now on there are none; raises OSError."""
    flock, fcntl = _CALLS[platform.machine()]
    install(
        (LOAD, 0, 0, NUMBER),
        (IS, 4, 0, flock),
        (IS, 0, 4, fcntl),
        (LOAD, 0, 0, SECOND_ARGUMENT),
        (IS, 1, 0, _SET_LOCK),
        (IS, 0, 1, _SET_LOCK_AND_WAIT),
        (RETURN, 0, 0, FAIL | errno.ENOLCK),
        (RETURN, 0, 0, ALLOW),
    )


if __name__ == "__main__":
    forbid_locks()
    del sys.argv[0]
    sys.path.insert(0, sys.argv[0].rpartition("/")[0])
    runpy.run_path(sys.argv[0], run_name="__main__")

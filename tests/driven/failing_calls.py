"""Runs a Python script for which calls of the system fail as they do on some network drives.

    python failing_calls.py locks|quota SCRIPT [ARGUMENTS]

locks: flock() and the locks of fcntl() fail with ENOLCK. quota: pwrite(), by which SQLite writes,
fails with EDQUOT. For all children, too. Linux only, x86-64 and arm64.
"""

from __future__ import annotations

import errno
import platform
import runpy
import sys
from typing import Final

from seccomp import ALLOW, FAIL, IS, LOAD, NUMBER, RETURN, SECOND_ARGUMENT, install

_CALLS: Final = {"x86_64": (73, 72, 18), "aarch64": (32, 25, 68)}
"""The numbers of flock(), fcntl() and pwrite()."""

_SET_LOCK, _SET_LOCK_AND_WAIT = 6, 7


def forbid_locks() -> None:
    """From now on there are none; raises OSError."""
    flock, fcntl, _ = _CALLS[platform.machine()]
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


def use_up_quota() -> None:
    """From now on SQLite can write no more; raises OSError."""
    *_, pwrite = _CALLS[platform.machine()]
    install(
        (LOAD, 0, 0, NUMBER),
        (IS, 0, 1, pwrite),
        (RETURN, 0, 0, FAIL | errno.EDQUOT),
        (RETURN, 0, 0, ALLOW),
    )


if __name__ == "__main__":
    {"locks": forbid_locks, "quota": use_up_quota}[sys.argv[1]]()
    del sys.argv[:2]
    sys.path.insert(0, sys.argv[0].rpartition("/")[0])
    runpy.run_path(sys.argv[0], run_name="__main__")

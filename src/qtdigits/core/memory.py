"""Giving memory back to the system."""

from __future__ import annotations

import ctypes
import os
import sys
from typing import Final

_M_MMAP_THRESHOLD: Final = -3
"""From glibc's malloc.h."""

_LARGE: Final = 4 << 20
"""Bytes: more than an image of the window's paper, less than a photograph."""


def give_back_large_blocks() -> None:
    """Have large blocks of memory go back to the system as soon as nobody needs them.

    The GNU C library begins with that, but counts a block as large only if it is larger than all
    that were given back before (mallopt(3), M_MMAP_THRESHOLD): after the first photograph, what the
    next ones needed would stay. Other C libraries, and a limit that a person has set, are left
    alone.
    """
    if sys.platform != "linux" or "MALLOC_MMAP_THRESHOLD_" in os.environ:
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_MMAP_THRESHOLD, _LARGE)

"""Permissions that bind root, too, so that tests of them mean something in a container."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_VERSION_3 = 0x20080522
_OVERRIDES = (1 << 1) | (1 << 2)
"""CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH, see capabilities(7)."""


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Data(ctypes.Structure):
    _fields_ = tuple(
        (name, ctypes.c_uint32)
        for half in ("low", "high")
        for name in (f"effective_{half}", f"permitted_{half}", f"inheritable_{half}")
    )


def can_bind() -> bool:
    """Whether permissions bind this user, or can be made to."""
    return sys.platform != "win32" and (os.geteuid() != 0 or sys.platform == "linux")


@contextmanager
def binding() -> Iterator[None]:
    """Have permissions bind this thread, also that of root, who stays the owner of its files."""
    if sys.platform != "linux" or os.geteuid() != 0:
        yield
        return
    libc = ctypes.CDLL(None, use_errno=True)
    header, data = _Header(_VERSION_3, 0), _Data()
    _check(libc.capget(ctypes.byref(header), ctypes.byref(data)))
    before = data.effective_low
    data.effective_low = before & ~_OVERRIDES
    _check(libc.capset(ctypes.byref(header), ctypes.byref(data)))
    try:
        yield
    finally:
        data.effective_low = before
        _check(libc.capset(ctypes.byref(header), ctypes.byref(data)))


def _check(status: int) -> None:
    if status != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))

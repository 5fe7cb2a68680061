"""Runs a Python script in a process that the kernel ends when it asks for an internet socket.

Everything in the process is held to it, and all its children: C++ libraries, too. Sockets of the
computer itself (AF_UNIX) are allowed. Linux only, x86-64 and arm64.
"""

from __future__ import annotations

import ctypes
import platform
import runpy
import socket
import struct
import sys
from typing import Final

_KERNELS: Final = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""The architecture as the kernel's audit numbers it, and the number of the call socket()."""

_LOAD, _IS, _RETURN = 0x20, 0x15, 0x06
_ARCHITECTURE, _NUMBER, _FAMILY = 4, 0, 16
_KILL, _ALLOW = 0x80000000, 0x7FFF0000
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2


class _Program(ctypes.Structure):
    """The kernel's struct sock_fprog."""

    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_char_p))


def forbid_internet() -> None:
    """From now on socket() with an internet family ends the process; raises OSError."""
    architecture, call = _KERNELS[platform.machine()]
    steps = (
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_IS, 0, 6, architecture),
        (_LOAD, 0, 0, _NUMBER),
        (_IS, 0, 4, call),
        (_LOAD, 0, 0, _FAMILY),
        (_IS, 1, 0, socket.AF_INET),
        (_IS, 0, 1, socket.AF_INET6),
        (_RETURN, 0, 0, _KILL),
        (_RETURN, 0, 0, _ALLOW),
    )
    code = b"".join(struct.pack("HBBI", *step) for step in steps)
    program = _Program(len(steps), code)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) or libc.prctl(
        _SECCOMP, _FILTER, ctypes.byref(program), 0, 0
    ):
        raise OSError(ctypes.get_errno(), "the kernel does not take the filter")


if __name__ == "__main__":
    forbid_internet()
    del sys.argv[0]
    sys.path.insert(0, sys.argv[0].rpartition("/")[0])
    runpy.run_path(sys.argv[0], run_name="__main__")

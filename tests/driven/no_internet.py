"""Runs a Python script in a process that the kernel ends when it connects to anything.

Everything in the process is held to it, and all its children: C++ libraries, too. That a socket is
made is allowed: urllib3, which TensorFlow imports, finds out so whether there is IPv6. Linux only,
x86-64 and arm64.
"""

from __future__ import annotations

import ctypes
import platform
import runpy
import struct
import sys
from typing import Final

_KERNELS: Final = {"x86_64": (0xC000003E, 42, 44), "aarch64": (0xC00000B7, 203, 206)}
"""The architecture as the kernel's audit numbers it, and the calls connect() and sendto()."""

_LOAD, _IS, _RETURN = 0x20, 0x15, 0x06
_ARCHITECTURE, _NUMBER = 4, 0
_KILL, _ALLOW = 0x80000000, 0x7FFF0000
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2


class _Program(ctypes.Structure):
    """The kernel's struct sock_fprog."""

    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_char_p))


def forbid_internet() -> None:
    """From now on connect() and sendto() end the process; raises OSError."""
    architecture, connect, send_to = _KERNELS[platform.machine()]
    steps = (
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_IS, 0, 4, architecture),
        (_LOAD, 0, 0, _NUMBER),
        (_IS, 1, 0, connect),
        (_IS, 0, 1, send_to),
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

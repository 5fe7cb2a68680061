"""A filter of the kernel's for the calls of this process and all its children (Linux)."""

from __future__ import annotations

import ctypes
import platform
import struct
from typing import Final

LOAD, IS, RETURN = 0x20, 0x15, 0x06
"""Take a word of the call; go on by so many steps if it is this, by so many if not; decide."""

NUMBER, SECOND_ARGUMENT = 0, 24
"""Where these words lie in what the kernel says of a call."""

KILL, ALLOW, FAIL = 0x80000000, 0x7FFF0000, 0x00050000
"""FAIL and an errno: the call is not made, and fails with that."""

Step = tuple[int, int, int, int]

_ARCHITECTURE: Final = 4
_KERNELS: Final = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2


class _Program(ctypes.Structure):
    """The kernel's struct sock_fprog."""

    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_char_p))


def install(*steps: Step) -> None:
    """Filter all calls from now on; the last step must be one that lets them pass. Raises OSError.

    Calls of another architecture, which have other numbers, pass.
    """
    others_pass = (IS, 0, len(steps) - 1, _KERNELS[platform.machine()])
    all_steps = ((LOAD, 0, 0, _ARCHITECTURE), others_pass, *steps)
    code = b"".join(struct.pack("HBBI", *step) for step in all_steps)
    program = _Program(len(all_steps), code)
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) or libc.prctl(
        _SECCOMP, _FILTER, ctypes.byref(program), 0, 0
    ):
        raise OSError(ctypes.get_errno(), "the kernel does not take the filter")

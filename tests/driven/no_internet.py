"""Runs a Python script in a process that the kernel ends when it connects to anything.

Everything in the process is held to it, and all its children: C++ libraries, too. That a socket is
made is allowed: urllib3, which TensorFlow imports, finds out so whether there is IPv6. Linux only,
x86-64 and arm64.
"""

from __future__ import annotations

import platform
import runpy
import sys
from typing import Final

from seccomp import ALLOW, IS, KILL, LOAD, NUMBER, RETURN, install

_CALLS: Final = {"x86_64": (42, 44), "aarch64": (203, 206)}
"""The numbers of connect() and sendto()."""


def forbid_internet() -> None:
    """From now on connect() and sendto() end the process; raises OSError."""
    connect, send_to = _CALLS[platform.machine()]
    install(
        (LOAD, 0, 0, NUMBER),
        (IS, 1, 0, connect),
        (IS, 0, 1, send_to),
        (RETURN, 0, 0, KILL),
        (RETURN, 0, 0, ALLOW),
    )


if __name__ == "__main__":
    forbid_internet()
    del sys.argv[0]
    sys.path.insert(0, sys.argv[0].rpartition("/")[0])
    runpy.run_path(sys.argv[0], run_name="__main__")

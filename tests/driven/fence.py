"""Runs a Python script that may write below one folder (and below /dev), and nowhere else.

    python fence.py FOLDER SCRIPT [ARGUMENTS]

The kernel refuses the rest (Landlock, Linux 5.13), to root and to all children as well: so a test
may take the home away, or name one that must stay as it is. With QTDIGITS_TEST_HOME the system
says that the person's home is there, whatever /etc/passwd has; '' means that it knows of none.
"""

from __future__ import annotations

import ctypes
import os
import pwd
import runpy
import struct
import sys
from typing import Final

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_VERSION, _PATH_BENEATH = 1, 1
_NO_NEW_PRIVILEGES: Final = 38
_WRITING: Final = 1 << 1 | sum(1 << bit for bit in range(4, 13))
"""Writing to files, and making or removing them of every kind."""

_REFER, _TRUNCATE = 1 << 13, 1 << 14
"""Moving between folders, since version 2; truncating, since version 3."""


def version() -> int:
    """The version of the kernel's Landlock, 0 or less where it has none."""
    if not sys.platform.startswith("linux"):
        return 0
    return int(ctypes.CDLL(None).syscall(_CREATE_RULESET, None, 0, _VERSION))


def write_only_below(*folders: str) -> None:
    """From now on, refuse all writing that is not below these folders; raises OSError."""
    libc = ctypes.CDLL(None, use_errno=True)
    refused = _WRITING | (_REFER if version() >= 2 else 0) | (_TRUNCATE if version() >= 3 else 0)
    wanted = struct.pack("Q", refused)
    rules = _checked(libc.syscall(_CREATE_RULESET, wanted, len(wanted), 0))
    for folder in folders:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        beneath = struct.pack("=Qi", refused, handle)
        _checked(libc.syscall(_ADD_RULE, rules, _PATH_BENEATH, beneath, 0))
        os.close(handle)
    _checked(libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0))
    _checked(libc.syscall(_RESTRICT_SELF, rules, 0))
    os.close(rules)


def _checked(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


def pretend_home(home: str) -> None:
    """Have the system say so of whoever runs this."""
    known = pwd.getpwuid(0)

    def entry(number: int) -> pwd.struct_passwd:
        if not home:
            raise KeyError(f"getpwuid(): uid not found: {number}")
        return pwd.struct_passwd((*known[:5], home, known[6]))

    pwd.getpwuid = entry


if __name__ == "__main__":
    write_only_below(sys.argv[1], "/dev")
    if (said := os.environ.get("QTDIGITS_TEST_HOME")) is not None:
        pretend_home(said)
    del sys.argv[:2]
    sys.path.insert(0, sys.argv[0].rpartition("/")[0])
    runpy.run_path(sys.argv[0], run_name="__main__")

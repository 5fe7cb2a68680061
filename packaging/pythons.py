"""Finding a Python that can hold the program; runs on Python 3.8 and later."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from typing import Callable, Iterable, Mapping, Optional, Tuple

OLDEST = (3, 11)
NEWEST = (3, 13)
NAMES = ("python3.13", "python3.12", "python3.11", "python3", "python")

# Importing what the program cannot do without refuses a Python that was built without it.
_PROBE = """
import sys, ctypes, sqlite3, ssl, venv
try:
    import ensurepip
    can_make_pip = 1
except ImportError:
    can_make_pip = 0
print(sys.version_info[0], sys.version_info[1], can_make_pip, sys.executable)
"""


@dataclass(frozen=True)
class Python:
    """One interpreter that was run and answered.

    `has_ensurepip` is False for Debian's python3 without its python3-venv package.
    """

    path: str
    version: Tuple[int, int]
    has_ensurepip: bool

    @property
    def is_suitable(self) -> bool:
        """Whether the version is one that every dependency has wheels for."""
        return OLDEST <= self.version <= NEWEST


def probe(command: str) -> Optional[Python]:
    """Run `command`; None where it does not run or lacks a part of the standard library."""
    try:
        answer = subprocess.run(
            [command, "-c", _PROBE],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            universal_newlines=True,
            timeout=60,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    fields = answer.stdout.split(None, 3)
    if answer.returncode != 0 or len(fields) != 4:
        return None
    major, minor, has_ensurepip, path = fields
    return Python(path.strip(), (int(major), int(minor)), has_ensurepip == "1")


def candidates(environ: Mapping[str, str]) -> Iterable[str]:
    """The commands to try: PYTHON alone where it is set, else the usual names."""
    named = environ.get("PYTHON", "")
    return (named,) if named else (*NAMES, sys.executable)


def pick(
    commands: Iterable[str], run: Callable[[str], Optional[Python]] = probe
) -> Optional[Python]:
    """The first suitable Python that can make an environment by itself, else the first suitable.

    An environment is preferred to a newer version: the second choice needs a system package.
    """
    without_pip = None
    for command in commands:
        python = run(command)
        if python is None or not python.is_suitable:
            continue
        if python.has_ensurepip:
            return python
        without_pip = without_pip or python
    return without_pip


def none_found(environ: Mapping[str, str]) -> str:
    """The sentence for a machine without a suitable Python."""
    named = environ.get("PYTHON", "")
    if named:
        return "qtdigits needs Python 3.11, 3.12 or 3.13, and PYTHON={} is none of them.".format(
            os.path.normpath(named)
        )
    return "qtdigits needs Python 3.11, 3.12 or 3.13 and found none: please install one."

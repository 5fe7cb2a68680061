"""How this program starts its own command line as a child process."""

from __future__ import annotations

import sys


def command_line() -> list[str]:
    """What starts it: the frozen file itself, or Python with the package.

    -P: a module that happens to lie in the folder the program was started in is not imported.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, "-P", "-m", "qtdigits"]

"""How the window starts the program's own command line as a child process."""

from __future__ import annotations

import sys

from PySide6.QtCore import QProcessEnvironment


def command_line() -> list[str]:
    """What starts it: the frozen file itself, or Python with the package.

    -P: a module that happens to lie in the folder the program was started in is not imported.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, "-P", "-m", "qtdigits"]


def child_environment() -> QProcessEnvironment:
    """The environment of a child whose output is read line by line."""
    environment = QProcessEnvironment.systemEnvironment()
    environment.insert("PYTHONUNBUFFERED", "1")
    environment.insert("PYTHONIOENCODING", "utf-8")
    return environment

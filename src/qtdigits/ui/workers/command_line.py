"""How the window starts the program's own command line as a child process."""

from __future__ import annotations

from PySide6.QtCore import QProcessEnvironment

from qtdigits.core.own_program import command_line

__all__ = ["child_environment", "command_line"]


def child_environment() -> QProcessEnvironment:
    """The environment of a child whose output is read line by line."""
    environment = QProcessEnvironment.systemEnvironment()
    environment.insert("PYTHONUNBUFFERED", "1")
    environment.insert("PYTHONIOENCODING", "utf-8")
    return environment

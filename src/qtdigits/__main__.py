"""python -m qtdigits, and what the executable file runs: a sub-command, or else the window.

The window opens the pictures that are named: qtdigits page.png other.jpg.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from qtdigits.cli.streams import prepare_streams
from qtdigits.core.home import settle_home

if TYPE_CHECKING:
    from qtdigits.core.recognizer import Preparation

_SELF_TEST: Final = "--self-test"
_TIME_START: Final = "--time-start"


def main(argv: Sequence[str] | None = None, preparation: Preparation | None = None) -> int:
    """Run what the arguments (those of the process if None) ask for; returns the exit status.

    preparation: what must be done before the window's network can be loaded.
    """
    prepare_streams()
    settle_home(os.environ)
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments == [_SELF_TEST]:
        from qtdigits.self_test.run import run_self_test

        return run_self_test(preparation)
    if arguments == [_TIME_START]:
        from qtdigits.start_watch import time_start

        return time_start(preparation)
    if arguments and not _are_files(arguments):
        from qtdigits.cli.parser import run_command

        return run_command(arguments)
    return _open_window(arguments, preparation)


def _open_window(names: Sequence[str], preparation: Preparation | None) -> int:
    """Open the window with the pictures of these names.

    If the person has a window already, that one opens them and comes to the front.
    """
    # Ctrl+C before there is a window to be closed ends the process without a traceback.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from qtdigits.core.one_instance import OneInstance, Part
    from qtdigits.core.paths import lock_file

    instance = OneInstance(lock_file())
    files = [Path(name) for name in names]
    part = instance.begin(files)
    if part is Part.LATER:
        return 0
    from qtdigits.app import run

    return run(files, preparation, instance if part is Part.FIRST else None)


def _are_files(arguments: Sequence[str]) -> bool:
    """Whether they name pictures for the window: a path has a dot or a slash, a command has not."""
    is_path = any(sign in arguments[0] for sign in (".", "/", os.sep))
    return is_path and not any(argument.startswith("-") for argument in arguments)


if __name__ == "__main__":
    sys.exit(main())

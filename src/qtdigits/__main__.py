"""python -m qtdigits, and what the executable file runs: a sub-command, or else the window."""

from __future__ import annotations

import signal
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from qtdigits.cli.streams import prepare_streams

if TYPE_CHECKING:
    from qtdigits.core.recognizer import Preparation

_SELF_TEST: Final = "--self-test"
_TIME_START: Final = "--time-start"


def main(argv: Sequence[str] | None = None, preparation: Preparation | None = None) -> int:
    """Run what the arguments (those of the process if None) ask for; returns the exit status.

    preparation: what must be done before the window's network can be loaded.
    """
    prepare_streams()
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments == [_SELF_TEST]:
        from qtdigits.self_test.run import run_self_test

        return run_self_test(preparation)
    if arguments == [_TIME_START]:
        from qtdigits.start_watch import time_start

        return time_start(preparation)
    if arguments:
        from qtdigits.cli.parser import run_command

        return run_command(arguments)
    return _open_window(preparation)


def _open_window(preparation: Preparation | None) -> int:
    """Open the window, unless the person has one: then that one comes to the front."""
    # Ctrl+C before there is a window to be closed ends the process without a traceback.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from qtdigits.core.one_instance import OneInstance, Part
    from qtdigits.core.paths import lock_file

    instance = OneInstance(lock_file())
    part = instance.begin()
    if part is Part.LATER:
        return 0
    from qtdigits.app import run

    return run([], preparation, instance if part is Part.FIRST else None)


if __name__ == "__main__":
    sys.exit(main())

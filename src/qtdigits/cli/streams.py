"""Standard output and error as the commands need them, whatever the program was started from."""

from __future__ import annotations

import io
import os
import sys


def prepare_streams() -> None:
    """Make sure that writing never fails for want of a stream or of a character.

    A program without a console has None for both streams, on which libraries stumble. A console
    in an old code page cannot show every file name; what it lacks is written as an escape.
    """
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - open to the end
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - open to the end
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")

"""Exit statuses, and the one sentence that a failed command leaves on standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Final

FAILED: Final = 1
BAD_INPUT: Final = 2
INTERRUPTED: Final = 130
PIPE_CLOSED: Final = 141
"""As a shell reports a program that SIGPIPE or SIGINT ended: 128 and the signal's number."""


def say(sentence: str) -> None:
    """Write one sentence to standard error, on one line."""
    with suppress(OSError):  # with standard error closed, the exit status has to do
        print(f"qtdigits: {' '.join(sentence.split())}", file=sys.stderr, flush=True)


def guarded(work: Callable[[], int]) -> int:
    """Run a command's work and turn what can go wrong into a sentence and an exit status.

    core and ml raise ValueError with a sentence for whatever a person gave them that cannot be
    used. Other exceptions are faults of the program and keep their traceback.
    """
    try:
        status = work()
        sys.stdout.flush()
    except ValueError as error:
        say(str(error))
        return BAD_INPUT
    except BrokenPipeError:
        _drop_output()
        return PIPE_CLOSED
    except KeyboardInterrupt:
        say("interrupted")
        return INTERRUPTED
    except MemoryError:
        say("there is not enough memory for this; give less data at a time")
        return FAILED
    except OSError as error:
        about = f"{error.filename}: " if error.filename else ""
        say(f"{about}{error.strerror or error}")
        return FAILED
    return status


def _drop_output() -> None:
    """Let nothing more be written to a closed pipe, which Python would complain of at exit."""
    with suppress(OSError, ValueError):  # a stream without a file beneath needs nothing
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
        os.close(null)

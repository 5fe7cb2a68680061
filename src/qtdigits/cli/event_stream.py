"""Training as the child of another program: events on standard output, orders on standard input."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final, TextIO

if TYPE_CHECKING:
    from qtdigits.core.training import Report
    from qtdigits.core.training_events import RunEvent, TrainingFinished

_NICENESS: Final = 10
_BELOW_NORMAL: Final = 0x4000
"""Windows' BELOW_NORMAL_PRIORITY_CLASS."""
_ORPHANED: Final = 3
"""The exit status, which nobody is left to read."""

Work = Callable[["Report", Callable[[], bool]], "TrainingFinished"]
"""What trains, given where to report and what says when to stop."""


def run_as_child(work: Work) -> int:
    """Do the work in the background of the parent; returns the exit status.

    Standard output carries events and nothing else. The line 'stop' on standard input ends the
    training after the batch it is at; the end of standard input means that the parent has died,
    and ends this process at once. What goes wrong is told by the event `failed`, and raised.
    """
    from qtdigits.core.training_events import TrainingFailed

    _give_way()
    stop = threading.Event()
    with events_only() as output:

        def send(event: RunEvent) -> None:
            _write(output, event)

        threading.Thread(target=_obey, args=(stop,), name="orders", daemon=True).start()
        try:
            send(work(send, stop.is_set))
        except ValueError as error:
            send(TrainingFailed(" ".join(str(error).split())))
            raise
        except MemoryError:
            sentence = "memory ran out; train with fewer images or a smaller network"
            send(TrainingFailed(sentence))
            raise ValueError(sentence) from None
        except BrokenPipeError:
            raise
        except Exception as error:
            reason = f"the program is at fault ({type(error).__name__}); see the details"
            send(TrainingFailed(reason))
            raise
    return 0


def threads_for_a_child() -> int:
    """How many threads may compute, so that the parent keeps a core to itself."""
    usable = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    return max(1, usable - 1)


def _give_way() -> None:
    """Let whatever else runs go first; threads and processes begun from now on do, too."""
    with suppress(OSError):
        if sys.platform == "win32":
            import ctypes

            kernel32 = ctypes.WinDLL("kernel32")
            # As a number the handle of this process would be cut to 32 bits.
            kernel32.GetCurrentProcess.restype = ctypes.c_void_p
            kernel32.SetPriorityClass.argtypes = (ctypes.c_void_p, ctypes.c_uint32)
            kernel32.SetPriorityClass(kernel32.GetCurrentProcess(), _BELOW_NORMAL)
        else:
            os.nice(_NICENESS)


@contextmanager
def events_only() -> Iterator[TextIO]:
    """Standard output for events; what else is printed meanwhile goes to standard error."""
    sys.stdout.flush()
    descriptor = sys.stdout.fileno()
    real = os.dup(descriptor)
    os.dup2(sys.stderr.fileno(), descriptor)
    try:
        with open(real, "w", encoding="utf-8", newline="\n", closefd=False) as output:
            yield output
    finally:
        os.dup2(real, descriptor)
        os.close(real)


def _write(output: TextIO, event: RunEvent) -> None:
    from qtdigits.core.training_events import to_line

    output.write(to_line(event) + "\n")
    output.flush()


def _obey(stop: threading.Event) -> None:
    """Read orders until the parent closes its end.

    Not through sys.stdin, whose lock a thread that waits for input would keep at the exit.
    """
    orders = b""
    with suppress(OSError):
        while chunk := os.read(0, 1024):
            *lines, orders = (orders + chunk).split(b"\n")
            if b"stop" in [line.strip() for line in lines]:
                stop.set()
    os._exit(_ORPHANED)

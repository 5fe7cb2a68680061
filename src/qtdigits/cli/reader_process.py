"""A child process that opens pictures, seen from the program that has the network."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import IO, TYPE_CHECKING, Any, Final, cast

from qtdigits.cli.reader_talk import Answers, Begin, Done, Files, Said, heard_from, say_to

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from qtdigits.cli.open_files import Named
    from qtdigits.cli.told import Told

Ask = Callable[["NDArray[np.float32]"], "NDArray[np.float32]"]
"""Gives logits (n, 10) for digit images (n, 28, 28)."""
Tell = Callable[["list[tuple[int, Told]]"], None]
"""Takes answers, each with the number of its file."""

_PATIENCE_S: Final = 5


class ReaderLostError(Exception):
    """The process has ended amid its work."""


class ReaderProcess:
    """Owns one child process, which gets ready meanwhile."""

    def __init__(self) -> None:
        """Raises OSError where the system starts no more processes."""
        from qtdigits.cli.reader import COMMAND
        from qtdigits.core.own_program import command_line

        self._process = subprocess.Popen(
            [*command_line(), COMMAND],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # numpy would start a thread for each core, for matrices that are far too small.
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
            **_out_of_reach(),
        )

    def begin(self, begin: Begin) -> None:
        """Say what every reading needs; raises ReaderLostError."""
        self._say(begin)

    def read(self, files: Sequence[Named], ask: Ask, tell: Tell) -> None:
        """Have files read; raises ReaderLostError, and what ask and tell raise."""
        self._say(Files(list(files)))
        while not isinstance(said := self._heard(), Done):
            if isinstance(said, Answers):
                tell(said.answers)
            else:
                self._say(ask(said))

    def dismiss(self) -> None:
        """Let the process end, which has nothing to do any more."""
        with suppress(OSError):  # what a lost one was not told is still to be written
            cast(IO[bytes], self._process.stdin).close()

    def wait(self) -> None:
        """Wait until it has ended; it does so at once."""
        try:
            self._process.wait(_PATIENCE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._process.wait()
        cast(IO[bytes], self._process.stdout).close()

    def kill(self) -> None:
        """End the process at once; whoever reads with it, in another thread, gets to know."""
        self._process.kill()

    def _say(self, said: Said) -> None:
        try:
            say_to(cast(IO[bytes], self._process.stdin), said)
        except OSError as error:
            raise ReaderLostError from error

    def _heard(self) -> Any:  # noqa: ANN401 - whatever it says
        try:
            return heard_from(cast(IO[bytes], self._process.stdout))
        except (EOFError, OSError) as error:
            raise ReaderLostError from error


def _out_of_reach() -> dict[str, Any]:
    """Ctrl+C goes to all processes of the terminal's group, and one that starts cannot ignore it
    yet; in a group of its own, it is not told.
    """
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"process_group": 0}

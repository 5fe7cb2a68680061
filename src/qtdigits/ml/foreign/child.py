"""Reading a network from elsewhere in a child process, so that no file can harm this one."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path
from typing import IO, Final

from qtdigits.core.data_files.regular import open_regular, shown
from qtdigits.core.own_program import command_line
from qtdigits.ml.foreign.reading import ForeignNetwork, read_from

_LONGEST_S: Final = 9
_FAILED: Final = 1
_BAD_INPUT: Final = 2
_PREFIX: Final = "qtdigits: "
_LONGEST_SENTENCE: Final = 1000


def read_in_child(path: Path, longest_s: float = _LONGEST_S) -> ForeignNetwork:
    """Read a model file by a child process with limits on memory and time (limits.py).

    Raises ValueError with one sentence, also where the child came to harm, and OSError where the
    machine is at fault, by a full disk for one.
    """
    with open_regular(path):
        pass  # what is no file is refused before a process is started for it
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as said:
        status = _run(path, out, said, longest_s)
        out.seek(0)
        said.seek(0)
        sentence = _sentence(said)
        if status == _BAD_INPUT and sentence:
            raise ValueError(sentence)
        if status == _FAILED and sentence:
            raise OSError(sentence)
        if status is None:
            raise ValueError(
                f"{shown(path)} takes longer to read than a network for digits may; not loaded"
            )
        try:
            if status == 0:
                return read_from(out)
        except (ValueError, KeyError, TypeError, RecursionError):
            pass  # what came is not what a sound child hands over
        raise ValueError(f"{shown(path)} is damaged: it could not be read; fetch it again")


def _run(path: Path, out: IO[bytes], said: IO[bytes], longest_s: float) -> int | None:
    """The exit status of the child, None if it took too long."""
    process = subprocess.Popen(
        [*command_line(), "models", "unpack", os.path.abspath(path)],
        stdin=subprocess.PIPE,  # nothing is ever written: its end tells the child of ours
        stdout=out,
        stderr=said,
        env=_environment(),
    )
    try:
        return process.wait(longest_s)
    except subprocess.TimeoutExpired:
        return None
    finally:
        process.kill()
        process.communicate()


def _environment() -> dict[str, str]:
    """One thread for numpy, whose others would each reserve memory; no plug-ins for HDF5."""
    return {
        **os.environ,
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "HDF5_PLUGIN_PRELOAD": "::",
        "PYTHONIOENCODING": "utf-8",
    }


def _sentence(said: IO[bytes]) -> str:
    """The last line that the child wrote for a person; '' if there is none."""
    lines = said.read(100 * _LONGEST_SENTENCE).decode("utf-8", "replace").splitlines()
    lines = [line for line in lines if line.startswith(_PREFIX)]
    return lines[-1].removeprefix(_PREFIX)[:_LONGEST_SENTENCE] if lines else ""

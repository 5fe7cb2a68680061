"""The environment in .venv: made once, and brought up to date when its inputs change.

Runs on Python 3.8 and later, on Linux and macOS.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, FrozenSet, Iterator

from pip_progress import run_pip

INPUTS = ("pyproject.toml", "constraints.txt")


class PreparationError(Exception):
    """The environment could not be made; the text says why and what to do."""


@dataclass(frozen=True)
class Stamp:
    """What an environment was installed from: a digest of the inputs, and the extras."""

    inputs: str
    extras: FrozenSet[str]


class Environment:
    """The virtual environment of one checkout.

    A stamp inside it says what it was installed from. The stamp is taken away before pip runs
    and written, by a rename, after it has finished, so an interrupted installation is repeated.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / ".venv"
        self.python = self.folder / "bin" / "python"
        self._stamp = self.folder / "qtdigits.json"
        self._log = root / "build" / "install.log"

    def is_ready(self, extras: FrozenSet[str]) -> bool:
        """Whether it is installed from the present inputs, with at least these extras."""
        stamp = self._read_stamp()
        return stamp.inputs == self._fingerprint() and extras <= stamp.extras and self._runs()

    def prepare(self, base_python: str, extras: FrozenSet[str], say: Callable[[str], None]) -> None:
        """Make it ready with these extras beside those it has.

        Raises PreparationError with the last words of what failed.
        """
        with self._lock(say):
            if self.is_ready(extras):
                return
            extras = extras | self._read_stamp().extras
            if self._runs():
                say("Bringing the environment in .venv up to date ...")
            else:
                say("Making the environment in .venv; this fetches about 500 MB ...")
                self._make(base_python)
            self._install(extras)

    def _make(self, base_python: str) -> None:
        done = subprocess.run(
            [base_python, "-m", "venv", "--clear", str(self.folder)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            universal_newlines=True,
        )
        if done.returncode != 0:
            raise PreparationError("The environment could not be made:\n" + done.stdout.strip())

    def _install(self, extras: FrozenSet[str]) -> None:
        if self._stamp.exists():
            self._stamp.unlink()
        self._log.parent.mkdir(exist_ok=True)
        fingerprint = self._fingerprint()
        target = ".[{}]".format(",".join(sorted(extras))) if extras else "."
        last_words = run_pip(
            [str(self.python), "-m", "pip", "install", "-c", "constraints.txt", "-e", target],
            self.root,
            self._log,
        )
        if last_words:
            raise PreparationError(
                "Installing failed:\n{}\nAll of it is in {}; the same command starts again.".format(
                    last_words, self._log.relative_to(self.root)
                )
            )
        fresh = self._stamp.with_suffix(".new")
        fresh.write_text(json.dumps({"inputs": fingerprint, "extras": sorted(extras)}))
        os.replace(str(fresh), str(self._stamp))

    def _fingerprint(self) -> str:
        digest = hashlib.sha256(str(self.root).encode())
        for name in INPUTS:
            digest.update((self.root / name).read_bytes())
        return digest.hexdigest()

    def _read_stamp(self) -> Stamp:
        try:
            stamp = json.loads(self._stamp.read_text())
            return Stamp(stamp["inputs"], frozenset(stamp["extras"]))
        except (OSError, ValueError, KeyError, TypeError):
            return Stamp("", frozenset())

    def _runs(self) -> bool:
        """Whether pip runs there; not so after the system's Python has gone."""
        try:
            return (
                subprocess.run(
                    [str(self.python), "-c", "import pip"],
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                ).returncode
                == 0
            )
        except OSError:
            return False

    @contextmanager
    def _lock(self, say: Callable[[str], None]) -> Iterator[None]:
        """One process at a time; the system lets go of the lock when a process dies."""
        import fcntl  # Not at the top: the tests read this file on Windows, too.

        lock = self.root / "build" / "environment.lock"
        lock.parent.mkdir(exist_ok=True)
        with lock.open("a") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("Another make is preparing the environment; waiting for it ...")
                fcntl.flock(file, fcntl.LOCK_EX)
            yield

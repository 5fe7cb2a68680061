"""The program as a process that a test drives, and listens to."""

from __future__ import annotations

import json
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, Protocol

from fair_clock import FairClock

CHILD: Final = (sys.executable, str(Path(__file__).with_name("driven_child.py")))
PATIENCE_S: Final = 60.0
_LOOK_S: Final = 0.02


class Driven:
    """A running program: what it is told, and what it says."""

    def __init__(self, environment: Mapping[str, str], command: Sequence[str] = CHILD) -> None:
        self.process = subprocess.Popen(
            command,
            env=dict(environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.clock = FairClock(self.process.pid)
        self._said: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._errors: list[str] = []
        self._readers = (
            threading.Thread(target=self._read_output, daemon=True),
            threading.Thread(target=self._read_errors, daemon=True),
        )
        for reader in self._readers:
            reader.start()

    def wait_for(self, key: str) -> Any:  # noqa: ANN401 - whatever the child says
        """The value of the next line with this key; AssertionError when the child ends before."""
        deadline = self.clock.now() + PATIENCE_S
        while self.clock.now() < deadline:
            with suppress(queue.Empty):
                line = self._said.get(timeout=0.1)
                said = json.loads(line)
                assert "raised" not in said, said["raised"]
                if key in said:
                    return said[key]
                continue
            assert self.process.poll() is None, f"it ended: {self.errors()}"
        raise AssertionError(f"it did not say {key!r}: {self.errors()}")

    def do(self, line: str) -> Any:  # noqa: ANN401 - whatever the line comes to
        """Run a line of Python in the program's window; returns its value."""
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return self.wait_for("answer")

    def until(self, line: str) -> None:
        """Run a line until it is true."""
        deadline = self.clock.now() + PATIENCE_S
        while not self.do(line):
            assert self.clock.now() < deadline, f"never true: {line}"

    def ready(self) -> Driven:
        """Wait until the window has come up, and the drawings are known."""
        self.wait_for("ready")
        return self

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def end(self, number: int = signal.SIGTERM) -> int:
        """Send it a signal, and wait for its end; returns its status."""
        self.process.send_signal(number)
        return self.wait()

    def wait(self) -> int:
        status = self._status()
        for reader in self._readers:
            reader.join(PATIENCE_S)
        return status

    def _status(self) -> int:
        deadline = self.clock.now() + PATIENCE_S
        while self.clock.now() < deadline:
            with suppress(subprocess.TimeoutExpired):
                return self.process.wait(_LOOK_S)
        raise AssertionError(f"it does not end: {self.errors()}")

    def close(self) -> None:
        """Leave nothing of it behind; also one that was halted ends."""
        self.kill()
        self.wait()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            if stream is not None:
                with suppress(OSError):
                    stream.close()

    def errors(self) -> str:
        """What it has written to standard error."""
        return "".join(self._errors)

    def _read_output(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._said.put(line)

    def _read_errors(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self._errors.append(line)


class Start(Protocol):
    """Starts the program, with more variables in its environment if need be."""

    def __call__(self, **variables: str) -> Driven: ...

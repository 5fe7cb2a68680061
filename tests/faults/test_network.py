"""The program opens no connection: the kernel would end it, and any child of it, if it tried."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest

from driven import CHILD, Driven

GUARD: Final = str(Path(CHILD[1]).with_name("no_internet.py"))
DIALOGS: Final = ("Settings", "History", "Library", "Train", "About", "Learn", "LearnHandwriting")

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="the guard is one of Linux' kernel"
)


@pytest.fixture
def guarded() -> Iterator[Callable[[str], Driven]]:
    running: list[Driven] = []

    def start(network: str) -> Driven:
        environment = {**os.environ, "QTDIGITS_TEST_NETWORK": network}
        running.append(Driven(environment, [sys.executable, GUARD, CHILD[1]]))
        return running[-1].ready()

    yield start
    for one in running:
        one.close()


@pytest.mark.parametrize(
    ("deed", "status"),
    [
        ("socket.create_connection(('127.0.0.1', 9))", -signal.SIGSYS),
        ("socket.socket(type=socket.SOCK_DGRAM).sendto(b'', ('127.0.0.1', 9))", -signal.SIGSYS),
        ("socket.socket(socket.AF_INET6).close()", 0),
    ],
)
def test_guard_ends_whoever_connects(deed: str, status: int, tmp_path: Path) -> None:
    script = tmp_path / "deed.py"
    script.write_text(f"import socket; {deed}")
    done = subprocess.run([sys.executable, GUARD, str(script)], timeout=60, check=False)
    assert done.returncode == status


def test_drawing_and_every_dialog_open_no_connection(
    guarded: Callable[[str], Driven],
) -> None:
    program = guarded("real")
    program.do("draw(4)")
    program.until("program.probabilities._prediction is not None")
    for name in DIALOGS:
        program.do(f"window.action({name!r}).trigger()")
    assert program.end() == 0


@pytest.mark.long
def test_training_opens_no_connection(guarded: Callable[[str], Driven]) -> None:
    program = guarded("seven")
    program.do("events = []")
    program.do("program.networks.session.reported.connect(events.append)")
    program.do("program.networks.session.failed.connect(events.append)")
    program.do("train()")
    program.until("len(events) > 5")
    assert program.do("any(isinstance(event, str) for event in events)") is False
    assert program.end() == 0

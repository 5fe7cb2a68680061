"""The end that the system asks for: the window closes in good order."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

_RUN_AND_SIGNAL = """
import os, sys, threading
from qtdigits import app

def load(path):
    number = int(sys.argv.pop())
    threading.Timer(0.5, os.kill, (os.getpid(), number)).start()
    raise ValueError("no network in this test")

app.load_recognizer = load
sys.exit(app.run([]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no such signals to a process")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signal_closes_the_window_with_status_0(number: signal.Signals) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _RUN_AND_SIGNAL, str(int(number))],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr

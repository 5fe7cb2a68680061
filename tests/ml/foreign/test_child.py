"""The child process that reads a file may come to harm; the parent says so in a sentence."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from foreign_networks import h5_file, lenet_weights
from qtdigits.ml.foreign import child
from qtdigits.ml.foreign.child import read_in_child

needs_limits = pytest.mark.skipif(sys.platform != "linux", reason="Linux has all the limits")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return h5_file(tmp_path / "network.h5")


def replaced_by(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    """Let the child run this program instead; the arguments are as they would be."""
    monkeypatch.setattr(child, "command_line", lambda: [sys.executable, "-c", program])


def test_network_comes_over_whole(file: Path) -> None:
    network = read_in_child(file)
    expected = [array for arrays in lenet_weights().values() for array in arrays]
    assert all(np.array_equal(a, b) for a, b in zip(network.weights, expected, strict=True))


def test_sentence_of_the_child_is_passed_on(tmp_path: Path) -> None:
    path = tmp_path / "notes.h5"
    path.write_text("hello", encoding="utf-8")
    with pytest.raises(ValueError, match=r"notes\.h5 is not a Keras network; choose"):
        read_in_child(path)


def test_missing_file_is_refused_without_a_child(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subprocess, "Popen", lambda *_, **__: pytest.fail("a child was started"))
    with pytest.raises(ValueError, match="does not exist"):
        read_in_child(tmp_path / "nothing.keras")


@pytest.mark.parametrize(
    "program",
    [
        "import os; os.abort()",
        "import os; os.kill(os.getpid(), 9)",
        "raise SystemExit(3)",
        "raise RuntimeError",
        "print('hello')",
        "print('{}')",
        "print('[' * 100000)",
    ],
)
def test_child_that_comes_to_harm_means_a_damaged_file(
    program: str, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replaced_by(monkeypatch, program)
    with pytest.raises(ValueError, match=r"network\.h5 is damaged: it could not be read"):
        read_in_child(file)


def test_full_disk_is_not_taken_for_a_damaged_file(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = "import sys; print('qtdigits: No space left', file=sys.stderr); sys.exit(1)"
    replaced_by(monkeypatch, program)
    with pytest.raises(OSError, match=r"^No space left$"):
        read_in_child(file)


def test_child_that_takes_too_long_is_ended(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = tmp_path / "pid"
    replaced_by(
        monkeypatch,
        f"import os, time; open({str(note)!r}, 'w').write(str(os.getpid())); time.sleep(99)",
    )
    with pytest.raises(ValueError, match="takes longer"):
        read_in_child(file, longest_s=1.5)
    with pytest.raises(ProcessLookupError):
        os.kill(int(note.read_text()), 0)


LIMITED = """
from qtdigits.ml.foreign.limits import end_with_standard_input, limit_this_process
import h5py, numpy
limit_this_process(2)
end_with_standard_input()
"""


@needs_limits
@pytest.mark.parametrize(
    ("program", "printed", "statuses"),
    [
        ("try: bytearray(2 * 2**30)\nexcept MemoryError: print('refused')", "refused\n", [0]),
        ("while True: pass", "", [-signal.SIGKILL, -signal.SIGXCPU]),
    ],
    ids=["memory", "time"],
)
def test_child_is_limited(program: str, printed: str, statuses: list[int]) -> None:
    read, write = os.pipe()
    try:
        done = subprocess.run(
            [sys.executable, "-c", LIMITED + program],
            stdin=read,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    finally:
        os.close(read)
        os.close(write)
    assert done.stdout == printed
    assert done.returncode in statuses


def test_child_ends_when_its_parent_is_gone() -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", LIMITED + "import time\nprint('ready', flush=True)\ntime.sleep(99)"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdin is not None
    with process.stdout, process.stdin:
        assert process.stdout.readline().strip() == b"ready"
        process.stdin.close()
        assert process.wait(10) == 1

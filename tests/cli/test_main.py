"""The entry point: quick help, plain errors, and streams that may not be there."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

import qtdigits
from qtdigits import __main__ as entry_point
from qtdigits.__main__ import main
from qtdigits.cli.errors import BAD_INPUT, FAILED, INTERRUPTED, PIPE_CLOSED, guarded
from qtdigits.cli.streams import prepare_streams
from qtdigits.core.paths import resource


def test_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"qtdigits {qtdigits.__version__}\n"


@pytest.mark.parametrize("command", [[], ["recognize"], ["evaluate"], ["train"], ["synthetic"]])
def test_help_needs_neither_numpy_nor_qt_nor_keras(command: list[str]) -> None:
    code = (
        "import sys; from qtdigits.__main__ import main\n"
        f"status = main({[*command, '--help']!r})\n"
        "heavy = {'numpy', 'PIL', 'PySide6', 'keras', 'tensorflow'} & set(sys.modules)\n"
        "sys.exit(f'imported {heavy}' if heavy else status)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("usage: qtdigits")


@pytest.mark.parametrize(
    "arguments", [["foo"], ["--foo"], ["recognize"], ["recognize", ""], ["evaluate", "a", "--foo"]]
)
def test_bad_arguments_give_one_sentence_and_status_2(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert len(captured.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("error", "status", "says"),
    [
        (ValueError("seven\nis not eight"), BAD_INPUT, "qtdigits: seven is not eight\n"),
        (KeyboardInterrupt(), INTERRUPTED, "qtdigits: interrupted\n"),
        (BrokenPipeError(), PIPE_CLOSED, ""),
        (OSError(28, "No space left", "out"), FAILED, "qtdigits: out: No space left\n"),
    ],
)
def test_errors_become_a_sentence_and_a_status(
    error: BaseException, status: int, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def work() -> int:
        raise error

    assert guarded(work) == status
    assert capsys.readouterr().err == says


def test_fault_of_the_program_keeps_its_traceback() -> None:
    def work() -> int:
        raise KeyError("fault")

    with pytest.raises(KeyError):
        guarded(work)


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGPIPE on Windows")
def test_closed_pipe_ends_quietly() -> None:
    code = (
        "import sys; from qtdigits.cli.errors import guarded\n"
        "sys.exit(guarded(lambda: sys.stdout.write('1') and 0))"
    )
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-c", code], stdout=writing, stderr=subprocess.PIPE, check=False
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (PIPE_CLOSED, b"")


def test_missing_streams_are_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    prepare_streams()
    sys.stdout.write("nobody reads this")
    sys.stderr.write("nor this")
    sys.stdout.close()
    sys.stderr.close()


def test_shipped_network_reads_the_sample_drawings() -> None:
    samples = resource("samples/digits.jsonl")
    done = subprocess.run(
        [sys.executable, "-m", "qtdigits", "recognize", str(samples)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    labels = [str(json.loads(line)["label"]) for line in samples.read_text().splitlines()]
    assert [line.split()[3] for line in done.stdout.splitlines()] == labels


@pytest.mark.parametrize(
    "arguments", [["page.png"], ["a.jpg", "b"], ["./scan"], ["/home/anna/scan"], ["..", "x y.tiff"]]
)
def test_paths_are_opened_in_the_window(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[list[str]] = []

    def open_window(names: list[str], _preparation: object) -> int:
        opened.append(names)
        return 0

    monkeypatch.setattr(entry_point, "_open_window", open_window)
    assert main(arguments) == 0
    assert opened == [arguments]


@pytest.mark.parametrize("arguments", [["page.png", "--json"], ["--json", "page.png"], ["page"]])
def test_what_is_neither_a_command_nor_paths_opens_no_window(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1

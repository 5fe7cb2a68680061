"""qtdigits recognize over many files, which processes of their own open."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from qtdigits.__main__ import main
from qtdigits.cli import crew, recognizing
from qtdigits.cli.errors import FAILED
from qtdigits.cli.reader_process import ReaderProcess
from qtdigits.core.own_program import command_line
from qtdigits.core.recognizer import Recognizer

Answers = tuple[int, list[dict[str, Any]]]
"""Exit status, and what was printed as JSON."""

COUNT = 130
"""So many files are enough for processes, and are not a whole number of what one gets at once."""
BAD = 70


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """Ones, zeros and dashes in turn, a blank one now and then, and one that is damaged."""
    folder = tmp_path / "many"
    folder.mkdir()
    for at in range(COUNT):
        picture = Image.new("L", (40, 40), "white")
        draw = ImageDraw.Draw(picture)
        match at % 7:
            case 0:
                draw.line((20, 6, 20, 33), fill="black", width=3)
            case 1 | 2:
                draw.ellipse((8, 6, 32, 34), outline="black", width=3)
            case 3:
                draw.line((6, 20, 33, 20), fill="black", width=3)
            case 4 | 5:
                draw.line((10, 6, 10 + at % 3, 30), fill="black", width=2)
                draw.line((30, 6, 30, 30), fill="black", width=2)
        picture.save(folder / f"{at:03}.png")
    (folder / f"{BAD:03}.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    return [str(folder / f"{at:03}.png") for at in range(COUNT)]


@pytest.fixture
def processes(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[subprocess.Popen[bytes]]]:
    """The processes that are started; at the end there is none of them any more."""
    started: list[subprocess.Popen[bytes]] = []

    class Watched(ReaderProcess):
        def __init__(self) -> None:
            super().__init__()
            started.append(self._process)

    monkeypatch.setattr(crew, "ReaderProcess", Watched)
    yield started
    assert [process.poll() for process in started if process.poll() is None] == []


def recognized(capsys: pytest.CaptureFixture[str], arguments: Sequence[str]) -> Answers:
    """Exit status, and what was printed as JSON; the one bad file must have been told."""
    status = main(["recognize", "--json", *arguments])
    captured = capsys.readouterr()
    assert captured.err.count("not a picture that can be read") == 1
    return status, [json.loads(line) for line in captured.out.splitlines()]


def in_one_process(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], files: Sequence[str]
) -> Answers:
    with monkeypatch.context() as context:
        context.setattr(recognizing, "_MANY", COUNT + 1)
        return recognized(capsys, files)


def test_processes_read_as_one_does(
    network: Recognizer,
    files: list[str],
    processes: list[subprocess.Popen[bytes]],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wanted = in_one_process(monkeypatch, capsys, files)
    assert processes == []
    assert recognized(capsys, files) == wanted
    assert processes
    status, answers = wanted
    assert status == 2
    assert [answer["file"] for answer in answers] == files[:BAD] + files[BAD + 1 :]
    assert {answer["text"] for answer in answers} == {"", "0", "1", "11"}


def test_list_on_standard_input_is_read_by_processes_too(
    network: Recognizer,
    files: list[str],
    processes: list[subprocess.Popen[bytes]],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wanted = in_one_process(monkeypatch, capsys, files)
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(files)))
    assert recognized(capsys, ["-"]) == wanted
    assert processes


def test_strokes_files_keep_their_place(
    network: Recognizer,
    files: list[str],
    strokes_file: Path,
    processes: list[subprocess.Popen[bytes]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    _, answers = recognized(capsys, [*files[:40], str(strokes_file), *files[40:]])
    drawings = answers[40:44]
    assert [answer["file"] for answer in drawings] == [str(strokes_file)] * 4
    assert [answer["line"] for answer in drawings] == [1, 2, 3, 4]
    assert [answer["text"] for answer in drawings] == ["1", "0", "", "1"]
    assert answers[44]["file"] == files[40]


def test_words_stand_in_columns(
    network: Recognizer,
    files: list[str],
    processes: list[subprocess.Popen[bytes]],
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["recognize", *files]) == 2
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"{files[0]}  1   90.0 %"
    assert len(lines) == COUNT - 1


def test_files_of_a_killed_process_are_read_by_another(
    network: Recognizer,
    files: list[str],
    processes: list[subprocess.Popen[bytes]],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wanted = in_one_process(monkeypatch, capsys, files)
    read = network.logits
    asked = 0

    def kill_one(images: NDArray[np.float32]) -> NDArray[np.float32]:
        nonlocal asked
        asked += 1
        if asked == 3:
            processes[0].kill()
        return read(images)

    monkeypatch.setattr(network, "logits", kill_one)
    assert recognized(capsys, files) == wanted
    assert asked > 3
    assert any(process.poll() for process in processes)


def test_interrupted_it_says_so_and_leaves_no_process(
    network: Recognizer,
    files: list[str],
    processes: list[subprocess.Popen[bytes]],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def interrupt(images: NDArray[np.float32]) -> NDArray[np.float32]:
        signal.raise_signal(signal.SIGINT)
        pytest.fail("nothing was interrupted")

    monkeypatch.setattr(network, "logits", interrupt)
    # A shell that starts the tests in the background has them ignore this signal.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        assert main(["recognize", *files]) == 130
    finally:
        signal.signal(signal.SIGINT, before)
    assert capsys.readouterr().err == "qtdigits: interrupted\n"
    assert processes


def test_reader_that_hangs_up_ends_it_without_a_word(
    network: Recognizer,
    files: list[str],
    processes: list[subprocess.Popen[bytes]],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Closed(io.StringIO):
        def write(self, text: str) -> int:
            raise BrokenPipeError

    with monkeypatch.context() as context:
        context.setattr("sys.stdout", Closed())
        assert main(["recognize", *files]) == 141
    assert capsys.readouterr().err == ""
    assert processes


def test_network_that_cannot_be_loaded_leaves_no_process(
    files: list[str],
    processes: list[subprocess.Popen[bytes]],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["recognize", "--model", str(tmp_path / "gone.keras"), *files]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert processes


def test_without_processes_the_files_are_read_all_the_same(
    network: Recognizer,
    files: list[str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse() -> None:
        raise OSError(11, "Resource temporarily unavailable")

    wanted = in_one_process(monkeypatch, capsys, files)
    monkeypatch.setattr(crew, "ReaderProcess", refuse)
    assert recognized(capsys, files) == wanted


def test_reader_whose_parent_is_gone_ends_without_a_word() -> None:
    done = subprocess.run(
        [*command_line(), "reader"], stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (FAILED, b"", b"")


def test_reader_is_not_listed(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--help"])
    assert "reader" not in capsys.readouterr().out


@pytest.mark.skipif(sys.platform == "win32", reason="its terminals know no groups")
def test_reader_is_out_of_the_terminals_reach() -> None:
    process = ReaderProcess()
    try:
        assert os.getpgid(process._process.pid) != os.getpgid(0)
    finally:
        process.dismiss()
        process.wait()

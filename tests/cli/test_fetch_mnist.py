"""qtdigits fetch-mnist, and training on what it has fetched; the server is on this computer."""

from __future__ import annotations

import io
import json
import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from file_server import FileServer, fetching_command, serving, without_proxies
from qtdigits.__main__ import main
from qtdigits.cli.errors import FAILED
from qtdigits.core import mnist_download
from qtdigits.core.fetch_events import Fetched, FetchFailed, from_line
from qtdigits.core.mnist_download import MNIST, FetchProgress, RemoteFile, fetched_so_far
from qtdigits.core.paths import mnist_file
from qtdigits.core.training import Report, TrainingConfig, TrainingResult

pytestmark = pytest.mark.internet

CONTENT = random.Random(9).randbytes(100_000)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FileServer]:
    """What serves MNIST, as this process sees it too."""
    without_proxies(monkeypatch)
    with serving(CONTENT) as server:
        remote = server.remote()
        real = mnist_download.fetch

        def fetch(target: Path, report: mnist_download.Report) -> None:
            real(target, report, remote)

        monkeypatch.setattr(mnist_download, "fetch", fetch)
        yield server


def run_child(remote: RemoteFile, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`qtdigits fetch-mnist` as a process, whose standard input stays open."""
    with subprocess.Popen(
        [*fetching_command(remote), "fetch-mnist", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        out, err = child.stdout.read(), child.stderr.read()
        child.wait(60)
    return subprocess.CompletedProcess([], child.returncode, out, err)


def test_fetched_file_is_named(server: FileServer, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fetch-mnist"]) == 0
    printed = capsys.readouterr()
    assert str(mnist_file()) in printed.out
    assert "--data mnist" in printed.out
    assert printed.err == ""
    assert mnist_file().read_bytes() == CONTENT


def test_json_is_one_object(server: FileServer, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fetch-mnist", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"path": str(mnist_file())}


def test_terminal_is_shown_the_progress(
    server: FileServer, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert main(["fetch-mnist"]) == 0
    assert capsys.readouterr().err.endswith("\rMNIST: 0.1 of 0.1 MB\n")


def test_failure_is_one_sentence_and_status_1(
    server: FileServer, capsys: pytest.CaptureFixture[str]
) -> None:
    server.status = 404
    assert main(["fetch-mnist"]) == FAILED
    printed = capsys.readouterr()
    assert printed.out == ""
    (sentence,) = printed.err.splitlines()
    assert sentence.startswith("qtdigits: 127.0.0.1 does not give it (404 Not Found)")


def test_events_and_json_exclude_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fetch-mnist", "--events", "--json"]) == 2
    assert "--events prints nothing but events" in capsys.readouterr().err


def test_events_tell_progress_and_end(server: FileServer) -> None:
    done = run_child(server.remote(), "--events")
    assert (done.returncode, done.stderr) == (0, "")
    first, *_, before, last = [from_line(line) for line in done.stdout.splitlines()]
    assert first == FetchProgress(0, len(CONTENT))
    assert before == FetchProgress(len(CONTENT), len(CONTENT))
    assert last == Fetched(mnist_file())


def test_failed_event_tells_why(server: FileServer) -> None:
    done = run_child(server.remote(sha256="0" * 64), "--events")
    assert done.returncode == FAILED
    last = from_line(done.stdout.splitlines()[-1])
    assert isinstance(last, FetchFailed)
    assert "checksum" in last.sentence


def test_end_of_the_parent_ends_the_child_and_keeps_what_has_come(server: FileServer) -> None:
    server.stall_at = 40_000
    with subprocess.Popen(
        [*fetching_command(server.remote()), "fetch-mnist", "--events"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        for line in child.stdout:
            if from_line(line.decode()) == FetchProgress(40_000, len(CONTENT)):
                break
        child.stdin.close()
        assert child.wait(10) == 3
    assert fetched_so_far(mnist_file()) == 40_000
    assert not mnist_file().exists()


class Trainings(list[tuple[object, Sequence[str]]]):
    """Stands in for ml.train.train: notes the data and their names."""

    def __call__(
        self,
        data: object,
        config: TrainingConfig,
        out: Path,
        report: Report,
        sources: Sequence[str],
        **listening: object,
    ) -> TrainingResult:
        self.append((data, sources))
        return TrainingResult(str(out), "small", 1, 1.0, 1, 10, 0.9, 0, None)


@pytest.fixture
def trainings(monkeypatch: pytest.MonkeyPatch) -> Trainings:
    from qtdigits.ml import train

    stand_in = Trainings()
    monkeypatch.setattr(train, "train", stand_in)
    return stand_in


def test_data_mnist_is_the_fetched_file(trainings: Trainings, tmp_path: Path) -> None:
    from qtdigits.ml.datasets import TrainingData

    file = io.BytesIO()
    images = np.full((100, 28, 28), 9, np.uint8)
    labels = np.arange(100, dtype=np.uint8) % 10
    np.savez(file, x_train=images, y_train=labels, x_test=images[:30], y_test=labels[:30])
    mnist_file().parent.mkdir(parents=True)
    mnist_file().write_bytes(file.getvalue())
    assert main(["train", "--data", "mnist", "--out", str(tmp_path / "a.keras")]) == 0
    ((data, sources),) = trainings
    assert isinstance(data, TrainingData)
    assert len(data.images) + len(data.validation_images) == 100
    assert len(data.test_images) == 30
    assert list(sources) == ["mnist.npz"]


def test_data_mnist_that_was_never_fetched_says_how_to_get_it(
    server: FileServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["train", "--data", "mnist", "--out", str(tmp_path / "a.keras")]) == 2
    said = capsys.readouterr().err
    assert "fetch it once by 'qtdigits fetch-mnist'" in said
    assert "--data mnist.npz" in said
    assert server.asked == []


def test_help_names_the_place_and_the_size(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fetch-mnist", "--help"]) == 0
    said = capsys.readouterr().out
    assert MNIST.host in said
    assert f"{MNIST.size / 1e6:.1f} MB" in said


def test_help_needs_no_network_library() -> None:
    code = (
        "import sys; from qtdigits.__main__ import main\n"
        "status = main(['fetch-mnist', '--help'])\n"
        "heavy = {'urllib.request', 'ssl', 'numpy', 'PySide6', 'keras'} & set(sys.modules)\n"
        "sys.exit(f'imported {heavy}' if heavy else status)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")

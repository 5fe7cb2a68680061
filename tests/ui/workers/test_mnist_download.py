"""MNIST is fetched by a real child process from a server on this computer."""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from file_server import FileServer, fetching_command, serving, without_proxies
from qtdigits.core.mnist_download import FetchProgress, fetched_so_far
from qtdigits.core.paths import mnist_file
from qtdigits.ui.workers import mnist_download
from qtdigits.ui.workers.mnist_download import MnistDownload

CHILD_MS = 60_000
CONTENT = random.Random(7).randbytes(200_000)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FileServer]:
    without_proxies(monkeypatch)
    with serving(CONTENT) as server:
        remote = server.remote()
        monkeypatch.setattr(mnist_download, "command_line", lambda: fetching_command(remote))
        yield server


@pytest.fixture
def download(qtbot: QtBot) -> Iterator[MnistDownload]:
    download = MnistDownload()
    yield download
    download.shutdown()


def is_gone(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return True
    return False


def start_and_stall(server: FileServer, download: MnistDownload, qtbot: QtBot) -> None:
    """Begin a download that stands still after its first half."""
    server.stall_at = len(CONTENT) // 2
    with qtbot.waitSignal(
        download.progressed, timeout=CHILD_MS, check_params_cb=lambda p: p.done == server.stall_at
    ):
        download.start()


def test_file_is_fetched_with_progress(
    server: FileServer, download: MnistDownload, qtbot: QtBot
) -> None:
    reports: list[FetchProgress] = []
    download.progressed.connect(reports.append)
    with qtbot.waitSignal(download.finished, timeout=CHILD_MS) as finished:
        download.start()
        assert download.is_running
        download.start()  # ignored
    assert finished.args == [mnist_file()]
    assert mnist_file().read_bytes() == CONTENT
    assert reports[-1] == FetchProgress(len(CONTENT), len(CONTENT))
    assert not download.is_running
    assert server.asked == [""]


def test_reason_is_told_as_a_sentence(
    server: FileServer, download: MnistDownload, qtbot: QtBot
) -> None:
    server.status = 404
    with qtbot.waitSignal(download.failed, timeout=CHILD_MS) as failed:
        download.start()
    assert failed.args[0].startswith("127.0.0.1 does not give it (404 Not Found)")
    assert failed.args[0].endswith(".")
    assert not download.is_running


@pytest.mark.skipif(os.name != "posix", reason="asks for the process by its id")
def test_cancel_ends_the_child_and_the_next_one_goes_on(
    server: FileServer, download: MnistDownload, qtbot: QtBot
) -> None:
    start_and_stall(server, download, qtbot)
    process_id = download.process_id
    with qtbot.waitSignal(download.cancelled, timeout=5000):
        download.cancel()
    assert is_gone(process_id)
    assert fetched_so_far(mnist_file()) == server.stall_at
    asked = f"bytes={server.stall_at}-"
    server.stall_at = None
    with qtbot.waitSignal(download.finished, timeout=CHILD_MS):
        download.start()
    assert server.asked == ["", asked]
    assert mnist_file().read_bytes() == CONTENT


@pytest.mark.skipif(os.name != "posix", reason="asks for the process by its id")
def test_shutdown_leaves_no_child(
    server: FileServer, download: MnistDownload, qtbot: QtBot
) -> None:
    start_and_stall(server, download, qtbot)
    process_id = download.process_id
    with qtbot.assertNotEmitted(download.failed):
        download.shutdown()
    assert is_gone(process_id)
    assert not download.is_running


def test_child_that_dies_is_a_sentence(
    download: MnistDownload, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = [sys.executable, "-c", "import os; os._exit(9)"]
    monkeypatch.setattr(mnist_download, "command_line", lambda: command)
    with qtbot.waitSignal(download.failed, timeout=CHILD_MS) as failed:
        download.start()
    assert failed.args == ["Fetching ended without a result; what has come is kept."]


def test_child_that_cannot_be_started_is_a_sentence(
    download: MnistDownload, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mnist_download, "command_line", lambda: ["/nowhere/qtdigits"])
    with qtbot.waitSignal(download.failed, timeout=CHILD_MS) as failed:
        download.start()
    assert failed.args[0].startswith("Fetching could not be started")
    assert not download.is_running

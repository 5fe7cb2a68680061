"""Fetching MNIST from a server on this computer: whole, in parts, and all that can go wrong."""

from __future__ import annotations

import gc
import os
import random
import shutil
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from file_server import FileServer, serving, without_proxies
from qtdigits.core.file_lock import FileLock
from qtdigits.core.mnist_download import (
    MNIST,
    FetchProgress,
    Limits,
    NotFetchedError,
    RemoteFile,
    fetch,
    fetched_so_far,
    part_of,
)

pytestmark = pytest.mark.internet

CONTENT = random.Random(4).randbytes(300_000)
PATIENT = Limits()
HASTY = Limits(answer_s=0.5, stall_s=1, total_s=60)
OLDER = b"an older file"


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    without_proxies(monkeypatch)


@pytest.fixture
def server() -> Iterator[FileServer]:
    with serving(CONTENT) as server:
        yield server


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "data" / "mnist.npz"


def get(target: Path, remote: RemoteFile, limits: Limits = PATIENT) -> list[FetchProgress]:
    reports: list[FetchProgress] = []
    fetch(target, reports.append, remote, limits)
    return reports


def refused(target: Path, remote: RemoteFile, limits: Limits = PATIENT) -> str:
    """The sentence with which fetching fails."""
    with pytest.raises(NotFetchedError) as error:
        get(target, remote, limits)
    sentence = str(error.value)
    assert "\n" not in sentence
    assert not sentence.endswith(".")
    return sentence


def put_part(target: Path, content: bytes) -> None:
    target.parent.mkdir(exist_ok=True)
    part_of(target).write_bytes(content)


def test_file_is_fetched_whole_with_progress(server: FileServer, target: Path) -> None:
    reports = get(target, server.remote())
    assert target.read_bytes() == CONTENT
    assert not part_of(target).exists()
    done = [report.done for report in reports]
    assert done[0] == 0
    assert done == sorted(done)
    assert reports[-1] == FetchProgress(len(CONTENT), len(CONTENT))


def test_file_that_is_there_is_not_asked_for_again(server: FileServer, target: Path) -> None:
    get(target, server.remote())
    assert get(target, server.remote()) == [FetchProgress(len(CONTENT), len(CONTENT))]
    assert server.asked == [""]


def test_damaged_file_is_fetched_anew(server: FileServer, target: Path) -> None:
    target.parent.mkdir()
    target.write_bytes(OLDER)
    get(target, server.remote())
    assert target.read_bytes() == CONTENT


def test_connection_that_breaks_off_is_resumed(server: FileServer, target: Path) -> None:
    server.cut_at = 100_000
    assert "broke off" in refused(target, server.remote())
    assert fetched_so_far(target) == 100_000
    server.cut_at = None
    reports = get(target, server.remote())
    assert reports[0].done == 100_000
    assert server.asked == ["", "bytes=100000-"]
    assert target.read_bytes() == CONTENT


def test_server_that_cannot_resume_sends_all(server: FileServer, target: Path) -> None:
    put_part(target, CONTENT[:5000])
    server.knows_ranges = False
    reports = get(target, server.remote())
    assert reports[0].done == 0
    assert target.read_bytes() == CONTENT


def test_whole_part_file_needs_no_network(target: Path) -> None:
    put_part(target, CONTENT)
    with serving(CONTENT) as server:
        remote = server.remote()
    get(target, remote)
    assert server.asked == []
    assert target.read_bytes() == CONTENT


def test_part_file_that_is_too_long_is_thrown_away(server: FileServer, target: Path) -> None:
    put_part(target, CONTENT + b"more")
    get(target, server.remote())
    assert server.asked == [""]
    assert target.read_bytes() == CONTENT


@pytest.mark.parametrize("said", ["bytes 0-299999/300000", "bytes 5000-9/10", "nonsense", "*"])
def test_another_part_than_the_one_asked_for_is_refused(
    server: FileServer, target: Path, said: str
) -> None:
    put_part(target, CONTENT[:5000])
    server.range_answered = said
    assert "another file" in refused(target, server.remote())
    assert fetched_so_far(target) == 0


def test_file_of_another_size_is_refused(server: FileServer, target: Path) -> None:
    remote = server.remote()
    server.content += b"more"
    assert "another file" in refused(target, remote)


def test_part_beyond_the_end_of_the_file_is_refused(server: FileServer, target: Path) -> None:
    remote = server.remote()
    server.content = CONTENT[:1000]
    put_part(target, CONTENT[:5000])
    assert "another file" in refused(target, remote)
    assert fetched_so_far(target) == 0


def test_wrong_checksum_leaves_nothing_and_keeps_the_older_file(
    server: FileServer, target: Path
) -> None:
    target.parent.mkdir()
    target.write_bytes(OLDER)
    assert "checksum" in refused(target, server.remote(sha256="0" * 64))
    assert target.read_bytes() == OLDER
    assert not part_of(target).exists()


def test_server_that_falls_silent_meets_the_time_limit(server: FileServer, target: Path) -> None:
    server.stall_at = 50_000
    limits = Limits(answer_s=20, stall_s=1, total_s=60)
    sentence = refused(target, server.remote(), limits)
    assert sentence.startswith("nothing came from 127.0.0.1 for 1 s; what has come is kept")
    assert fetched_so_far(target) == 50_000


def test_server_that_never_answers_meets_the_time_limit(server: FileServer, target: Path) -> None:
    server.stall_at = 0
    assert "127.0.0.1 does not answer" in refused(target, server.remote(), HASTY)


def test_whole_download_meets_the_time_limit(server: FileServer, target: Path) -> None:
    limits = Limits(total_s=0)
    assert "it took longer than 0 minutes" in refused(target, server.remote(), limits)


@pytest.mark.parametrize(
    ("status", "words"),
    [(404, "404 Not Found"), (403, "403 Forbidden"), (503, "503 Service"), (599, "(599)")],
)
def test_status_is_told(server: FileServer, target: Path, status: int, words: str) -> None:
    server.status = status
    assert words in refused(target, server.remote())


@pytest.mark.parametrize("place", ["https://127.0.0.1/", "file:///etc/passwd", "/elsewhere"])
def test_redirection_is_not_followed(server: FileServer, target: Path, place: str) -> None:
    server.location = place
    assert "sends us elsewhere (302 Found)" in refused(target, server.remote())
    assert len(server.asked) == 1


def test_refused_connection_asks_for_the_internet(target: Path) -> None:
    with serving(CONTENT) as server:
        remote = server.remote()
    assert "cannot be reached; connect this computer" in refused(target, remote)


def test_unknown_name_asks_for_the_internet(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def fail(*args: object, **kwargs: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    assert "storage.googleapis.com was not found" in refused(target, MNIST)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (407, "wants a name and a password; ask whoever runs your network"),
        (403, "does not let qtdigits through to storage.googleapis.com (403)"),
    ],
)
def test_proxy_that_refuses_is_named_without_its_password(
    server: FileServer,
    target: Path,
    monkeypatch: pytest.MonkeyPatch,
    status: int,
    words: str,
) -> None:
    monkeypatch.setenv("https_proxy", f"http://ann:secret@127.0.0.1:{server.port}")
    server.status = status
    sentence = refused(target, MNIST)
    assert f"the proxy 127.0.0.1:{server.port} {words}" in sentence
    assert "secret" not in sentence


def test_proxy_that_hangs_meets_the_time_limit(
    server: FileServer, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", server.address)
    server.stall_at = 0
    with warnings.catch_warnings():
        # Python 3.11.2, which Debian 12 has, leaves the proxy's closed socket to the collector.
        warnings.simplefilter("ignore", ResourceWarning)
        assert f"the proxy 127.0.0.1:{server.port} does not answer" in refused(target, MNIST, HASTY)
        gc.collect()


@pytest.mark.parametrize("proxy", ["http://127.0.0.1:{port}", "127.0.0.1:{port}"])
def test_proxy_that_is_gone_is_named(
    target: Path, monkeypatch: pytest.MonkeyPatch, proxy: str
) -> None:
    with serving(CONTENT) as server:
        monkeypatch.setenv("https_proxy", proxy.format(port=server.port))
    assert f"the proxy 127.0.0.1:{server.port} cannot be reached" in refused(target, MNIST)


def test_proxy_address_that_is_none_is_a_sentence(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", "http://proxy:port")
    assert "the proxy proxy:port cannot be reached" in refused(target, MNIST)


def test_second_download_at_once_is_refused(server: FileServer, target: Path) -> None:
    target.parent.mkdir()
    lock = FileLock(target.with_name("mnist.npz.lock"))
    assert lock.take()
    try:
        assert "already by another qtdigits" in refused(target, server.remote())
    finally:
        lock.release()
    get(target, server.remote())


def test_too_little_space_is_told_beforehand(
    server: FileServer, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(target.parent.parent)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=9))
    assert "the disk is full: 0.3 MB are needed" in refused(target, server.remote())
    assert server.asked == []


@pytest.mark.skipif(os.name != "posix", reason="there are no limits on files elsewhere")
def test_disk_that_fills_up_keeps_what_has_come(server: FileServer, target: Path) -> None:
    program = (
        "import resource, sys; from pathlib import Path\n"
        "from qtdigits.core.mnist_download import *\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))\n"
        f"remote = {server.remote()!r}\n"
        f"try: fetch(Path({str(target)!r}), lambda _: None, remote)\n"
        "except NotFetchedError as error: sys.exit(str(error))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stderr.startswith("the disk is full; free some space")
    assert fetched_so_far(target) == 100_000
    get(target, server.remote())
    assert target.read_bytes() == CONTENT


def test_place_that_cannot_be_written_is_told(server: FileServer, tmp_path: Path) -> None:
    (tmp_path / "data").write_bytes(b"a file where the folder should be")
    sentence = refused(tmp_path / "data" / "mnist.npz", server.remote())
    assert sentence.startswith(f"{tmp_path / 'data'} cannot be written (File exists)")


def test_folder_at_the_place_of_the_part_file_is_told(server: FileServer, target: Path) -> None:
    part_of(target).mkdir(parents=True)
    assert "cannot be written" in refused(target, server.remote())


@pytest.mark.skipif(os.name != "posix", reason="there is no SIGKILL elsewhere")
def test_download_that_is_killed_goes_on_where_it_was(server: FileServer, target: Path) -> None:
    program = (
        "import os, signal; from pathlib import Path\n"
        "from qtdigits.core.mnist_download import *\n"
        "def report(progress):\n"
        "    if progress.done > 50_000: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"fetch(Path({str(target)!r}), report, {server.remote()!r})\n"
    )
    done = subprocess.run([sys.executable, "-c", program], timeout=60, check=False)
    assert done.returncode == -9
    reports = get(target, server.remote())
    assert 50_000 < reports[0].done < len(CONTENT)
    assert target.read_bytes() == CONTENT


def test_mnist_is_the_file_that_keras_fetches() -> None:
    import importlib.util

    found = importlib.util.find_spec("keras")
    assert found is not None
    assert found.origin is not None
    loader = Path(found.origin).parent / "src" / "datasets" / "mnist.py"
    source = loader.read_text(encoding="utf-8")
    folder, _, name = MNIST.url.rpartition("/")
    assert f"{folder}/" in source
    assert f"{{origin_folder}}{name}" in source
    assert MNIST.sha256 in source

"""A web server on this computer with one file, and all the ways in which fetching it can fail."""

from __future__ import annotations

import hashlib
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from qtdigits.core.mnist_download import RemoteFile


@dataclass
class FileServer:
    """What the server offers, how it misbehaves, and what it was asked for."""

    content: bytes
    port: int = 0
    status: int = HTTPStatus.OK
    """Another one is all that it answers, also as a proxy."""
    location: str = ""
    """Where it redirects to."""
    cut_at: int | None = None
    """The connection breaks off after so many bytes of the file."""
    stall_at: int | None = None
    """From this byte on it sends nothing until it is released, 0: not even an answer."""
    knows_ranges: bool = True
    range_answered: str = ""
    """Sent in place of the right Content-Range."""
    asked: list[str] = field(default_factory=list)
    """The range that each request asked for, '' for the whole file."""
    released: threading.Event = field(default_factory=threading.Event)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def remote(self, sha256: str = "") -> RemoteFile:
        """The file as it is to be fetched; its checksum, or a wrong one."""
        right = hashlib.sha256(self.content).hexdigest()
        return RemoteFile(f"{self.address}/mnist.npz", len(self.content), sha256 or right)


def without_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    """The proxies of the machine that tests are run on have no say."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def fetching_command(remote: RemoteFile) -> list[str]:
    """Starts the program's command line, to which `remote` is MNIST."""
    program = (
        "import functools, sys\n"
        "from qtdigits.core import mnist_download\n"
        "from qtdigits.core.mnist_download import RemoteFile\n"
        f"mnist_download.fetch = functools.partial(mnist_download.fetch, remote={remote!r})\n"
        "from qtdigits.__main__ import main\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    return [sys.executable, "-P", "-c", program]


@contextmanager
def serving(content: bytes) -> Iterator[FileServer]:
    """Serve a file; when this ends, no thread and no socket is left."""
    offered = FileServer(content)

    class Handler(_Handler):
        server_state = offered

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = False  # so that closing the server waits for them
        offered.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), name="file server")
        thread.start()
        try:
            yield offered
        finally:
            offered.released.set()
            server.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    server_state: FileServer

    def do_GET(self) -> None:
        with suppress(ConnectionError):  # those who cancel hang up
            self._answer()

    def do_CONNECT(self) -> None:
        """As a proxy it lets nobody through."""
        if self.server_state.stall_at == 0:
            self.server_state.released.wait()
        self.send_error(self.server_state.status)

    def _answer(self) -> None:
        state = self.server_state
        wanted = self.headers.get("Range", "")
        state.asked.append(wanted)
        if state.stall_at == 0:
            state.released.wait()
        if state.location:
            self.send_response(HTTPStatus.FOUND)
            self.send_header("Location", state.location)
            self.end_headers()
            return
        if state.status != HTTPStatus.OK:
            self.send_error(state.status)
            return
        start = self._start(wanted)
        if start >= len(state.content):
            self.send_error(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
            return
        self._send_head(start)
        self._send_body(start)

    def _start(self, wanted: str) -> int:
        found = re.fullmatch(r"bytes=(\d+)-", wanted)
        return int(found[1]) if found and self.server_state.knows_ranges else 0

    def _send_head(self, start: int) -> None:
        state = self.server_state
        size = len(state.content)
        self.send_response(HTTPStatus.PARTIAL_CONTENT if start else HTTPStatus.OK)
        if start:
            said = state.range_answered or f"bytes {start}-{size - 1}/{size}"
            self.send_header("Content-Range", said)
        self.send_header("Content-Length", str(size - start))
        self.end_headers()

    def _send_body(self, start: int) -> None:
        state = self.server_state
        end = len(state.content) if state.cut_at is None else state.cut_at
        stall = end if state.stall_at is None else state.stall_at
        self.wfile.write(state.content[start:stall])
        if stall < end:
            state.released.wait()
            self.wfile.write(state.content[max(start, stall) : end])

    def log_message(self, format: str, *args: object) -> None:
        """Tests keep quiet."""

"""One request: what waits for it, and whom it trusts."""

from __future__ import annotations

import ssl
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest

from file_server import serving, without_proxies
from qtdigits.core import web_request
from qtdigits.core.web_request import request


@pytest.mark.internet
def test_answer_that_comes_too_late_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    without_proxies(monkeypatch)
    with serving(b"late") as server:
        server.stall_at = 0
        with pytest.raises(TimeoutError):
            request(server.address, {}, answer_s=0.1, stall_s=60)
        (waiting,) = [one for one in threading.enumerate() if one.name == "web request"]
        server.released.set()
        waiting.join(20)
        assert not waiting.is_alive()  # a socket left open would fail the test as a warning


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://127.0.0.1/", "data:,x"])
def test_other_kinds_of_addresses_are_refused(url: str) -> None:
    with pytest.raises(OSError, match="unknown url type"):
        request(url, {}, answer_s=20, stall_s=20)


@pytest.mark.parametrize("is_known", [True, False])
def test_certificates_of_the_system_are_found(
    is_known: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A Python that was built on another system looks for them where they are not."""
    loaded: list[str] = []

    class Context:
        def load_verify_locations(self, file: str) -> None:
            loaded.append(file)

    places = [tmp_path / "missing.pem", tmp_path / "here.pem", tmp_path / "too.pem"]
    for place in places[1:]:
        place.touch()
    known = SimpleNamespace(cafile=str(places[1]) if is_known else None, capath=None)
    monkeypatch.setattr(ssl, "create_default_context", Context)
    monkeypatch.setattr(ssl, "get_default_verify_paths", lambda: known)
    monkeypatch.setattr(web_request, "_CERTIFICATES", tuple(map(str, places)))
    web_request._context()
    assert loaded == ([] if is_known else [str(places[1])])

"""One careful HTTP request: by the system's proxies, with a time limit, and to no other place."""

from __future__ import annotations

import http.client
import os
import queue
import ssl
import threading
import urllib.request
from collections.abc import Callable, Mapping
from typing import Final

_CERTIFICATES: Final = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
)
"""Where systems keep what a Python that was built on another one does not find."""


def request(
    url: str, headers: Mapping[str, str], *, answer_s: float, stall_s: float
) -> http.client.HTTPResponse:
    """Ask for an address; what is not answered with success within answer_s seconds is an error.

    Reading from the response raises TimeoutError when nothing comes for stall_s seconds. A
    redirection is an HTTPError, like any status but 200 to 299. Raises OSError, of which URLError
    is one kind and TimeoutError another, HTTPException, and ValueError for a proxy's address that
    is none.
    """
    asked = urllib.request.Request(url, headers=dict(headers))

    def ask() -> http.client.HTTPResponse:
        response: http.client.HTTPResponse = _opener().open(asked, timeout=stall_s)
        return response

    return _within(answer_s, ask)


def _opener() -> urllib.request.OpenerDirector:
    """Speaks HTTP and HTTPS and nothing else; it has no handler for redirections either."""
    opener = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.UnknownHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(context=_context()),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.HTTPDefaultErrorHandler(),
    ):
        opener.add_handler(handler)
    return opener


def _context() -> ssl.SSLContext:
    context = ssl.create_default_context()
    known = ssl.get_default_verify_paths()
    if known.cafile is None and known.capath is None:
        for file in filter(os.path.isfile, _CERTIFICATES):
            context.load_verify_locations(file)
            break
    return context


def _within(
    seconds: float, ask: Callable[[], http.client.HTTPResponse]
) -> http.client.HTTPResponse:
    """What `ask` returns or raises; TimeoutError if that takes too long.

    Looking up a name cannot be interrupted, and the many addresses behind one name are tried in
    turn, each with a time limit of its own: hence a thread, which is left to itself then.
    """
    answers: queue.SimpleQueue[http.client.HTTPResponse | Exception] = queue.SimpleQueue()
    is_late = threading.Event()

    def work() -> None:
        try:
            response = ask()
        except Exception as error:  # all of them are raised by the one who waits
            answers.put(error)
            return
        answers.put(response)
        if is_late.is_set():
            response.close()

    threading.Thread(target=work, name="web request", daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except queue.Empty:
        is_late.set()
        raise TimeoutError from None
    if isinstance(answer, Exception):
        raise answer
    return answer

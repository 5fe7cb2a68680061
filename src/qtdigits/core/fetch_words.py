"""Why a file could not be fetched, in one sentence that says what to do."""

from __future__ import annotations

import errno
import socket
import ssl
import urllib.error
import urllib.request
from http import HTTPStatus
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

_FULL: Final = (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC))
_TUNNEL: Final = "Tunnel connection failed: "
"""What http.client says before the status with which a proxy refuses to connect."""
_OWN: Final = "or use the file you have"
_ASK: Final = f"ask whoever runs your network, {_OWN}"


def why_not_written(error: OSError, folder: Path) -> str:
    """The sentence for a file that could not be written into a folder."""
    if error.errno in _FULL:
        return f"the disk is full; free some space and go on fetching, {_OWN}"
    reason = error.strerror or str(error)
    return f"{folder} cannot be written ({reason}); change its permissions, {_OWN}"


def why_no_answer(error: Exception, url: str) -> str:
    """The sentence for a request that brought nothing."""
    host = urlsplit(url).hostname or url
    proxy = _proxy_of(url)
    if isinstance(error, urllib.error.HTTPError):
        return _refused(error.code, host, proxy)
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    if str(reason).startswith(_TUNNEL):
        return _not_let_through(str(reason).removeprefix(_TUNNEL)[:3], host, proxy)
    if isinstance(reason, ssl.SSLCertVerificationError):
        return (
            f"the answer did not come from {host} itself (its certificate is not trusted), as "
            f"behind some filters; {_ASK}"
        )
    who = f"the proxy {proxy}" if proxy else host
    if isinstance(reason, TimeoutError):
        return f"{who} does not answer; try again later, {_OWN}"
    if proxy:
        return f"{who} cannot be reached; check the proxy of this computer, {_OWN}"
    if isinstance(reason, socket.gaierror):
        return f"{who} was not found; connect this computer to the internet, {_OWN}"
    return f"{who} cannot be reached; connect this computer to the internet, {_OWN}"


def _refused(code: int, host: str, proxy: str) -> str:
    """The sentence for a status that is no success."""
    if code == HTTPStatus.PROXY_AUTHENTICATION_REQUIRED:
        return _not_let_through(str(code), host, proxy)
    if 300 <= code < 400:
        return (
            f"{host} sends us elsewhere ({_status(code)}), which qtdigits does not follow; "
            f"try again later, {_OWN}"
        )
    return f"{host} does not give it ({_status(code)}); try again later, {_OWN}"


def _not_let_through(code: str, host: str, proxy: str) -> str:
    who = f"the proxy {proxy}" if proxy else "a proxy"
    if code == str(HTTPStatus.PROXY_AUTHENTICATION_REQUIRED.value):
        return f"{who} wants a name and a password; {_ASK}"
    return f"{who} does not let qtdigits through to {host} ({code}); {_ASK}"


def _status(code: int) -> str:
    """A status with the standard's words for it, for the server's own may be anything."""
    try:
        return f"{code} {HTTPStatus(code).phrase}"
    except ValueError:
        return str(code)


def _proxy_of(url: str) -> str:
    """The proxy in the way to an address, as host:port without its password; '' if none is."""
    parts = urlsplit(url)
    proxy = urllib.request.getproxies().get(parts.scheme, "")
    if not proxy or urllib.request.proxy_bypass(parts.hostname or ""):
        return ""
    return urlsplit(proxy if "://" in proxy else f"//{proxy}").netloc.rpartition("@")[2]

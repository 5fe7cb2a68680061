"""Fetching MNIST, once and on request: the only use that the program makes of the network.

What has come lies in a part file beside its place, so that a later call goes on where this one
ended, however it ended: the part file only grows, the SHA-256 of the whole decides, and one rename
puts it in place. Resuming needs no If-Range: another file at the server cannot pass the checksum.
"""

from __future__ import annotations

import hashlib
import http.client
import os
import shutil
import time
import urllib.error
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from io import FileIO
from pathlib import Path
from typing import Final

from qtdigits import __version__
from qtdigits.core.fetch_words import why_no_answer, why_not_written
from qtdigits.core.file_lock import FileLock
from qtdigits.core.mnist_file import MNIST as MNIST
from qtdigits.core.mnist_file import FetchProgress as FetchProgress
from qtdigits.core.mnist_file import RemoteFile as RemoteFile
from qtdigits.core.mnist_file import fetched_so_far as fetched_so_far
from qtdigits.core.mnist_file import part_of as part_of
from qtdigits.core.web_request import request

_CHUNK: Final = 1 << 16


@dataclass(frozen=True, slots=True)
class Limits:
    """How long to wait, in seconds: for an answer, for the next bytes, and in all."""

    answer_s: float = 20.0
    stall_s: float = 30.0
    total_s: float = 1800.0


_LIMITS: Final = Limits()


Report = Callable[[FetchProgress], None]


class NotFetchedError(OSError):
    """The file is not here, for the reason that one sentence tells."""


def fetch(
    target: Path, report: Report, remote: RemoteFile = MNIST, limits: Limits = _LIMITS
) -> None:
    """Fetch the file to `target`, or go on fetching it; one that is there is fetched no more.

    The process may be killed at any time. Raises NotFetchedError; a file that lies at `target`
    stays as it was then.
    """
    with _writing(target.parent):
        target.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(target.with_name(f"{target.name}.lock"))
        is_mine = lock.take(or_go_without=True)
    if not is_mine:
        raise NotFetchedError("it is being fetched already by another qtdigits; wait for that one")
    try:
        if not _is_right(target, remote):
            _fetch_part(target, report, remote, limits)
            _put_in_place(part_of(target), target, remote)
        report(FetchProgress(remote.size, remote.size))
    finally:
        lock.release()


def _fetch_part(target: Path, report: Report, remote: RemoteFile, limits: Limits) -> None:
    """Let the part file grow until it has its whole size."""
    ends = time.monotonic() + limits.total_s
    part = part_of(target)
    have = fetched_so_far(target)
    if have == remote.size:
        return
    if have > remote.size:
        _throw_away(part)
        have = 0
    _check_space(part.parent, remote.size - have)
    with _answer(part, have, remote, limits) as response:
        have = _begins_at(response, part, have, remote)
        report(FetchProgress(have, remote.size))
        with _writing(part.parent):
            file = FileIO(part, "ab" if have else "wb")
        with file:
            while have < remote.size:
                if time.monotonic() > ends:
                    raise NotFetchedError(_took_too_long(limits))
                chunk = _next_chunk(response, remote.size - have, remote, limits)
                with _writing(part.parent):
                    _write_all(file, chunk)
                have += len(chunk)
                report(FetchProgress(have, remote.size))


def _answer(part: Path, have: int, remote: RemoteFile, limits: Limits) -> http.client.HTTPResponse:
    """Ask for what is missing."""
    headers = {"User-Agent": f"qtdigits/{__version__}"}
    if have:
        headers["Range"] = f"bytes={have}-"
    try:
        return request(remote.url, headers, answer_s=limits.answer_s, stall_s=limits.stall_s)
    except urllib.error.HTTPError as error:
        error.close()
        if error.code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
            _throw_away(part)
            raise NotFetchedError(_another_file(remote)) from error
        raise NotFetchedError(why_no_answer(error, remote.url)) from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NotFetchedError(why_no_answer(error, remote.url)) from error


def _begins_at(
    response: http.client.HTTPResponse, part: Path, have: int, remote: RemoteFile
) -> int:
    """Where in the file the answer begins: at its start where the server cannot resume."""
    if response.status == HTTPStatus.PARTIAL_CONTENT:
        wanted = f"bytes {have}-{remote.size - 1}/{remote.size}"
        if response.headers.get("Content-Range", "").strip() == wanted:
            return have
    elif response.status == HTTPStatus.OK and response.length in (None, remote.size):
        return 0
    _throw_away(part)
    raise NotFetchedError(_another_file(remote))


def _next_chunk(
    response: http.client.HTTPResponse, most: int, remote: RemoteFile, limits: Limits
) -> bytes:
    """What comes next, never more than is missing."""
    try:
        chunk = response.read1(min(_CHUNK, most))
    except TimeoutError as error:
        raise NotFetchedError(
            f"nothing came from {remote.host} for {limits.stall_s:.0f} s; what has come is kept, "
            "so go on fetching later"
        ) from error
    except (OSError, http.client.HTTPException, ValueError):
        chunk = b""
    if not chunk:
        raise NotFetchedError(
            f"the connection to {remote.host} broke off; what has come is kept, so go on fetching"
        )
    return chunk


def _write_all(file: FileIO, chunk: bytes) -> None:
    """Write a chunk to a file that may take less at once than it is given."""
    left = memoryview(chunk)
    while left:
        left = left[file.write(left) :]


def _put_in_place(part: Path, target: Path, remote: RemoteFile) -> None:
    """Move a part file that is whole and right to its place."""
    with _writing(part.parent):
        with open(part, "rb+") as file:
            os.fsync(file.fileno())
        if _is_right(part, remote):
            os.replace(part, target)
            return
    _throw_away(part)
    raise NotFetchedError(
        "what came is damaged (its checksum is wrong) and was thrown away; fetch it again, or use "
        "the file you have"
    )


def _is_right(file: Path, remote: RemoteFile) -> bool:
    """Whether the whole, undamaged file lies there."""
    try:
        with open(file, "rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest() == remote.sha256
    except OSError:
        return False


def _check_space(folder: Path, needed: int) -> None:
    with _writing(folder):
        free = shutil.disk_usage(folder).free
    if free < needed:
        raise NotFetchedError(
            f"the disk is full: {needed / 1e6:.1f} MB are needed; free some space and try again"
        )


def _throw_away(part: Path) -> None:
    with _writing(part.parent):
        part.unlink(missing_ok=True)


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    """Where only a file is worked on, an OSError is about the folder."""
    try:
        yield
    except OSError as error:
        raise NotFetchedError(why_not_written(error, folder)) from error


def _took_too_long(limits: Limits) -> str:
    return (
        f"it took longer than {limits.total_s / 60:.0f} minutes; what has come is kept, so go on "
        "fetching when the connection is faster"
    )


def _another_file(remote: RemoteFile) -> str:
    return (
        f"what {remote.host} offers is another file than the one wanted; try again later, or use "
        "the file you have"
    )

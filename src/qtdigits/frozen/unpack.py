"""Unpacking a part into a folder, by as many threads as the machine has use for."""

from __future__ import annotations

import os
import threading
from bisect import bisect_right
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import accumulate
from pathlib import Path
from typing import Final

import zstandard

from qtdigits.frozen.part import Chunk, DamagedPartError, Index, Part, PartFile

UNPACKED_NS: Final = 946_684_800_000_000_000
"""The time of change that every unpacked file is given, the year 2000: a later one betrays that
the file was altered."""
_MOST_THREADS: Final = 4

Progress = Callable[[float], None]
"""Is told which share, 0..1, has been done."""


def unpack(part: Part, folder: Path, progress: Progress) -> None:
    """Write all files of the part below a folder; raises OSError and DamagedPartError.

    What progress raises ends the unpacking, too.
    """
    index = part.index
    for parent in sorted({str(Path(file.path).parent) for file in index.files}):
        (folder / parent).mkdir(parents=True, exist_ok=True)
    regular = [file for file in index.files if not file.link]
    writer = _Writer(index, folder, regular)
    done = _Counter(len(index.chunks), progress)

    def work(number: int, chunk: Chunk) -> None:
        with part.file.open("rb") as source:
            frame = part.compressed(chunk, source)
        try:
            content = zstandard.ZstdDecompressor().decompress(
                frame, max_output_size=index.chunk_size
            )
        except zstandard.ZstdError:
            raise DamagedPartError(f"{part.file} is damaged; fetch or build it again") from None
        writer.write(number * index.chunk_size, content)
        done.add()

    with ThreadPoolExecutor(_threads(), thread_name_prefix="unpack") as pool:
        try:
            for future in [pool.submit(work, n, chunk) for n, chunk in enumerate(index.chunks)]:
                future.result()
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    for file in regular:
        os.utime(folder / file.path, ns=(UNPACKED_NS, UNPACKED_NS))
    for file in index.files:
        if file.link:
            (folder / file.path).symlink_to(file.link)


def is_as_unpacked(index: Index, folder: Path) -> bool:
    """Whether all files lie there with the right size, unaltered, and are nobody else's."""
    owners = {os.geteuid(), 0} if os.name == "posix" else None
    try:
        for file in index.files:
            status = os.lstat(folder / file.path)
            if file.link:
                continue
            if status.st_size != file.size or status.st_mtime_ns != UNPACKED_NS:
                return False
            if owners is not None and status.st_uid not in owners:
                return False
    except OSError:
        return False
    return True


def _threads() -> int:
    return max(2, min(_MOST_THREADS, os.cpu_count() or 1))


class _Counter:
    """Tells the progress of work that several threads do."""

    def __init__(self, of: int, progress: Progress) -> None:
        self._of = of
        self._done = 0
        self._progress = progress
        self._lock = threading.Lock()

    def add(self) -> None:
        with self._lock:
            self._done += 1
            self._progress(self._done / self._of)


class _Writer:
    """Writes pieces of the row of all contents into the files that they belong to."""

    def __init__(self, index: Index, folder: Path, files: list[PartFile]) -> None:
        self._files = files
        self._folder = folder
        self._ends = list(accumulate(file.size for file in files))
        self._lock = threading.Lock()
        for file in files:
            if file.size == 0:
                self._open(file, 0, b"")

    def write(self, position: int, content: bytes) -> None:
        """Write what begins at this place of the row."""
        for number, start, piece in self._pieces(position, content):
            self._open(self._files[number], start, piece)

    def _pieces(self, position: int, content: bytes) -> Iterator[tuple[int, int, memoryview]]:
        """Number of the file, place in it, and what to write there."""
        rest = memoryview(content)
        number = bisect_right(self._ends, position)
        while rest:
            begin = self._ends[number] - self._files[number].size
            room = self._ends[number] - position
            yield number, position - begin, rest[:room]
            position += len(rest[:room])
            rest = rest[room:]
            number = bisect_right(self._ends, position)

    def _open(self, file: PartFile, start: int, piece: bytes | memoryview) -> None:
        mode = 0o700 if file.is_program else 0o600
        flags = os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
        handle = os.open(self._folder / file.path, flags, mode)
        with open(handle, "wb", buffering=0) as stream:
            stream.seek(start)
            while piece:
                written = stream.write(piece)
                piece = piece[written or 0 :]

"""Writing and moving files so that a crash or a full disk leaves either the old or the new."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Final

_AT_WORK_S: Final = 3600
_BINARY: Final = getattr(os, "O_BINARY", 0)


def replace_file(file: Path, content: bytes) -> None:
    """Write a file whole or not at all; raises OSError."""
    with replacing(file) as stream:
        stream.write(content)


@contextmanager
def replacing(file: Path) -> Iterator[IO[bytes]]:
    """Write a file beside its place first; at the end, if all went well, it is moved there.

    Raises OSError. A process that is killed meanwhile leaves a file `.name.*` behind, and the older
    one as it was.
    """
    draft = file.absolute().with_name(f".{file.name[:40]}.{secrets.token_hex(8)}")
    # Not mkstemp(), whose files are for their owner alone: here the person's umask decides.
    handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _BINARY, 0o666)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(draft, file)
    finally:
        draft.unlink(missing_ok=True)


def remove_leftovers(folder: Path) -> None:
    """Remove what processes killed in replace_file left in a folder; raises OSError.

    What is younger than an hour may be at work yet.
    """
    for leftover in folder.glob(".*.*.*"):
        if leftover.is_file() and leftover.stat().st_mtime < time.time() - _AT_WORK_S:
            leftover.unlink()


def move_folder(folder: Path, place: Path) -> None:
    """Move a folder by one rename to a place that is free, for good; raises OSError.

    Both places must be on one file system.
    """
    if place.exists():  # an empty folder would be replaced on some systems
        raise FileExistsError(f"{place} exists")
    os.rename(folder, place)
    for parent in (place.parent, folder.parent):
        flush_folder(parent)


def flush_folder(folder: Path) -> None:
    """Make renames in a folder outlast a power cut, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

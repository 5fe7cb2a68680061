"""One window for one person: the first start has it, later ones hand their files to it and end.

A start is handed over as a small file in a folder of the person's own, which the first one watches.
There is no socket: nobody else can take its name, and nothing listens.
"""

from __future__ import annotations

import json
import os
import stat
import time
import uuid
from collections.abc import Sequence
from contextlib import suppress
from enum import Enum, auto
from pathlib import Path
from typing import Final

from qtdigits.core.atomic_file import remove_leftovers, replace_file
from qtdigits.core.file_lock import FileLock
from qtdigits.core.own_folder import make_own_folder

_SUFFIX: Final = ".start"
_LARGEST: Final = 1 << 20
_MOST_PATHS: Final = 1000
_MOST_STARTS: Final = 50
_LONGEST_PATH: Final = 4096
_ANSWER_S: Final = 8.0
_STARTING_S: Final = 30.0
"""A lock taken less than this ago may be one of a window that is still being made."""

_LOOK_S: Final = 0.05


class Part(Enum):
    """What a start is to do."""

    FIRST = auto()  # it has the window
    LATER = auto()  # another one has it, and has heard of this start
    ALONE = auto()  # it opens a window, but cannot be told of later starts


class OneInstance:
    """Owns the lock that decides, and the folder in which later starts are announced."""

    def __init__(self, lock_file: Path) -> None:
        self._file = lock_file
        self._lock = FileLock(lock_file)
        self._folder = lock_file.with_name("starts")

    @property
    def folder(self) -> Path:
        """Where later starts put their files; it exists for the one that is FIRST."""
        return self._folder

    def begin(self, files: Sequence[Path] = (), answer_s: float = _ANSWER_S) -> Part:
        """Find out which part this start has; never fails.

        files: what it was asked to open. A window that does not answer within answer_s, because it
        hangs or is halted, does not keep this start from opening another one.
        """
        try:
            make_own_folder(self._file.parent)
            if self._take():
                return Part.FIRST
            return self._hand_over(files, answer_s)
        except OSError:  # a home that cannot be written, or a network drive without locks
            return Part.ALONE

    def end(self) -> None:
        """Let the next start be the first one."""
        self._lock.release()

    def _take(self) -> bool:
        if not self._lock.take():
            return False
        self._folder.mkdir(mode=0o700, exist_ok=True)
        with suppress(OSError):
            os.utime(self._file)
            remove_leftovers(self._folder)
        return True

    def _hand_over(self, files: Sequence[Path], answer_s: float) -> Part:
        """Announce the start until the window takes it up, or until there is none any more."""
        note = self._folder / f"{uuid.uuid4().hex}{_SUFFIX}"
        paths = [os.path.abspath(file) for file in files]
        self._folder.mkdir(mode=0o700, exist_ok=True)
        replace_file(note, json.dumps(paths).encode("ascii"))
        deadline = time.monotonic() + max(answer_s, self._starting_s())
        while note.exists():
            if self._take():
                note.unlink(missing_ok=True)
                return Part.FIRST
            if time.monotonic() > deadline:
                note.unlink(missing_ok=True)
                return Part.ALONE
            time.sleep(_LOOK_S)
        return Part.LATER

    def _starting_s(self) -> float:
        """For how long the holder of the lock may still be busy with its own start."""
        age = time.time() - self._file.stat().st_mtime
        return _STARTING_S - age if 0 <= age < _STARTING_S else 0.0


def take_starts(folder: Path) -> list[tuple[Path, ...]]:
    """The files of each start announced since the last call, the oldest first, () for none.

    What lies in the folder is believed nothing: what is not a small regular file of ours with
    absolute paths in it is removed unread, or left where it cannot be.
    """
    with suppress(OSError):
        notes = sorted(folder.glob(f"*{_SUFFIX}"), key=_age)[:_MOST_STARTS]
        return [paths for paths in map(_taken, notes) if paths is not None]
    return []


def _age(note: Path) -> float:
    with suppress(OSError):
        return note.lstat().st_mtime
    return 0.0


def _taken(note: Path) -> tuple[Path, ...] | None:
    """What a start wants to open; the note is gone then, which is the answer to that start."""
    try:
        status = note.lstat()
        content = b""
        is_ours = os.name != "posix" or status.st_uid == os.geteuid()
        if stat.S_ISREG(status.st_mode) and is_ours and status.st_size <= _LARGEST:
            content = note.read_bytes()
        note.unlink()
    except OSError:
        return None
    try:
        paths = json.loads(content)
    except (ValueError, RecursionError):
        return None
    if not isinstance(paths, list) or len(paths) > _MOST_PATHS:
        return None
    if not all(isinstance(path, str) and _is_path(path) for path in paths):
        return None
    return tuple(map(Path, paths))


def _is_path(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_PATH and "\0" not in text and os.path.isabs(text)

"""The folder that keeps an unpacked part from one start of the program to the next.

In it each part has a folder named by its key, and beside that two files: KEY.lock, held by the
process that unpacks, and KEY.used, held by all that use it. A part is unpacked into a folder of
another name and then moved, so a folder named by a key is whole. Nothing here trusts what it finds:
sizes, times of change and owners are looked at again at every start.
"""

from __future__ import annotations

import os
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final

from qtdigits.core.file_lock import FileLock
from qtdigits.frozen.part import Part
from qtdigits.frozen.unpack import Progress, is_as_unpacked, unpack
from qtdigits.frozen.use_lock import UseLock

_SPARE_BYTES: Final = 64 << 20
_PATIENCE_S: Final = 120.0
_POLL_S: Final = 0.05
_KEY_LENGTH: Final = 32
_DRAFT: Final = "draft-"
_OLD: Final = "old-"
_YOUNG_S: Final = 3600
"""A draft younger than this may be at work."""


class UnusableFolderError(OSError):
    """A part cannot be unpacked into a folder, and why."""


class PartFolder:
    """Owns the marks that the parts in it are used, until the process ends."""

    def __init__(self, root: Path) -> None:
        """root: the folder that holds the parts; it is made when it is first needed."""
        self._root = root
        self._used: dict[str, UseLock] = {}

    def provide(self, part: Part, progress: Progress) -> Path:
        """The folder with the unpacked part, unpacked first if need be.

        Raises UnusableFolderError with the reason, and DamagedPartError.
        """
        folder = self._root / part.key[:_KEY_LENGTH]
        try:
            if self._is_usable(part, folder):
                return folder
            self._make_root()
            self._check_root(part)
            lock = FileLock(folder.with_suffix(".lock"))
            self._wait_for(lock, progress)
            try:
                if not self._is_usable(part, folder):
                    self._unpack(part, folder, progress)
                    if not self._is_usable(part, folder):
                        raise UnusableFolderError(f"{folder} is not as it was unpacked")
            finally:
                lock.release()
        except UnusableFolderError:
            raise
        except OSError as error:
            raise UnusableFolderError(f"{self._root}: {error.strerror or error}") from error
        return folder

    def discard(self, part: Part) -> None:
        """Forget an unpacked part that turned out not to work; the next start unpacks it anew."""
        with suppress(OSError):
            self._set_aside(self._root / part.key[:_KEY_LENGTH])

    def remove_others(self, parts: Iterable[Part]) -> None:
        """Remove parts of other versions that nobody uses, and what killed processes left."""
        ours = {part.key[:_KEY_LENGTH] for part in parts}
        with suppress(OSError):
            for folder in [path for path in self._root.iterdir() if path.is_dir()]:
                if folder.name in ours:
                    continue
                if folder.name.startswith((_DRAFT, _OLD)):
                    if folder.stat().st_mtime < time.time() - _YOUNG_S:
                        shutil.rmtree(folder, ignore_errors=True)
                elif _is_key(folder.name):
                    self._remove_unused(folder)

    def _remove_unused(self, folder: Path) -> None:
        alone = UseLock(folder.with_suffix(".used"))
        if not alone.take_alone():
            return
        try:
            self._set_aside(folder)
            for suffix in (".used", ".lock"):
                with suppress(OSError):
                    folder.with_suffix(suffix).unlink()
        finally:
            alone.release()

    def _set_aside(self, folder: Path) -> None:
        """Take a folder away: renamed first, so that nobody finds half of it. Raises OSError."""
        if not folder.exists():
            return
        aside = Path(tempfile.mkdtemp(prefix=_OLD, dir=self._root))
        os.rename(folder, aside / folder.name)
        shutil.rmtree(aside, ignore_errors=True)

    def _is_usable(self, part: Part, folder: Path) -> bool:
        """Whether it is there, whole and this person's own; from then on it counts as used."""
        if not _is_private(folder) or not _allows_programs(folder):
            return False
        used = UseLock(folder.with_suffix(".used"))
        with suppress(OSError):  # on a read-only disk nobody removes it either
            if not used.share():
                return False
        if not is_as_unpacked(part.index, folder):
            used.release()
            return False
        self._used[part.key] = used
        return True

    def _make_root(self) -> None:
        self._root.mkdir(mode=0o700, parents=True, exist_ok=True)

    def _check_root(self, part: Part) -> None:
        """Raise UnusableFolderError when the part cannot live here."""
        if not _is_private(self._root):
            raise UnusableFolderError(f"{self._root} belongs to another user")
        if not _allows_programs(self._root):
            raise UnusableFolderError(f"{self._root} lies on a disk that may hold no programs")
        needed = part.index.size + _SPARE_BYTES
        if shutil.disk_usage(self._root).free < needed:
            raise UnusableFolderError(f"{self._root} has not {needed >> 20} MB free")

    def _wait_for(self, lock: FileLock, progress: Progress) -> None:
        """Take the lock as soon as whoever else unpacks has done. Raises UnusableFolderError."""
        end = time.monotonic() + _PATIENCE_S
        while not lock.take():
            if time.monotonic() > end:
                raise UnusableFolderError(f"another process keeps {self._root} locked")
            progress(0.0)
            time.sleep(_POLL_S)

    def _unpack(self, part: Part, folder: Path, progress: Progress) -> None:
        prefix = f"{_DRAFT}{folder.name}-"
        for abandoned in self._root.glob(f"{prefix}*"):  # only who holds the lock makes drafts
            shutil.rmtree(abandoned, ignore_errors=True)
        draft = Path(tempfile.mkdtemp(prefix=prefix, dir=self._root))
        try:
            unpack(part, draft, progress)
            self._set_aside(folder)
            os.rename(draft, folder)
        finally:
            shutil.rmtree(draft, ignore_errors=True)


def _is_key(name: str) -> bool:
    return len(name) == _KEY_LENGTH and set(name) <= set("0123456789abcdef")


def _is_private(folder: Path) -> bool:
    """Whether a real folder is there that only this person, or the administrator, can change."""
    try:
        status = folder.lstat()
    except OSError:
        return False
    if not stat.S_ISDIR(status.st_mode):
        return False
    if sys.platform == "win32":
        return True
    others_write = stat.S_IWGRP | stat.S_IWOTH
    return status.st_uid in (0, os.geteuid()) and not status.st_mode & others_write


def _allows_programs(folder: Path) -> bool:
    """Whether libraries can be loaded from there."""
    if sys.platform == "win32":
        return True
    # Only Linux tells; elsewhere nobody mounts home folders so.
    return not os.statvfs(folder).f_flag & getattr(os, "ST_NOEXEC", 0)

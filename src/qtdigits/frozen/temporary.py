"""The temporary folder that the executable file unpacks itself into, and those left by others.

PyInstaller's own program makes it and removes it at the end. When that program is killed too, the
folder stays, with a hundred megabytes in it; the next start removes it.
"""

from __future__ import annotations

import os
import shutil
import stat
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from qtdigits.frozen.use_lock import UseLock

MARKER: Final = "00qtdigits.running"
"""A file unpacked first of all: by it the folder is known as one of ours."""
_PATTERN: Final = "_MEI*"
_YOUNG_S: Final = 60
"""A folder younger than this may belong to a program that is just starting."""


def mark_as_used(folder: Path) -> UseLock:
    """The mark that this process uses the folder, to be kept until it ends."""
    used = UseLock(folder / MARKER)
    with suppress(OSError):
        used.share()
    return used


def remove_stale(own: Path) -> None:
    """Remove the folders beside our own that killed processes of this program left behind."""
    for folder in _siblings(own):
        with suppress(OSError):
            marker = folder / MARKER
            if marker.lstat().st_mtime > time.time() - _YOUNG_S:
                continue
            alone = UseLock(marker)
            if alone.take_alone():
                shutil.rmtree(folder, ignore_errors=True)
                alone.release()


def _siblings(own: Path) -> Iterator[Path]:
    """Folders that were made as ours was, by this person."""
    with suppress(OSError):
        for folder in own.parent.glob(_PATTERN):
            with suppress(OSError):
                status = folder.lstat()
                is_ours = os.name != "posix" or status.st_uid == os.geteuid()
                if stat.S_ISDIR(status.st_mode) and is_ours and folder.name != own.name:
                    yield folder

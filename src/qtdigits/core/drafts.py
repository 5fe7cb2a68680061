"""Drafts: the folders that trainings write into, until their network is kept or thrown away."""

from __future__ import annotations

import secrets
import shutil
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

from qtdigits.core.file_lock import FileLock
from qtdigits.core.model_card import card_path
from qtdigits.core.own_folder import make_own_folder

NETWORK_FILE: Final = "network.keras"
_YOUNG_S: Final = 3600
"""A lock younger than this may be one whose folder is about to be made."""


class Draft:
    """A folder for one training run, locked by the process that made it."""

    def __init__(self, folder: Path, lock: FileLock, lock_file: Path) -> None:
        self._folder = folder
        self._lock = lock
        self._lock_file = lock_file

    @property
    def folder(self) -> Path:
        """Where the run may write whatever it likes."""
        return self._folder

    @property
    def network(self) -> Path:
        """Where the run saves its network."""
        return self._folder / NETWORK_FILE

    def tidy(self) -> None:
        """Remove all but the network and its card; raises OSError."""
        kept = (self.network, card_path(self.network))
        for path in [path for path in self._folder.iterdir() if path not in kept]:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()

    def discard(self) -> None:
        """Throw the draft away; nothing happens to one that was kept."""
        shutil.rmtree(self._folder, ignore_errors=True)
        self.release()

    def release(self) -> None:
        """Let go of the lock: the folder is gone, or no draft any more."""
        self._lock.release()
        with suppress(OSError):
            self._lock_file.unlink()


class Drafts:
    """All drafts below one folder, those of other running processes included."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def create(self) -> Draft:
        """Make a folder nobody else has; raises OSError."""
        make_own_folder(self._root)
        while True:
            folder = self._root / secrets.token_hex(4)
            lock_file = self._root / f"{folder.name}.lock"
            lock = FileLock(lock_file)
            # The folder is made under its lock, so that nobody takes it for a leftover.
            if not folder.exists() and lock.take(or_go_without=True):
                folder.mkdir()
                return Draft(folder, lock, lock_file)

    def clean_up(self) -> None:
        """Remove what processes that were killed left behind; those of running ones stay.

        Where there are no locks, nobody knows which ones those are, and all stay.
        """
        with suppress(OSError):
            for folder in [path for path in self._root.iterdir() if path.is_dir()]:
                self._clean(folder)
            oldest_running = time.time() - _YOUNG_S
            for lock_file in list(self._root.glob("*.lock")):
                has_folder = lock_file.with_suffix("").exists()
                if not has_folder and lock_file.stat().st_mtime < oldest_running:
                    lock_file.unlink()

    def _clean(self, folder: Path) -> None:
        lock_file = self._root / f"{folder.name}.lock"
        lock = FileLock(lock_file)
        if lock.take():
            Draft(folder, lock, lock_file).discard()

"""What the executable file does before anything else: it makes its parts importable.

The bootloader unpacks Python alone. The window's part (Qt, numpy, Pillow) follows before the window
is made, the network's part (TensorFlow, Keras and theirs) behind it. Both are unpacked into the
person's cache folder, once, or into the bootloader's temporary folder where that cannot be used.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import MutableMapping
from pathlib import Path
from typing import Final

from qtdigits.cli.streams import prepare_streams
from qtdigits.core import paths
from qtdigits.frozen.cache import PartFolder, UnusableFolderError
from qtdigits.frozen.executable import find_part
from qtdigits.frozen.finder import PartFinder
from qtdigits.frozen.part import DamagedPartError
from qtdigits.frozen.surroundings import settle
from qtdigits.frozen.temporary import mark_as_used, remove_stale
from qtdigits.frozen.trouble import tell
from qtdigits.frozen.unpack import Progress, unpack
from qtdigits.frozen.use_lock import UseLock

WINDOW_PART: Final = "window.part"
NETWORK_PART: Final = "network.part"
NO_CACHE_SWITCH: Final = "--no-cache"
NO_CACHE_VARIABLE: Final = "QTDIGITS_NO_CACHE"
_WINDOW_DONE: Final = "window.done"


class Parts:
    """Owns the parts of the running executable file, and the marks that they are used."""

    def __init__(self, executable: Path, unpacked: Path, cache: Path | None) -> None:
        """unpacked: the bootloader's folder. cache: where to keep the parts, if at all."""
        self._unpacked = unpacked
        self._window = find_part(executable, WINDOW_PART)
        self._network = find_part(executable, NETWORK_PART)
        self._cache = PartFolder(cache) if cache is not None else None
        self._folders = [PartFolder(unpacked / "parts")]
        if self._cache is not None:
            self._folders.insert(0, self._cache)
        self._serving: PartFolder | None = None
        self._mark: UseLock = mark_as_used(unpacked)

    def finders(self) -> list[PartFinder]:
        """What goes into sys.meta_path, so that each part is there when it is imported."""
        return [
            PartFinder(self._window.index.packages, self.provide_window),
            PartFinder(self._network.index.packages, lambda: self.provide(_say_nothing)),
        ]

    def provide_window(self) -> None:
        """Make the window's part importable, unless a parent process has.

        PyInstaller's archive of modules takes their libraries to be in the bootloader's folder.
        Raises UnusableFolderError with a sentence, and DamagedPartError.
        """
        done = self._unpacked / _WINDOW_DONE
        if not done.exists():
            try:
                if not self._link_window():
                    unpack(self._window, self._unpacked, _say_nothing)
                done.touch()
            except OSError as error:
                raise UnusableFolderError(
                    f"it cannot be unpacked into {self._unpacked.parent} "
                    f"({error.strerror or error}); free some space there, or set TMPDIR to "
                    "another folder"
                ) from error
        importlib.invalidate_caches()

    def _link_window(self) -> bool:
        """Link what the cache holds into the bootloader's folder; False where that cannot be."""
        if self._cache is None or sys.platform == "win32":  # where links are for administrators
            return False
        try:
            folder = self._cache.provide(self._window, _say_nothing)
        except UnusableFolderError:
            return False
        for entry in folder.iterdir():
            (self._unpacked / entry.name).symlink_to(entry)
        return True

    def provide(self, progress: Progress) -> None:
        """Make the network's part importable.

        Raises UnusableFolderError with a sentence, and DamagedPartError.
        """
        if self._serving is not None:
            return
        reasons = []
        for place in self._folders:
            try:
                folder = place.provide(self._network, progress)
            except UnusableFolderError as error:
                reasons.append(str(error))
                continue
            self._serving = place
            sys.path.append(str(folder))
            importlib.invalidate_caches()
            return
        raise UnusableFolderError(f"there is no room to unpack the network ({'; '.join(reasons)})")

    def distrust(self) -> None:
        """Loading failed: perhaps an unpacked file was altered, so the next start unpacks anew."""
        if self._serving is not None:
            self._serving.discard(self._network)

    def tidy(self) -> None:
        """Remove what older versions and killed processes left behind."""
        remove_stale(self._unpacked)
        if self._cache is not None:
            self._cache.remove_others((self._window, self._network))


def main() -> int:
    """What the executable file runs; returns the exit status."""
    prepare_streams()
    rest = [argument for argument in sys.argv[1:] if argument != NO_CACHE_SWITCH]
    if len(rest) < len(sys.argv) - 1:
        os.environ[NO_CACHE_VARIABLE] = "1"  # for the processes that this one starts, too
    try:
        parts = _parts(os.environ)
        if not rest:
            parts.provide_window()
    except (DamagedPartError, OSError) as error:
        tell(f"{error}.")
        return 1
    from qtdigits.__main__ import main as run

    status = run(rest, parts)
    parts.tidy()
    return status


def _parts(environ: MutableMapping[str, str]) -> Parts:
    """The parts of this executable file, importable from now on."""
    unpacked = _unpacked_folder()
    settle(environ, unpacked)
    cache = None if environ.get(NO_CACHE_VARIABLE) else paths.cache_dir() / "parts"
    parts = Parts(Path(sys.executable), unpacked, cache)
    sys.meta_path[:0] = parts.finders()
    return parts


def _unpacked_folder() -> Path:
    """The bootloader's folder; raises RuntimeError when this is not the executable file."""
    folder = getattr(sys, "_MEIPASS", None)
    if folder is None:
        raise RuntimeError("only the executable file has parts")
    return Path(folder)


def _say_nothing(share: float) -> None:
    pass

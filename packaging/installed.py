"""What `make install` put where, and taking away exactly that. Linux only.

Uninstalling must not need the environment, so this uses the standard library alone and stays
readable to Python 3.8.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable, Dict, List, Mapping, Set, Tuple

PROGRAM = "qtdigits"
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Places:
    """Where the program and what belongs to it lie."""

    bin: Path
    share: Path

    @property
    def program(self) -> Path:
        return self.bin / PROGRAM

    @property
    def manifest(self) -> Path:
        return self.share / PROGRAM / "installed.json"


def places(environ: Mapping[str, str]) -> Places:
    """Below PREFIX where it is given, else in the person's home and at XDG_DATA_HOME."""
    home = Path(environ.get("HOME") or os.path.expanduser("~"))
    prefix = environ.get("PREFIX", "")
    if prefix:
        base = Path(os.path.abspath(os.path.expanduser(prefix)))
        return Places(base / "bin", base / "share")
    data = Path(environ.get("XDG_DATA_HOME", ""))
    if not data.is_absolute():  # the standard: a relative path is to be ignored
        data = home / ".local" / "share"
    return Places(home / ".local" / "bin", data)


@dataclass
class Manifest:
    """What an installation put on the disk.

    files: path -> the SHA-256 that it may have; two while a newer one takes the place of an older.
    folders: those that were made, outermost first. generated: what the desktop's tools made of our
    files where there was nothing before.
    """

    files: Dict[str, List[str]] = field(default_factory=dict)
    folders: List[str] = field(default_factory=list)
    generated: List[str] = field(default_factory=list)

    @classmethod
    def read(cls, path: Path) -> Manifest:
        """An empty one where there is none. Raises ValueError for a damaged one, and OSError."""
        try:
            text = path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return cls()
        try:
            values = json.loads(text)
            return cls(dict(values["files"]), list(values["folders"]), list(values["generated"]))
        except (ValueError, KeyError, TypeError):
            raise ValueError(
                "{} is damaged; remove what it names by hand, then the file".format(path)
            ) from None

    def write(self, path: Path) -> None:
        """Whole or not at all."""
        self.make_folder(path.parent)
        draft = path.with_suffix(".new")
        draft.write_text(json.dumps(vars(self), indent=1), encoding="utf-8")
        os.replace(str(draft), str(path))

    def make_folder(self, folder: Path) -> None:
        """Make a folder and those around it, and remember which ones were not there."""
        if folder.is_dir():
            return
        self.make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        self.folders.append(str(folder))

    def owns(self, path: Path) -> bool:
        """Whether the file at this path is what was put there."""
        expected = self.files.get(str(path), [])
        return bool(expected) and not path.is_symlink() and digest(path) in expected


def digest(path: Path) -> str:
    """SHA-256 of a file; '' where there is none."""
    result = hashlib.sha256()
    try:
        with path.open("rb") as stream:
            while True:
                chunk = stream.read(_CHUNK)
                if not chunk:
                    return result.hexdigest()
                result.update(chunk)
    except (FileNotFoundError, IsADirectoryError):
        return ""


def refresh(share: Path) -> Set[Path]:
    """Let the desktop notice what has changed, as far as its tools are there.

    Returns the files and folders that the tools made where there had been none.
    """
    made: Set[Path] = set()
    for folder, sources, command in _caches(share):
        if any(folder.glob(sources)) and shutil.which(command[0]):
            before = set(folder.rglob("*"))
            subprocess.run(
                command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
            )
            made |= set(folder.rglob("*")) - before
    icons = share / "icons" / "hicolor"
    if icons.is_dir():
        os.utime(str(icons))  # desktops without a cache look at the time of this folder
    return made


def uninstall(where: Places, say: Callable[[str], None]) -> int:
    """Remove what install put there, but not what was changed since; returns the exit status."""
    try:
        manifest = Manifest.read(where.manifest)
    except (OSError, ValueError) as error:
        say("qtdigits could not be uninstalled: {}".format(error))
        return 1
    if not manifest.files:
        say("qtdigits is not installed at {}.".format(where.program))
        return 0
    try:
        _remove_files(manifest, say)
        _remove_generated(where.share, manifest)
        where.manifest.unlink()
    except OSError as error:
        say("qtdigits could not be uninstalled whole: {}".format(error))
        return 1
    for folder in reversed(manifest.folders):
        with contextlib.suppress(OSError):  # somebody else's files are in it, or it has gone
            os.rmdir(folder)
    say("Uninstalled {}. Your drawings and networks are kept.".format(where.program))
    return 0


def _remove_files(manifest: Manifest, say: Callable[[str], None]) -> None:
    for name in manifest.files:
        path = Path(name)
        if manifest.owns(path):
            path.unlink()
        elif os.path.lexists(name):
            say("Kept {}: it has been changed since.".format(name))


def _remove_generated(share: Path, manifest: Manifest) -> None:
    """Caches of nothing but our files go; the others are made anew without them."""
    for folder, sources, _ in _caches(share):
        if any(folder.glob(sources)):
            continue
        made = [Path(name) for name in manifest.generated if folder in Path(name).parents]
        for path in sorted(made, reverse=True):  # what is in a folder comes before it
            with contextlib.suppress(OSError):  # it has gone, or others use the folder
                if path.is_dir():
                    path.rmdir()
                else:
                    path.unlink()
    refresh(share)


def _caches(share: Path) -> List[Tuple[Path, str, List[str]]]:
    """Each cache's folder, what it is made of there, and the command that makes it."""
    applications, mime = share / "applications", share / "mime"
    icons = share / "icons" / "hicolor"
    caches = [
        (applications, "*.desktop", ["update-desktop-database", "-q", str(applications)]),
        (mime, "packages/*.xml", ["update-mime-database", str(mime)]),
    ]
    if (icons / "icon-theme.cache").exists():  # without one, desktops read the folder itself
        caches.append((icons, "*/*/*", ["gtk-update-icon-cache", "-q", "-f", "-t", str(icons)]))
    return caches

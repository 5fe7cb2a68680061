"""`make install`: puts the executable file and its menu entry where the desktop finds them."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from installed import PROGRAM, Manifest, Places, digest, places, refresh
from linux_files import write_linux_files
from project import ROOT, read_project

_BUILT: Final = ROOT / "dist" / PROGRAM


class InstallError(Exception):
    """It was not installed; the text says why and what to do."""


def install(built: Path, where: Places) -> None:
    """Install a built executable file, over an older one of ours; raises InstallError, OSError.

    Whatever stops it on the way, `make uninstall` takes away what there is.
    """
    if not built.is_file():
        raise InstallError(f"{built} is not there; `make package` builds it")
    old = _read(where.manifest)
    with tempfile.TemporaryDirectory() as staged:
        sources = {where.program: built}
        for name in write_linux_files(Path(staged), read_project(), where.program):
            sources[where.share / name] = Path(staged) / name
        _refuse_foreign(sources, old)
        files = {str(path): [digest(file)] for path, file in sources.items()}
        new = Manifest(files, old.folders, old.generated)
        _all_of(old, new).write(where.manifest)
        for path, file in sources.items():
            new.make_folder(path.parent)
            _put(file, path, 0o755 if path == where.program else 0o644)
    for path in map(Path, old.files.keys() - new.files.keys()):
        if old.owns(path):
            path.unlink()
    _all_of(old, new).write(where.manifest)
    made = refresh(where.share)
    new.generated = sorted({*new.generated, *map(str, made)})
    new.write(where.manifest)


def _read(path: Path) -> Manifest:
    try:
        return Manifest.read(path)
    except ValueError as error:
        raise InstallError(str(error)) from None


def _refuse_foreign(sources: Mapping[Path, Path], old: Manifest) -> None:
    """Nobody else's file is written over, and none that was changed by hand."""
    for path in sources:
        if os.path.lexists(path) and not old.owns(path):
            raise InstallError(
                f"{path} is there already and `make install` did not put it there as it is; "
                "remove it, or choose another place with PREFIX=folder"
            )


def _all_of(old: Manifest, new: Manifest) -> Manifest:
    """What may lie on the disk while the one takes the place of the other."""
    names = {**old.files, **new.files}
    files = {name: [*old.files.get(name, []), *new.files.get(name, [])] for name in names}
    return Manifest(files, new.folders, new.generated)


def _put(file: Path, target: Path, mode: int) -> None:
    """Beside its place first: a program that runs cannot be written into, but can be replaced."""
    draft = target.with_name(f".{target.name}.new")
    try:
        shutil.copyfile(file, draft)
        draft.chmod(mode)
        os.replace(draft, target)
    finally:
        draft.unlink(missing_ok=True)


def main(environ: Mapping[str, str], say: Callable[[str], None]) -> int:
    """Install dist/qtdigits as the environment says; returns the exit status."""
    if not sys.platform.startswith("linux"):
        say("`make install` is for Linux; elsewhere, move the built program where you like it.")
        return 1
    where = places(environ)
    try:
        install(_BUILT, where)
    except (InstallError, OSError) as error:
        say(f"qtdigits was not installed: {error}.")
        return 1
    say(f"Installed {where.program}; it is in the menu as qtdigits. `make uninstall` removes it.")
    if str(where.bin) not in environ.get("PATH", "").split(os.pathsep):
        say(f"To start it by typing `qtdigits`, add {where.bin} to your PATH.")
    return 0


if __name__ == "__main__":
    sys.exit(main(os.environ, print))

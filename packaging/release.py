"""What the release workflow does beside building: check the tag, pack archives, tell the changes.

python packaging/release.py tag v1.2.3 | archive | notes
"""

from __future__ import annotations

import platform
import re
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from project import ROOT, Project, read_project

_DIST: Final = ROOT / "dist"
_SYSTEMS: Final = {"linux": "linux", "win32": "windows", "darwin": "macos"}
_MACHINES: Final = {"amd64": "x86_64", "aarch64": "arm64"}
_USAGE: Final = "usage: release.py tag TAG | archive | notes"


class ReleaseError(Exception):
    """There can be no release as things are; the text says why."""


def check_tag(project: Project, tag: str) -> None:
    """Raise ReleaseError unless the tag is that of a version with a date in the changelog."""
    if tag != f"v{project.version}":
        raise ReleaseError(f"the tag {tag} is not that of version {project.version}")
    if project.version not in [release.version for release in project.releases]:
        raise ReleaseError(f"version {project.version} has no date in CHANGELOG.md")


def notes(project: Project, changelog: str) -> str:
    """What the changelog says of the version; raises ReleaseError when it says nothing."""
    pattern = rf"^## {re.escape(project.version)} \([^)]*\)\n(.*?)(?=^## |\Z)"
    found = re.search(pattern, changelog, re.MULTILINE | re.DOTALL)
    if found is None or not found[1].strip():
        raise ReleaseError(f"CHANGELOG.md says nothing of version {project.version}")
    return found[1].strip() + "\n"


def make_archive(
    project: Project,
    dist: Path,
    system: str = sys.platform,
    machine: str = platform.machine(),
) -> Path:
    """Pack what was built in dist, with the licence, into dist/release; returns the archive.

    A zip for Windows; elsewhere a tar, which keeps links and what may be executed. Raises
    ReleaseError when nothing was built.
    """
    built = dist / {"win32": "qtdigits.exe", "darwin": "folder/qtdigits.app"}.get(
        system, "qtdigits"
    )
    if not built.exists():
        raise ReleaseError(f"{built} is not there; packaging/build.py makes it")
    cpu = _MACHINES.get(machine.lower(), machine.lower())
    name = f"{project.name}-{project.version}-{_SYSTEMS.get(system, system)}-{cpu}"
    staged = dist / "staged" / name
    shutil.rmtree(staged.parent, ignore_errors=True)
    staged.mkdir(parents=True)
    if built.is_dir():
        shutil.copytree(built, staged / built.name, symlinks=True)
    else:
        shutil.copy2(built, staged / built.name)
    shutil.copy2(ROOT / "LICENSE", staged / "LICENSE.txt")
    form = "zip" if system == "win32" else "gztar"
    target = dist / "release" / name
    target.parent.mkdir(exist_ok=True)
    packed = Path(shutil.make_archive(str(target), form, staged.parent, name))
    shutil.rmtree(staged.parent)
    return packed


def main(arguments: Sequence[str]) -> int:
    """Do what the arguments ask for; returns the exit status."""
    project = read_project()
    try:
        match arguments:
            case ["tag", tag]:
                check_tag(project, tag)
            case ["archive"]:
                print(make_archive(project, _DIST))
            case ["notes"]:
                print(notes(project, (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")), end="")
            case _:
                print(_USAGE, file=sys.stderr)
                return 2
    except ReleaseError as error:
        print(f"No release: {error}.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

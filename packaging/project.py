"""What pyproject.toml, the package and the changelog say about the program."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
APPLICATION_ID: Final = "io.github.qtdigits.qtdigits"
"""AppStream and macOS want a name of this form; whoever publishes elsewhere puts theirs here."""
_VERSION: Final = re.compile(r'^__version__ = "([^"]+)"$', re.MULTILINE)
_RELEASE: Final = re.compile(r"^## (\S+) \((\d{4}-\d{2}-\d{2})\)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Release:
    """A version in the changelog that has a date (YYYY-MM-DD)."""

    version: str
    date: str


@dataclass(frozen=True, slots=True)
class Project:
    """releases: those with a date, newest first."""

    name: str
    version: str
    summary: str
    licence: str
    authors: str
    releases: tuple[Release, ...]

    @property
    def version_numbers(self) -> tuple[int, int, int, int]:
        """The version as Windows wants it: 1.2rc3 is (1, 2, 0, 0)."""
        numbers = [int(text) for text in re.findall(r"\d+", self._final_version)][:4]
        first, second, third, fourth = [*numbers, 0, 0, 0, 0][:4]
        return first, second, third, fourth

    @property
    def short_version(self) -> str:
        """The first three numbers, as macOS wants them."""
        return ".".join(str(number) for number in self.version_numbers[:3])

    @property
    def _final_version(self) -> str:
        """The version without what makes it a trial or a local one."""
        found = re.match(r"\d+(\.\d+)*", self.version)
        return found[0] if found else "0"


def read_project(root: Path = ROOT) -> Project:
    """Read them from a checkout, without importing the package; raises ValueError, OSError."""
    table = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    source = (root / "src" / table["name"] / "__init__.py").read_text(encoding="utf-8")
    version = _VERSION.search(source)
    if version is None:
        raise ValueError('src/qtdigits/__init__.py has no line __version__ = "…"')
    changelog = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    return Project(
        table["name"],
        version[1],
        table["description"],
        table["license"],
        ", ".join(author["name"] for author in table["authors"]),
        tuple(Release(*found) for found in _RELEASE.findall(changelog)),
    )

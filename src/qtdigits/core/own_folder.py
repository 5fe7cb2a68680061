"""Folders for a person's own files: nobody else may look into them, whatever the umask."""

from __future__ import annotations

from itertools import takewhile
from pathlib import Path


def make_own_folder(folder: Path) -> None:
    """Make a folder, and those above it that are missing, for this person alone; raises OSError.

    One that is there already stays as it is. So wants the XDG Base Directory Specification.
    """
    missing = takewhile(lambda above: not above.exists(), folder.parents)
    for one in (*reversed(list(missing)), folder):
        one.mkdir(mode=0o700, exist_ok=True)

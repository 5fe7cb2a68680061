"""Names that cannot be those of new files."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from qtdigits.core.foreign_text import brief

_LONGEST: Final = 200
"""Systems take 255 bytes, of which a draft beside the file needs some."""
_DEVICES: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10))}
)
"""What is written to these goes to a device on Windows, whatever suffix they have."""


def check_file_name(path: Path) -> None:
    """Raise ValueError for a name that is too long, or a device's on Windows.

    On every system: a file may be carried to another one.
    """
    if len(os.fsencode(path.name)) > _LONGEST:
        raise ValueError(f"the name {brief(path.name)} is too long; choose a shorter one")
    if path.name.partition(".")[0].strip().lower() in _DEVICES:
        raise ValueError(f"{brief(path.name)} is the name of a device on Windows; choose another")

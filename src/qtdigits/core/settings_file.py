"""The settings file before it is opened: one that this program did not write is set aside.

What it holds is an INI file as Qt writes it, with the version of its form in the group General. Qt
reads what it can of anything, and writes back only what it read: so a damaged file, or one of a
newer program, would be lost at the first change.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from qtdigits.core.data_files.regular import file_size, open_regular, read_exactly, shown

VERSION: Final = 1
VERSION_KEY: Final = "version"
_LARGEST: Final = 1 << 20
_GROUP: Final = "[General]"


def set_aside_unless_sound(file: Path) -> str:
    """Keep a settings file that cannot be used as NAME.bak; returns why in a sentence, else ''.

    Never raises; a file that cannot be moved stays, and Qt makes of it what it can.
    """
    if not os.path.lexists(file):
        return ""
    problem = _problem(file)
    if not problem:
        return ""
    backup = file.with_name(f"{file.name}.bak")
    try:
        os.replace(file, backup)
    except OSError:
        return f"The settings file {problem}; move {shown(file)} away to have the usual settings."
    return (
        f"The settings file {problem}; it is kept as {shown(backup)}, "
        "and the usual settings are back."
    )


def _problem(file: Path) -> str:
    try:
        if os.path.isfile(file) and os.path.getsize(file) == 0:
            return ""
        with open_regular(file) as stream:
            if file_size(stream) > _LARGEST:
                return "is far too large"
            text = read_exactly(stream, _LARGEST).decode("utf-8")
    except UnicodeDecodeError:
        return "is damaged"
    except (OSError, ValueError):
        return "cannot be read"
    group, version = _GROUP, "0"
    for line in text.splitlines():
        line = line.strip()
        if line.startswith("["):
            group = line
        elif line.startswith((";", "#")) or not line:
            continue
        elif "=" not in line or "\0" in line:
            return "is damaged"
        elif group == _GROUP and line.partition("=")[0].strip() == VERSION_KEY:
            version = line.partition("=")[2].strip()
    if not version.isdecimal() or len(version) > 9:
        return "is damaged"
    return "was written by a newer qtdigits" if int(version) > VERSION else ""

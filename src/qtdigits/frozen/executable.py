"""Finding the parts in the executable file, which PyInstaller's archive at its end lists."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Final

from qtdigits.frozen.part import DamagedPartError, Part, read_part

_COOKIE: Final = struct.Struct("!8sIIII64s")
"""Magic, length of the archive, offset and length of its list, version and name of Python."""
_COOKIE_MAGIC: Final = b"MEI\014\013\012\013\016"
_ENTRY: Final = struct.Struct("!IIIIBc")
"""Length of the entry, offset, stored length, length, whether compressed, kind; then the name."""
_SEARCHED: Final = 1 << 20
"""So much of the file's end is searched for the cookie: a signature may follow it."""


def find_part(executable: Path, name: str) -> Part:
    """The part of this name; raises DamagedPartError when it is not there, and OSError."""
    for entry, offset, length in _entries(executable):
        if entry == name:
            return read_part(executable, offset, length)
    raise DamagedPartError(f"{executable} is damaged: it lacks {name}; fetch or build it again")


def _entries(executable: Path) -> list[tuple[str, int, int]]:
    """Name, place in the file and stored length of all that the archive holds."""
    with executable.open("rb") as source:
        size = source.seek(0, 2)
        searched = min(size, _SEARCHED)
        source.seek(size - searched)
        tail = source.read(searched)
        at = tail.rfind(_COOKIE_MAGIC)
        if at < 0 or len(tail) < at + _COOKIE.size:
            raise DamagedPartError(f"{executable} is damaged; fetch or build it again")
        _, length, list_offset, list_length, _, _ = _COOKIE.unpack_from(tail, at)
        begin = size - searched + at + _COOKIE.size - length
        source.seek(begin + list_offset)
        listed = source.read(list_length)
    found = []
    position = 0
    while position < len(listed):
        entry_length, offset, stored, _, _, _ = _ENTRY.unpack_from(listed, position)
        name = listed[position + _ENTRY.size : position + entry_length]
        found.append((name.rstrip(b"\0").decode(), begin + offset, stored))
        position += entry_length
    return found

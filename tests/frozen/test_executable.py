"""Parts are found in a file made as PyInstaller makes it."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from qtdigits.frozen.executable import find_part
from qtdigits.frozen.part import DamagedPartError, Part

MakePart = Callable[..., Part]


def executable(target: Path, entries: dict[str, bytes], after: bytes = b"") -> Path:
    """A file with an archive of these entries behind a program, as PyInstaller writes it."""
    body, listed = b"", b""
    for name, content in entries.items():
        padded = name.encode() + b"\0" * (16 - (18 + len(name)) % 16)
        head = struct.pack(
            "!IIIIBc", 18 + len(padded), len(body), len(content), len(content), 0, b"a"
        )
        listed += head + padded
        body += content
    length = len(body) + len(listed) + 88
    cookie = struct.pack(
        "!8sIIII64s", b"MEI\014\013\012\013\016", length, len(body), len(listed), 311, b"libpython"
    )
    target.write_bytes(b"\x7fELF the bootloader" + body + listed + cookie + after)
    return target


@pytest.mark.parametrize("after", [b"", b"a signature" * 1000], ids=["plain", "signed"])
def test_part_is_found_by_its_name(make_part: MakePart, tmp_path: Path, after: bytes) -> None:
    part = make_part()
    entries = {"other": b"12345", "my.part": part.file.read_bytes(), "last": b"1"}
    found = find_part(executable(tmp_path / "exe", entries, after), "my.part")
    assert (found.key, found.index) == (part.key, part.index)


def test_missing_part_is_told(tmp_path: Path) -> None:
    file = executable(tmp_path / "exe", {"other": b"1"})
    with pytest.raises(DamagedPartError, match=r"lacks my\.part"):
        find_part(file, "my.part")


def test_file_without_an_archive_is_told(tmp_path: Path) -> None:
    file = tmp_path / "exe"
    file.write_bytes(b"\x7fELF cut off here")
    with pytest.raises(DamagedPartError, match="is damaged"):
        find_part(file, "my.part")

"""Unpacking gives back every byte, and later changes are noticed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from qtdigits.frozen.part import DamagedPartError, Part
from qtdigits.frozen.unpack import is_as_unpacked, unpack

MakePart = Callable[..., Part]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "unpacked"
    place.mkdir()
    return place


def silent(share: float) -> None:
    """For tests that are not about the progress."""


def test_every_file_is_unpacked_as_it_was(
    make_part: MakePart, contents: dict[str, bytes], folder: Path
) -> None:
    unpack(make_part(), folder, silent)
    assert {path: (folder / path).read_bytes() for path in contents} == contents
    assert (folder / "box/same.txt").read_bytes() == b"the end"


def test_progress_rises_to_one(make_part: MakePart, folder: Path) -> None:
    shares: list[float] = []
    part = make_part()
    unpack(part, folder, shares.append)
    assert shares == sorted(shares)
    assert len(shares) == len(part.index.chunks) > 2
    assert shares[-1] == 1.0


def test_programs_may_be_run_and_others_not(make_part: MakePart, folder: Path) -> None:
    part = make_part()
    unpack(part, folder, silent)
    assert not (folder / "box/lid.py").stat().st_mode & 0o111


def test_altered_chunk_is_refused(make_part: MakePart, folder: Path) -> None:
    part = make_part()
    content = bytearray(part.file.read_bytes())
    content[part.index.chunks[1].offset + 9] ^= 1
    part.file.write_bytes(content)
    with pytest.raises(DamagedPartError, match="is damaged"):
        unpack(part, folder, silent)


def test_what_the_progress_raises_ends_it(make_part: MakePart, folder: Path) -> None:
    shares: list[float] = []

    def stop(share: float) -> None:
        shares.append(share)
        raise KeyError("enough")

    part = make_part({"box/long.bin": bytes(200 << 20)})
    with pytest.raises(KeyError, match="enough"):
        unpack(part, folder, stop)
    assert len(shares) < len(part.index.chunks)


def test_unpacked_folder_is_as_unpacked(make_part: MakePart, folder: Path) -> None:
    part = make_part()
    unpack(part, folder, silent)
    assert is_as_unpacked(part.index, folder)


def _cut(file: Path) -> None:
    times = (file.stat().st_atime_ns, file.stat().st_mtime_ns)
    file.write_bytes(file.read_bytes()[:-1])
    os.utime(file, ns=times)


def _alter(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[0] ^= 1
    file.write_bytes(content)


@pytest.mark.parametrize("harm", [_cut, _alter, Path.unlink])
def test_harmed_file_is_noticed(
    make_part: MakePart, folder: Path, harm: Callable[[Path], None]
) -> None:
    part = make_part()
    unpack(part, folder, silent)
    harm(folder / "box/large.bin")
    assert not is_as_unpacked(part.index, folder)

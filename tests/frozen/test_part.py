"""Parts are read as they were written, and damage is found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from qtdigits.frozen.part import FOOTER, DamagedPartError, Part, PartFile, read_part

MakePart = Callable[..., Part]


def test_index_names_all_files_with_their_sizes(
    make_part: MakePart, contents: dict[str, bytes]
) -> None:
    files = {file.path: file for file in make_part().index.files}
    assert {path: file.size for path, file in files.items() if not file.link} == {
        path: len(content) for path, content in contents.items()
    }
    assert files["box/same.txt"] == PartFile("box/same.txt", 0, link="deep/er/last.txt")


def test_same_files_give_the_same_key(make_part: MakePart) -> None:
    assert make_part(name="one").key == make_part(name="two").key


def test_one_other_byte_gives_another_key(make_part: MakePart, contents: dict[str, bytes]) -> None:
    contents["box/lid.py"] = b"WIDTH = 8\n"
    assert make_part(contents, "other").key != make_part(name="one").key


def test_part_inside_a_larger_file_is_read(make_part: MakePart, tmp_path: Path) -> None:
    part = make_part()
    content = part.file.read_bytes()
    larger = tmp_path / "larger"
    larger.write_bytes(b"before" + content + b"after")
    inside = read_part(larger, len(b"before"), len(content))
    assert (inside.key, inside.index) == (part.key, part.index)


@pytest.mark.parametrize("cut", [1, FOOTER.size, 1000])
def test_truncated_part_is_refused(make_part: MakePart, cut: int) -> None:
    part = make_part()
    part.file.write_bytes(part.file.read_bytes()[:-cut])
    with pytest.raises(DamagedPartError, match="is damaged"):
        read_part(part.file, 0, part.file.stat().st_size)


def test_altered_index_is_refused(make_part: MakePart) -> None:
    part = make_part()
    content = bytearray(part.file.read_bytes())
    content[-FOOTER.size - 5] ^= 1
    part.file.write_bytes(content)
    with pytest.raises(DamagedPartError, match="is damaged"):
        read_part(part.file, 0, len(content))


def test_empty_file_is_refused(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.touch()
    with pytest.raises((DamagedPartError, OSError)):
        read_part(empty, 0, 0)

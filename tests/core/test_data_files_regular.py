"""Only ordinary files are opened, and what they hold is told by their content."""

from __future__ import annotations

import gzip
import os
import sys
from pathlib import Path

import pytest

from qtdigits.core.data_files.regular import Content, content_of, open_regular, shown

needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")


def refusal(path: Path) -> str:
    with pytest.raises(ValueError, match=r".") as caught, open_regular(path):
        pass
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_missing_file_is_refused(tmp_path: Path) -> None:
    assert "does not exist" in refusal(tmp_path / "nothing.npz")


def test_file_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x")
    assert "does not exist" in refusal(tmp_path / "a" / "b")


def test_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty.npz").touch()
    assert "is empty" in refusal(tmp_path / "empty.npz")


def test_folder_is_refused(tmp_path: Path) -> None:
    assert "is a folder" in refusal(tmp_path)


def test_name_with_null_character_is_refused() -> None:
    assert "cannot be opened" in refusal(Path("a\0b"))


def test_name_that_is_too_long_is_refused(tmp_path: Path) -> None:
    assert "cannot be opened" in refusal(tmp_path / ("x" * 5000))


@needs_posix
def test_dangling_link_is_refused(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "gone")
    assert "is a link to a file that does not exist" in refusal(link)


@needs_posix
def test_link_to_itself_is_refused(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(link)
    assert "is a link that leads to itself" in refusal(link)


@needs_posix
def test_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    if sys.platform != "win32":
        os.mkfifo(tmp_path / "pipe")
    assert "not an ordinary file" in refusal(tmp_path / "pipe")


@needs_posix
def test_endless_device_is_refused() -> None:
    assert "not an ordinary file" in refusal(Path("/dev/zero"))


def test_file_without_permission_is_refused(bound_folder: Path) -> None:
    path = bound_folder / "secret"
    path.write_text("x")
    path.chmod(0)
    assert "may not be read" in refusal(path)


def test_shown_path_is_one_printable_line() -> None:
    assert shown(Path("a\nb\x1b[31m")) == "a�b�[31m"


@needs_posix
def test_shown_path_survives_names_that_are_not_utf8() -> None:
    assert shown(Path(os.fsdecode(b"caf\xe9.png"))) == "caf�.png"


@pytest.mark.parametrize(
    ("start", "content"),
    [
        (b"PK\x03\x04rest", Content.NPZ),
        (b"\0\0\x08\x03rest", Content.IDX),
        (b'\xef\xbb\xbf\n {"strokes": []}', Content.STROKES),
        (b"\x89PNG\r\n\x1a\n", Content.PICTURE),
        (b"\xff\xd8\xff\xe0", Content.PICTURE),
        (b"GIF89a", Content.PICTURE),
        (b"RIFF....WEBP", Content.PICTURE),
        (b"just words", Content.OTHER),
        (b"\0", Content.OTHER),
    ],
)
def test_content_is_told_by_first_bytes(tmp_path: Path, start: bytes, content: Content) -> None:
    path = tmp_path / "file.misleading"
    path.write_bytes(start)
    assert content_of(path) is content


def test_content_is_told_through_gzip(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(gzip.compress(b'{"strokes": []}'))
    assert content_of(path) is Content.STROKES


def test_damaged_gzip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "file.gz"
    path.write_bytes(b"\x1f\x8bnot really")
    with pytest.raises(ValueError, match="is damaged or incomplete"):
        content_of(path)

"""A settings file that cannot be used is kept beside its place, and never lost."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from qtdigits.core.settings_file import VERSION, set_aside_unless_sound

SOUND = f"[General]\nversion={VERSION}\n\n; mine\n[settings]\npen_width=20\ntheme=\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "qtdigits.ini"


@pytest.mark.parametrize("text", [SOUND, "", "[settings]\ntheme=pink\n", "version=1\n"])
def test_sound_file_stays_where_it_is(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    assert set_aside_unless_sound(file) == ""
    assert file.read_text(encoding="utf-8") == text


def test_missing_file_is_no_problem(file: Path) -> None:
    assert set_aside_unless_sound(file) == ""


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"\x00\x01\x02", "is damaged"),
        (b"[settings]\npen_width=\x00\x00\n", "is damaged"),
        (b"\xff\xfe[\x00", "is damaged"),
        (b"a settings file, really\n", "is damaged"),
        (b"[General]\nversion=many\n", "is damaged"),
        (b"[General]\nversion=-1\n", "is damaged"),
        (b"[General]\nversion=2\n[settings]\npen_width=20\n", "was written by a newer qtdigits"),
        (b"a=" + b"9" * (2 << 20), "is far too large"),
    ],
)
def test_file_that_cannot_be_used_is_kept_as_bak(file: Path, content: bytes, why: str) -> None:
    file.write_bytes(content)
    backup = file.with_name("qtdigits.ini.bak")
    sentence = set_aside_unless_sound(file)
    assert sentence.startswith(f"The settings file {why}; it is kept as {backup}")
    assert not file.exists()
    assert backup.read_bytes() == content


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes among its files")
def test_pipe_is_moved_away_at_once(file: Path) -> None:
    if sys.platform != "win32":
        os.mkfifo(file)
    assert "cannot be read" in set_aside_unless_sound(file)
    assert not file.exists()


def test_file_that_cannot_be_moved_stays(file: Path) -> None:
    file.write_bytes(b"\0")
    (file.with_name("qtdigits.ini.bak") / "full").mkdir(parents=True)
    sentence = set_aside_unless_sound(file)
    assert sentence.endswith(f"move {file} away to have the usual settings.")
    assert file.read_bytes() == b"\0"

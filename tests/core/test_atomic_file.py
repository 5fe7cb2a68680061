"""Writing and moving files: the old or the new, never half of one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from qtdigits.core.atomic_file import move_folder, remove_leftovers, replace_file
from qtdigits.core.file_lock import FileLock


def test_file_is_replaced_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    replace_file(tmp_path / "a.json", b"old")
    replace_file(tmp_path / "a.json", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]
    assert (tmp_path / "a.json").read_bytes() == b"new"


def test_write_that_fails_leaves_the_older_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "a.json").write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        replace_file(tmp_path / "a.json", b"new")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]


def test_only_old_leftovers_are_removed(tmp_path: Path) -> None:
    for name in (".a.json.0ld", ".a.json.young", "a.json", ".hidden"):
        (tmp_path / name).write_bytes(b"x")
    for name in (".a.json.0ld", "a.json", ".hidden"):
        os.utime(tmp_path / name, (1, 1))
    remove_leftovers(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {".a.json.young", "a.json", ".hidden"}


def test_folder_is_not_moved_onto_another(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    with pytest.raises(FileExistsError):
        move_folder(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "a").is_dir()


def test_lock_has_one_holder_at_a_time(tmp_path: Path) -> None:
    first, second = FileLock(tmp_path / "lock"), FileLock(tmp_path / "lock")
    assert first.take()
    assert not second.take()
    first.release()
    first.release()
    assert second.take()
    second.release()

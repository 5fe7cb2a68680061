"""Writing and moving files: the old or the new, never half of one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from qtdigits.core.atomic_file import move_folder, remove_leftovers, replace_file
from qtdigits.core.file_lock import FileLock


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder."""
    path = tmp_path / "folder"
    path.mkdir()
    return path


def test_file_is_replaced_and_nothing_is_left_beside_it(folder: Path) -> None:
    replace_file(folder / "a.json", b"old")
    replace_file(folder / "a.json", b"new")
    assert [path.name for path in folder.iterdir()] == ["a.json"]
    assert (folder / "a.json").read_bytes() == b"new"


def test_write_that_fails_leaves_the_older_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    (folder / "a.json").write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        replace_file(folder / "a.json", b"new")
    assert [path.read_bytes() for path in folder.iterdir()] == [b"old"]


@pytest.mark.skipif(os.name != "posix", reason="Windows has no umask")
@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_umask_says_who_may_read_a_file(umask: int, mode: int, folder: Path) -> None:
    before = os.umask(umask)
    try:
        replace_file(folder / "a.json", b"new")
    finally:
        os.umask(before)
    assert (folder / "a.json").stat().st_mode & 0o777 == mode


def test_only_old_leftovers_are_removed(folder: Path) -> None:
    for name in (".a.json.0ld", ".a.json.young", "a.json", ".hidden"):
        (folder / name).write_bytes(b"x")
    for name in (".a.json.0ld", "a.json", ".hidden"):
        os.utime(folder / name, (1, 1))
    remove_leftovers(folder)
    assert {path.name for path in folder.iterdir()} == {".a.json.young", "a.json", ".hidden"}


def test_folder_is_not_moved_onto_another(folder: Path) -> None:
    (folder / "a").mkdir()
    (folder / "b").mkdir()
    with pytest.raises(FileExistsError):
        move_folder(folder / "a", folder / "b")
    assert (folder / "a").is_dir()


def test_lock_has_one_holder_at_a_time(folder: Path) -> None:
    first, second = FileLock(folder / "lock"), FileLock(folder / "lock")
    assert first.take()
    assert not second.take()
    first.release()
    first.release()
    assert second.take()
    second.release()

"""A lock where there are some, and where there are none."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from qtdigits.core.drafts import Drafts
from qtdigits.core.file_lock import FileLock, has_locks


@pytest.fixture
def no_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A network drive without them."""

    def refuse(_: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("qtdigits.core.file_lock._lock", refuse)


def test_want_of_locks_is_an_error_unless_one_can_go_without(
    no_locks: None, tmp_path: Path
) -> None:
    lock = FileLock(tmp_path / "lock")
    with pytest.raises(OSError, match="No locks"):
        lock.take()
    assert lock.take(or_go_without=True)


def test_lock_of_another_is_respected_by_who_could_go_without(tmp_path: Path) -> None:
    first = FileLock(tmp_path / "lock")
    assert first.take()
    assert not FileLock(tmp_path / "lock").take(or_go_without=True)
    first.release()


def test_folder_has_locks(tmp_path: Path) -> None:
    assert has_locks(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["home"]


def test_folder_has_no_locks(no_locks: None, tmp_path: Path) -> None:
    assert not has_locks(tmp_path)


def test_draft_is_made_without_locks_and_stays_until_it_is_discarded(
    no_locks: None, tmp_path: Path
) -> None:
    """It once looked for a lock that it could have, without end, in the window's thread."""
    drafts = Drafts(tmp_path / "drafts")
    draft = drafts.create()
    drafts.clean_up()
    assert draft.folder.is_dir()
    draft.discard()
    assert not draft.folder.exists()

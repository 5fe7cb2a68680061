"""Folders that are for one person."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from qtdigits.core.own_folder import make_own_folder

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows has other permissions")


@pytest.fixture(params=[0o000, 0o022, 0o077])
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def test_all_that_was_missing_is_for_its_owner_alone(umask: None, tmp_path: Path) -> None:
    make_own_folder(tmp_path / "a" / "b" / "c")
    for name in ("a", "a/b", "a/b/c"):
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o700


def test_folder_that_was_there_stays_as_it_was(umask: None, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a").chmod(0o755)
    make_own_folder(tmp_path / "a")
    make_own_folder(tmp_path / "a" / "b")
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o755


def test_file_in_its_place_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("no folder")
    with pytest.raises(FileExistsError):
        make_own_folder(tmp_path / "a")
    with pytest.raises(NotADirectoryError):
        make_own_folder(tmp_path / "a" / "b")

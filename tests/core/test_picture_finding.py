"""Files are taken as they are, folders with the pictures in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from qtdigits.core.picture_finding import pictures_in


def test_file_is_taken_whatever_it_is_called(tmp_path: Path) -> None:
    named = [tmp_path / "scan", tmp_path / "not there.png"]
    assert list(pictures_in(named)) == named


def test_folder_stands_for_its_pictures_in_the_order_people_count(tmp_path: Path) -> None:
    names = ("page 10.png", "page 2.PNG", "sub/1.jpg", "notes.txt", ".hidden.png", ".git/x.png")
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = [path.relative_to(tmp_path).as_posix() for path in pictures_in([tmp_path])]
    assert found == ["page 2.PNG", "page 10.png", "sub/1.jpg"]


def test_link_that_leads_in_a_circle_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a.png").touch()
    try:
        (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    except OSError:
        pytest.skip("this system makes no links")
    assert list(pictures_in([tmp_path])) == [tmp_path / "a.png"]


def test_empty_folder_stands_for_nothing(tmp_path: Path) -> None:
    assert list(pictures_in([tmp_path])) == []

"""Folders of pictures by label: what is no picture is passed over or reported."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from qtdigits.core.data_files import image_folder
from qtdigits.core.data_files.digit_set import NOT_A_DIGIT
from qtdigits.core.data_files.image_folder import read_image_folder
from qtdigits.core.data_files.reader import read_digit_set


def put_picture(folder: Path, name: str = "a.png") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    picture = Image.new("L", (60, 80), "white")
    ImageDraw.Draw(picture).line((30, 10, 30, 70), fill="black", width=6)
    picture.save(folder / name)


def test_sub_folders_give_the_labels(tmp_path: Path) -> None:
    put_picture(tmp_path / "7")
    put_picture(tmp_path / "0")
    put_picture(tmp_path / "A")
    digits = read_image_folder(tmp_path)
    assert digits.labels.tolist() == [0, 7, NOT_A_DIGIT]
    assert digits.names == ("0", "7", "A")
    assert digits.images.any(axis=(1, 2)).all()


def test_part_is_read_where_there_is_one(tmp_path: Path) -> None:
    put_picture(tmp_path / "test" / "1")
    put_picture(tmp_path / "train" / "2")
    assert read_image_folder(tmp_path, "test").labels.tolist() == [1]
    assert read_image_folder(tmp_path, "train").labels.tolist() == [2]


def test_hidden_files_are_passed_over_and_others_reported(tmp_path: Path) -> None:
    put_picture(tmp_path / "1")
    (tmp_path / "1" / ".DS_Store").write_bytes(b"x")
    (tmp_path / "1" / "Thumbs.db").write_bytes(b"x")
    (tmp_path / "1" / "notes.txt").write_text("not a picture")
    (tmp_path / "readme.txt").write_text("beside the sub-folders")
    digits = read_image_folder(tmp_path)
    assert len(digits) == 1
    assert len(digits.skipped) == 1
    assert "notes.txt" in digits.skipped[0]


def test_blank_picture_counts_as_one_without_ink(tmp_path: Path) -> None:
    put_picture(tmp_path / "1")
    Image.new("L", (50, 50), "white").save(tmp_path / "1" / "b.png")
    digits = read_image_folder(tmp_path)
    assert digits.labels.tolist() == [1, 1]
    assert digits.images.any(axis=(1, 2)).tolist() == [True, False]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux takes any bytes for a name")
def test_names_that_are_not_utf8_are_read(tmp_path: Path) -> None:
    put_picture(tmp_path / "1", os.fsdecode(b"caf\xe9.png"))
    put_picture(tmp_path / os.fsdecode(b"\xe9"))
    assert read_image_folder(tmp_path).labels.tolist() == [1, NOT_A_DIGIT]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
def test_links_in_a_circle_and_pipes_do_not_hang(tmp_path: Path) -> None:
    put_picture(tmp_path / "1")
    (tmp_path / "1" / "up").symlink_to(tmp_path)
    (tmp_path / "2").symlink_to(tmp_path / "2")
    (tmp_path / "1" / "gone.png").symlink_to(tmp_path / "gone.png")
    if sys.platform != "win32":
        os.mkfifo(tmp_path / "1" / "pipe.png")
    digits = read_image_folder(tmp_path)
    assert len(digits) == 1
    assert len(digits.skipped) == 2


def test_unreadable_sub_folder_is_reported(bound_folder: Path) -> None:
    put_picture(bound_folder / "1")
    put_picture(bound_folder / "2")
    (bound_folder / "2").chmod(0)
    digits = read_image_folder(bound_folder)
    assert digits.labels.tolist() == [1]
    assert "change its permissions" in digits.skipped[0]


def test_folder_of_more_pictures_than_are_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(image_folder, "_PICTURE_LIMIT", 3)
    for number in range(4):
        put_picture(tmp_path / "1", f"{number}.png")
    with pytest.raises(ValueError, match="holds more than 3 pictures; divide it"):
        read_image_folder(tmp_path)


@pytest.mark.parametrize("name", ["holiday", "1"])
def test_folder_without_pictures_by_label_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "a.txt").write_text("x")
    with pytest.raises(ValueError, match="holds no pictures by label"):
        read_image_folder(tmp_path)


def test_reader_knows_every_kind_by_content(tmp_path: Path) -> None:
    put_picture(tmp_path / "pictures" / "4")
    (tmp_path / "idx").mkdir()
    (tmp_path / "idx" / "test-images-idx3-ubyte").write_bytes(
        bytes((0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 28, 0, 0, 0, 28)) + bytes(784)
    )
    (tmp_path / "idx" / "test-labels-idx1-ubyte").write_bytes(bytes((0, 0, 8, 1, 0, 0, 0, 1, 6)))
    np.savez(tmp_path / "a.npz", x=np.zeros((1, 28, 28), np.uint8), y=np.array([5]))
    (tmp_path / "a.npz").rename(tmp_path / "archive")
    (tmp_path / "pen").write_text('{"label": 3, "strokes": [[[1, 2]]]}')
    names = ("pictures", "idx", "idx/test-images-idx3-ubyte", "archive", "pen")
    labels = [read_digit_set(tmp_path / name).labels.tolist() for name in names]
    assert labels == [[4], [6], [6], [5], [3]]


def test_reader_refuses_a_single_picture(tmp_path: Path) -> None:
    put_picture(tmp_path)
    with pytest.raises(ValueError, match="single picture without a label"):
        read_digit_set(tmp_path / "a.png")


def test_reader_refuses_a_text(tmp_path: Path) -> None:
    (tmp_path / "a.npz").write_text("words")
    with pytest.raises(ValueError, match="none of the data files"):
        read_digit_set(tmp_path / "a.npz")

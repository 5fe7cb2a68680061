"""Pictures for reading and showing: both of one size, whatever the file is like."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from qtdigits.core.picture_files import (
    Picture,
    read_grey,
    read_picture_bytes,
    read_picture_file,
)


def saved(path: Path, picture: Image.Image, exif: Image.Exif | None = None) -> Path:
    picture.save(path, exif=exif or Image.Exif())
    return path


def gradient(mode: str = "RGB", size: tuple[int, int] = (40, 20)) -> Image.Image:
    width, height = size
    levels = np.linspace(0, 255, width * height).reshape(height, width).astype(np.uint8)
    picture = Image.fromarray(np.stack([levels, levels // 2, 255 - levels], axis=2))
    return picture.convert(mode)


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGB", "RGBA", "CMYK", "I;16", "F"])
def test_both_arrays_have_one_size_in_every_mode(mode: str, tmp_path: Path) -> None:
    plain = gradient()
    if mode == "I;16":
        picture = Image.fromarray(np.asarray(plain.convert("L"), np.uint16) * 257)
    else:
        picture = plain.convert("L").convert(mode) if mode == "F" else plain.convert(mode)
    path = saved(tmp_path / "a.tiff", picture)
    read = read_picture_file(path)
    assert read.grey.shape == (20, 40)
    assert read.colours.shape == (20, 40, 3)
    assert read.colours.dtype == np.uint8
    assert np.array_equal(read.grey, read_grey(path))


def test_colours_are_those_of_the_file(tmp_path: Path) -> None:
    picture = gradient()
    read = read_picture_file(saved(tmp_path / "a.png", picture))
    assert np.array_equal(read.colours, np.asarray(picture))


def test_large_picture_is_reduced_in_both(tmp_path: Path) -> None:
    read = read_picture_file(saved(tmp_path / "a.png", gradient(size=(3000, 100))))
    assert read.grey.shape == read.colours.shape[:2] == (50, 1500)


def test_picture_is_upright_in_both(tmp_path: Path) -> None:
    turned = Image.Exif()
    turned[0x0112] = 6
    read = read_picture_file(saved(tmp_path / "a.png", gradient(), exif=turned))
    assert read.grey.shape == read.colours.shape[:2] == (40, 20)


@pytest.mark.parametrize(("ink", "paper"), [("black", 255), ("white", 0)])
def test_transparent_picture_lies_on_what_its_ink_is_seen_on(
    ink: str, paper: int, tmp_path: Path
) -> None:
    picture = Image.new("RGBA", (30, 30), (0, 0, 0, 0))
    picture.paste(ink, (10, 10, 20, 20))
    read = read_picture_file(saved(tmp_path / "a.png", picture))
    assert read.colours[0, 0].tolist() == [paper] * 3
    assert read.colours[15, 15].tolist() == [255 - paper] * 3


def test_bytes_are_read_as_the_file_is(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.png", gradient("RGBA"))
    from_file, from_bytes = read_picture_file(path), read_picture_bytes(path.read_bytes(), "it")
    assert isinstance(from_bytes, Picture)
    assert np.array_equal(from_file.grey, from_bytes.grey)
    assert np.array_equal(from_file.colours, from_bytes.colours)


def test_bytes_that_are_no_picture_are_refused_by_the_name_they_were_given() -> None:
    with pytest.raises(ValueError, match=r"^the pasted picture is not a picture"):
        read_picture_bytes(b"\x89PNG\r\n\x1a\n but not really", "the pasted picture")


@pytest.mark.parametrize(
    ("size", "words"),
    [((9_000, 8_000), "9,000 × 8,000 pixels"), ((20_000, 10_000), "far more than 64 million")],
)
def test_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(
    size: tuple[int, int], words: str
) -> None:
    stream = io.BytesIO()
    Image.new("1", size).save(stream, "PNG")
    with pytest.raises(ValueError, match=words):
        read_picture_bytes(stream.getvalue(), "the pasted picture")

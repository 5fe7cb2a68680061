"""Pictures of any size, polarity, pen and format give the digit image that the ink would give."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from qtdigits.core.ink import Ink
from qtdigits.core.picture_files import grey_of, read_grey
from qtdigits.core.pictures import digit_image, digit_images, read_digit_image
from qtdigits.core.raster import rasterize

SEVEN = [[(0.2, 0.1), (0.8, 0.1), (0.4, 0.9)], [(0.3, 0.5), (0.7, 0.5)]]
INK = Ink.from_json(SEVEN)


def drawn(
    pen: float = 12, size: int = 300, side: int = 500, paper: int = 255, ink: int = 0
) -> Image.Image:
    """The seven with a round pen, all in pixels, in the middle of a square picture."""
    image = Image.new("L", (2 * side, 2 * side), paper)
    draw = ImageDraw.Draw(image)
    for stroke in SEVEN:
        points = [((x - 0.5) * size * 2 + side, (y - 0.5) * size * 2 + side) for x, y in stroke]
        draw.line(points, fill=ink, width=round(2 * pen))
        for x, y in points:
            draw.ellipse((x - pen, y - pen, x + pen, y + pen), fill=ink)
    return image.reduce(2)


def grey(image: Image.Image) -> NDArray[np.float32]:
    return np.asarray(image, np.float32) / np.float32(255)


def assert_seven(image: NDArray[np.float32] | None, tolerance: float = 0.12) -> None:
    """Is it what the ink gives, but for a rim of antialiasing and the pen's width?"""
    assert image is not None
    assert image.shape == (28, 28)
    assert image.dtype == np.float32
    assert 0 <= image.min() <= image.max() <= 1
    assert np.sqrt(np.mean((image - rasterize(INK)) ** 2)) < tolerance


@pytest.mark.parametrize("pen", [2, 5, 12, 25])
@pytest.mark.parametrize("size", [200, 420])
def test_pen_and_size_do_not_matter(pen: int, size: int) -> None:
    assert_seven(digit_image(grey(drawn(pen, size))))


@pytest.mark.parametrize(("paper", "ink"), [(255, 0), (0, 255), (200, 150), (30, 60), (128, 255)])
def test_polarity_and_contrast_do_not_matter(paper: int, ink: int) -> None:
    assert_seven(digit_image(grey(drawn(paper=paper, ink=ink))))


def test_place_does_not_matter() -> None:
    picture = Image.new("L", (900, 700), 255)
    picture.paste(drawn(pen=5, size=100, side=150), (700, 20))
    assert_seven(digit_image(grey(picture)))


def test_tight_crop_is_read() -> None:
    picture = drawn(pen=12, size=300).point(lambda level: 255 - level)
    assert_seven(digit_image(grey(picture.crop(picture.getbbox()))))


def test_small_picture_is_read() -> None:
    assert_seven(digit_image(grey(drawn(pen=2, size=36, side=48))), tolerance=0.15)


def test_shadow_and_noise_of_a_photo_do_not_matter() -> None:
    rng = np.random.default_rng(1)
    down, right = np.mgrid[0:1:500j, 0:1:500j]
    light = 0.35 + 0.5 * right + 0.1 * down
    paper = light * (0.4 + 0.6 * grey(drawn(pen=10))) + rng.normal(0, 0.015, (500, 500))
    assert_seven(digit_image(np.clip(paper, 0, 1).astype(np.float32)))


def test_specks_do_not_matter() -> None:
    picture = drawn()
    draw = ImageDraw.Draw(picture)
    for x, y in ((10, 10), (480, 30), (20, 470)):
        draw.rectangle((x, y, x + 3, y + 3), fill=0)
    assert_seven(digit_image(grey(picture)))


def test_digit_image_comes_back_as_it_is() -> None:
    image = np.rint(rasterize(INK) * 255).astype(np.float32) / np.float32(255)
    np.testing.assert_array_equal(digit_image(image), image)
    inverted = digit_image(np.float32(1) - image)
    assert inverted is not None
    np.testing.assert_allclose(inverted, image, atol=1e-6)


def test_picture_of_28_pixels_off_the_middle_is_framed() -> None:
    image = np.roll(rasterize(INK), (-2, 3), (0, 1))
    assert_seven(digit_image(image), tolerance=0.15)


def noise(kind: str) -> NDArray[np.float32]:
    rng = np.random.default_rng(2)
    if kind == "uniform":
        return rng.random((300, 300), np.float32)
    if kind == "normal":
        return np.clip(rng.normal(0.5, 0.1, (300, 300)), 0, 1).astype(np.float32)
    return (rng.random((300, 300)) > 0.02).astype(np.float32)


@pytest.mark.parametrize("kind", ["uniform", "normal", "salt and pepper"])
def test_noise_is_no_digit(kind: str) -> None:
    assert digit_image(noise(kind)) is None


@pytest.mark.parametrize("level", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("shape", [(1, 1), (1, 5000), (28, 28), (300, 200)])
def test_blank_picture_is_no_digit(level: float, shape: tuple[int, int]) -> None:
    assert digit_image(np.full(shape, level, np.float32)) is None


def test_arrays_of_28_pixels_stay_and_others_are_framed() -> None:
    small = np.rint(rasterize(INK) * 255).astype(np.uint8)[None]
    np.testing.assert_array_equal(digit_images(small), small)
    np.testing.assert_array_equal(digit_images(255 - small), small)
    large = np.asarray(drawn(pen=3, size=80, side=100))[None]
    assert_seven(digit_images(large)[0].astype(np.float32) / np.float32(255))
    assert not digit_images(np.zeros((2, 16, 16), np.uint8)).any()


def saved(folder: Path, picture: Image.Image, suffix: str = "png") -> Path:
    path = folder / f"picture.{suffix}"
    picture.save(path)
    return path


@pytest.mark.parametrize("suffix", ["png", "jpg", "bmp", "gif", "webp", "tif"])
def test_usual_formats_are_read(tmp_path: Path, suffix: str) -> None:
    assert_seven(read_digit_image(saved(tmp_path, drawn().convert("RGB"), suffix)))


@pytest.mark.parametrize("mode", ["1", "P", "RGBA", "CMYK", "I", "F", "I;16"])
def test_modes_of_pictures_do_not_matter(tmp_path: Path, mode: str) -> None:
    if mode == "I;16":
        picture = Image.fromarray(np.asarray(drawn()).astype(np.uint16) * 257)
    else:
        picture = drawn().convert(mode)
    assert_seven(read_digit_image(saved(tmp_path, picture, "tif")))


@pytest.mark.parametrize("colour", ["black", "white"])
def test_ink_on_transparent_ground_is_seen(tmp_path: Path, colour: str) -> None:
    picture = Image.new("RGBA", (500, 500), colour)
    picture.putalpha(drawn(paper=0, ink=255))
    assert_seven(read_digit_image(saved(tmp_path, picture)))


def test_transparent_palette_lies_on_white(tmp_path: Path) -> None:
    picture = drawn().convert("P")
    picture.info["transparency"] = 255
    assert_seven(read_digit_image(saved(tmp_path, picture)))


def test_picture_is_turned_as_exif_says(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by 90 degrees clockwise
    turned = drawn().transpose(Image.Transpose.ROTATE_90)
    turned.save(tmp_path / "picture.jpg", exif=exif)
    assert_seven(read_digit_image(tmp_path / "picture.jpg"))


def test_first_frame_of_an_animation_is_read(tmp_path: Path) -> None:
    blank = Image.new("L", (500, 500), 255)
    drawn().save(tmp_path / "picture.gif", save_all=True, append_images=[blank])
    assert_seven(read_digit_image(tmp_path / "picture.gif"))


def test_wrong_suffix_does_not_matter(tmp_path: Path) -> None:
    path = saved(tmp_path, drawn())
    assert_seven(read_digit_image(path.rename(tmp_path / "picture.jpg")))


def test_large_picture_is_reduced(tmp_path: Path) -> None:
    levels = read_grey(saved(tmp_path, drawn(pen=60, size=2400, side=4000)))
    assert max(levels.shape) < 2400
    assert_seven(digit_image(levels))


def refusal(path: Path) -> str:
    with pytest.raises(ValueError, match=path.name) as caught:
        read_grey(path)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_huge_picture_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = saved(tmp_path, Image.new("1", (100_000, 1_000)), "png")
    assert "100,000 × 1,000 pixels" in refusal(path)


@pytest.mark.parametrize("suffix", ["png", "jpg", "gif", "webp", "tif", "bmp"])
def test_truncated_picture_is_refused(tmp_path: Path, suffix: str) -> None:
    path = saved(tmp_path, drawn().convert("RGB"), suffix)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    assert "cannot be read" in refusal(path).replace("not a picture that can be", "cannot be")


@pytest.mark.parametrize(
    "content",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        b"%PDF-1.7",
        b"\0\0\0\x18ftypheic",
        b"\x89PNG\r\n\x1a\n",
        b"P5 28 28 255 " + bytes(784),
        b"words",
    ],
)
def test_other_formats_are_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(content)
    assert "give a PNG, JPEG, BMP, GIF, WebP or TIFF file" in refusal(path)


def test_grey_of_float_picture_survives_what_is_not_finite() -> None:
    levels = np.array([[0.0, np.nan], [np.inf, 2.0]], np.float32)
    assert np.isfinite(grey_of(Image.fromarray(levels))).all()

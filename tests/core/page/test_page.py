"""Numbers are read from pictures of paper and screens, and nothing where there are none."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from qtdigits.core.page import read_picture, read_pictures
from qtdigits.core.paths import shipped_model
from qtdigits.core.pictures import digit_image
from qtdigits.core.prediction import Verdict
from qtdigits.core.raster import rasterize_tracks
from qtdigits.core.recognizer import Recognizer

Tracks = Sequence[Sequence[tuple[float, float]]]

CIRCLE = [(0.3 + 0.3 * float(np.cos(a)), 0.5 - 0.5 * float(np.sin(a))) for a in np.linspace(0, 6.3)]
ZERO: Tracks = [CIRCLE]
ONE: Tracks = [[(0.15, 0.0), (0.1, 1.0)]]
FOUR: Tracks = [[(0.4, 0.0), (0.0, 0.65), (0.7, 0.65)], [(0.5, 0.3), (0.45, 1.0)]]
FIVE: Tracks = [
    [(0.1, 0.05), (0.08, 0.45), (0.35, 0.4), (0.55, 0.6), (0.5, 0.85), (0.25, 1.0), (0.0, 0.9)],
    [(0.18, 0.0), (0.6, 0.0)],
]
SEVEN: Tracks = [[(0.0, 0.0), (0.6, 0.0), (0.2, 1.0)]]
DIGITS = {"0": ZERO, "1": ONE, "4": FOUR, "5": FIVE, "7": SEVEN}


@pytest.fixture(scope="session")
def network() -> Recognizer:
    from qtdigits.ml.recognizer import load_recognizer

    return load_recognizer(shipped_model())


def written(
    lines: Sequence[str],
    height: float = 60,
    pen: float = 6,
    gap: float = 0.25,
    size: tuple[int, int] = (700, 400),
) -> NDArray[np.float32]:
    """Black on white: lines of digits with `gap` between them, and a wide gap for each space."""
    image = Image.new("L", (2 * size[0], 2 * size[1]), 255)
    draw = ImageDraw.Draw(image)
    for row, line in enumerate(lines):
        x, y = 40.0, 40 + 1.6 * row * height
        for character in line:
            if character == " ":
                x += 1.3 * height
                continue
            tracks = DIGITS[character]
            for track in tracks:
                points = [(2 * (x + a * height), 2 * (y + b * height)) for a, b in track]
                draw.line(points, fill=0, width=round(2 * pen), joint="curve")
                for a, b in points:
                    draw.ellipse((a - pen, b - pen, a + pen, b + pen), fill=0)
            x += (max(a for track in tracks for a, _ in track) + gap) * height
    return np.asarray(image.reduce(2), np.float32) / np.float32(255)


def test_lines_and_numbers_are_read_in_order(network: Recognizer) -> None:
    assert read_picture(written(["407 15", "1750"]), network).text == "407 15\n1750"


def test_light_ink_on_dark_is_read_alike(network: Recognizer) -> None:
    assert read_picture(1 - written(["407 15", "1750"]), network).text == "407 15\n1750"


@pytest.mark.parametrize("pen", [1.5, 4, 9])
def test_hairline_and_marker_are_read(network: Recognizer, pen: float) -> None:
    assert read_picture(written(["4075"], pen=pen), network).text == "4075"


@pytest.mark.parametrize("number", ["407", "4017", "5047", "74015"])
def test_touching_digits_are_cut(network: Recognizer, number: str) -> None:
    assert read_picture(written([number], gap=-0.02), network).text == number


def test_floating_bar_stays_with_its_five(network: Recognizer) -> None:
    reading = read_picture(written(["515"], pen=4), network)
    assert reading.text == "515"
    assert len(reading) == 3


def test_bounds_lie_around_the_ink(network: Recognizer) -> None:
    grey = written(["40"])
    left, right = (digit.bounds for digit in read_picture(grey, network))
    assert left.right < right.left
    rows, columns = np.nonzero(grey < 0.5)
    assert left.left == pytest.approx(columns.min(), abs=1)
    assert right.right == pytest.approx(columns.max() + 1, abs=1)
    assert left.bottom == pytest.approx(rows.max() + 1, abs=5)


def test_one_digit_gives_the_digit_image_of_the_picture(network: Recognizer) -> None:
    for grey in (written(["5"]), written(["7"], pen=1.5), 1 - written(["0"], height=200, pen=30)):
        (digit,) = read_picture(grey, network)
        image = digit_image(grey)
        assert image is not None
        np.testing.assert_array_equal(digit.image, image)


def test_digit_image_is_read_as_it_is(network: Recognizer) -> None:
    image = rasterize_tracks([np.array(track) for track in SEVEN])
    (digit,) = read_picture(1 - image, network)
    assert digit.prediction.text == "7"
    np.testing.assert_allclose(digit.image, image, atol=1e-6)


def test_many_pictures_are_read_as_each_alone(network: Recognizer) -> None:
    greys = [written(["40"]), np.ones((50, 50), np.float32), written(["407"], gap=-0.02)]
    together = [reading.text for reading in read_pictures(greys, network)]
    assert together == [read_picture(grey, network).text for grey in greys]


def test_ruled_and_squared_paper_under_a_shadow_are_read(network: Recognizer) -> None:
    grey = written(["407 15", "1750"], size=(600, 300)).copy()
    grey[grey < 0.5] *= 0.3
    for lines in (grey[15::48], grey[16::48], grey.T[20::48]):
        np.minimum(lines, 0.7, out=lines)
    light = np.linspace(0.5, 0.9, 600, dtype=np.float32) * np.float32(1)
    noise = np.random.default_rng(1).normal(0, 0.01, grey.shape)
    paper = np.clip(grey * light + noise, 0, 1).astype(np.float32)
    assert read_picture(paper, network).text == "407 15\n1750"


def test_paper_on_a_table_is_read(network: Recognizer) -> None:
    sheet = 0.85 - 0.7 * (1 - written(["407 15", "1750"], size=(600, 300)))
    seen = np.full((420, 760), 0.3, np.float32)
    seen[60:360, 80:680] = sheet
    light = np.linspace(1.0, 0.7, 760, dtype=np.float32)
    noise = np.random.default_rng(3).normal(0, 0.01, seen.shape)
    photo = np.clip(seen * light + noise, 0, 1).astype(np.float32)
    assert read_picture(photo, network).text == "407 15\n1750"


def test_edge_of_a_shadow_is_not_light_ink(network: Recognizer) -> None:
    sheet = 0.9 - 0.5 * (1 - written(["407 15", "1750"], pen=2, size=(600, 300)))
    light = np.where(np.arange(300) < 118, 1.0, 0.55)[:, None]
    photo = (sheet * light * np.linspace(1, 0.8, 600)).astype(np.float32)
    assert read_picture(photo, network).text == "407 15\n1750"


def test_printed_heading_is_left_out(network: Recognizer) -> None:
    page = Image.fromarray((255 * written(["", "407 15", "1750"])).astype(np.uint8))
    font = ImageFont.load_default(34)
    ImageDraw.Draw(page).text((60, 30), "Things to buy this week", fill=0, font=font)
    grey = np.asarray(page, np.float32) / np.float32(255)
    assert read_picture(grey, network).text == "407 15\n1750"


def test_dash_between_numbers_is_left_out(network: Recognizer) -> None:
    grey = written(["40 15"]).copy()
    rows, columns = np.nonzero(grey < 0.5)
    gap = np.flatnonzero(np.diff(np.unique(columns)) > 30)[0]
    left = int(np.unique(columns)[gap])
    middle = int((rows.min() + rows.max()) / 2)
    grey[middle - 3 : middle + 3, left + 25 : left + 55] = 0
    assert read_picture(grey, network).text.replace(" ", "") == "4015"


def face() -> NDArray[np.float32]:
    image = Image.new("L", (400, 400), 255)
    draw = ImageDraw.Draw(image)
    draw.ellipse((60, 40, 340, 370), outline=0, width=8)
    draw.ellipse((130, 140, 170, 170), fill=0)
    draw.ellipse((230, 140, 270, 170), fill=0)
    draw.arc((130, 200, 270, 310), 20, 160, fill=0, width=8)
    draw.line((200, 180, 190, 230, 210, 230), fill=0, width=6)
    return np.asarray(image, np.float32) / np.float32(255)


def noise(kind: str) -> NDArray[np.float32]:
    rng = np.random.default_rng(2)
    if kind == "uniform":
        return rng.random((300, 300), np.float32)
    if kind == "normal":
        return np.clip(rng.normal(0.5, 0.1, (300, 300)), 0, 1).astype(np.float32)
    return (rng.random((300, 300)) > 0.02).astype(np.float32)


@pytest.mark.parametrize("kind", ["uniform", "normal", "salt and pepper"])
def test_noise_gives_no_digits(network: Recognizer, kind: str) -> None:
    assert read_picture(noise(kind), network).text == ""


@pytest.mark.parametrize("level", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("shape", [(1, 1), (1, 5000), (28, 28), (300, 200)])
def test_blank_picture_is_empty(network: Recognizer, level: float, shape: tuple[int, int]) -> None:
    reading = read_picture(np.full(shape, level, np.float32), network)
    assert (reading.text, reading.verdict) == ("", Verdict.EMPTY)


def test_page_of_text_gives_no_digits(network: Recognizer) -> None:
    page = Image.new("L", (700, 400), 255)
    text = "The quick brown fox\njumps over a lazy dog\nwhile queens look on"
    ImageDraw.Draw(page).text((40, 40), text, fill=0, font=ImageFont.load_default(48))
    assert read_picture(np.asarray(page, np.float32) / np.float32(255), network).text == ""


def test_bars_of_a_fence_are_no_number(network: Recognizer) -> None:
    grey = written(["1111111"], gap=0.4)
    assert read_picture(grey, network).text == ""


def test_face_is_not_read_as_a_digit(network: Recognizer) -> None:
    assert read_picture(face(), network).text == ""

"""Pictures and boxes on them, read by a network that counts the ink of its images."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from qtdigits.core.ink import Bounds
from qtdigits.core.model_card import ModelCard
from qtdigits.core.picture_files import Picture
from qtdigits.core.picture_reader import PictureReader, Source, thumbnail
from qtdigits.core.prediction import Prediction, Verdict
from qtdigits.core.verdict import interpret


class Network:
    """Says 1 of what is slender and 0 of all else, and keeps what it was asked."""

    def __init__(self) -> None:
        self.card = ModelCard("fake", "small", 1, "", "")
        self.images: list[NDArray[np.float32]] = []

    def logits(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        self.images.extend(images)
        result = np.full((len(images), 10), -20, np.float32)
        for row, image in zip(result, images, strict=True):
            columns = np.count_nonzero(image.max(axis=0) > 0.3)
            row[1 if columns < 12 else 0] = 20
        return result

    def predict(self, images: NDArray[np.float32]) -> list[Prediction]:
        return interpret(self.logits(images), self.card)


def ring(grey: NDArray[np.float32], left: int, top: int) -> None:
    """A 0 of 40 by 60 pixels with strokes of 6."""
    grey[top : top + 60, left : left + 40] = 0.1
    grey[top + 6 : top + 54, left + 6 : left + 34] = 0.95


def bar(grey: NDArray[np.float32], left: int, top: int) -> None:
    """A 1 of 6 by 60 pixels."""
    grey[top : top + 60, left : left + 6] = 0.1


@pytest.fixture
def page() -> Picture:
    """0 1 0, then a line that joins two rings."""
    grey = np.full((300, 400), 0.95, np.float32)
    ring(grey, 40, 40)
    bar(grey, 110, 40)
    ring(grey, 150, 40)
    ring(grey, 40, 180)
    ring(grey, 100, 180)
    grey[208:212, 70:110] = 0.1
    return Picture(grey, np.repeat((grey[:, :, None] * 255).astype(np.uint8), 3, axis=2))


@pytest.fixture
def reader() -> PictureReader:
    return PictureReader(Network())


def source(picture: Picture) -> Source:
    return lambda: picture


@pytest.mark.parametrize(
    ("bounds", "digit"),
    [
        (Bounds(40, 40, 80, 100), 0),
        (Bounds(110, 40, 116, 100), 1),
        (Bounds(30, 30, 95, 110), 0),  # with room around it
        (Bounds(100, 30, 158, 110), 1),  # the edge of the next digit is not its ink
    ],
)
def test_box_is_read_by_the_ink_that_belongs_to_it(
    bounds: Bounds, digit: int, reader: PictureReader, page: Picture
) -> None:
    answer = reader.read_box(1, source(page), bounds)
    assert answer.verdict is Verdict.DIGIT
    assert answer.digit == digit


def test_box_divides_ink_that_is_joined(page: Picture) -> None:
    network = Network()
    reader = PictureReader(network)
    reader.read_box(1, source(page), Bounds(40, 180, 90, 240))
    whole = PictureReader(network).read_box(1, source(page), Bounds(40, 180, 140, 240))
    assert whole.verdict is Verdict.DIGIT
    left, both = network.images
    assert np.count_nonzero(left.max(axis=0) > 0.3) < np.count_nonzero(both.max(axis=0) > 0.3)


@pytest.mark.parametrize(
    "bounds", [Bounds(250, 50, 300, 90), Bounds(390, 290, 390, 290), Bounds(500, 500, 600, 600)]
)
def test_box_without_ink_holds_nothing(
    bounds: Bounds, reader: PictureReader, page: Picture
) -> None:
    answer = reader.read_box(1, source(page), bounds)
    assert (answer.verdict, answer.text) == (Verdict.EMPTY, "")


def test_box_is_cut_where_there_is_least_ink(reader: PictureReader, page: Picture) -> None:
    place = reader.cut_place(1, source(page), Bounds(40, 180, 140, 240))
    assert 80 < place < 100


@pytest.mark.parametrize(
    "bounds", [Bounds(250, 50, 300, 90), Bounds(110, 40, 113, 43), Bounds(500, 0, 540, 9)]
)
def test_cut_lies_inside_the_box_whatever_is_in_it(
    bounds: Bounds, reader: PictureReader, page: Picture
) -> None:
    assert bounds.left < reader.cut_place(1, source(page), bounds) < bounds.right


def test_pictures_looked_at_lately_stay_unpacked(reader: PictureReader, page: Picture) -> None:
    unpacked: list[int] = []

    def from_disk(number: int) -> Source:
        def unpack() -> Picture:
            unpacked.append(number)
            return page

        return unpack

    for number in (1, 2, 1, 2, 3, 4, 1):
        reader.picture(number, from_disk(number))
    assert unpacked == [1, 2, 3, 4, 1]
    reader.forget(1)
    reader.picture(1, from_disk(1))
    assert unpacked[-2:] == [1, 1]


def test_source_that_fails_is_tried_anew(reader: PictureReader, page: Picture) -> None:
    def broken() -> Picture:
        raise ValueError("it is damaged")

    with pytest.raises(ValueError, match="damaged"):
        reader.read(1, broken)
    assert len(reader.read(1, source(page))) >= 4


def test_thumbnail_keeps_the_form(page: Picture) -> None:
    assert thumbnail(page, 100).shape == (75, 100, 3)

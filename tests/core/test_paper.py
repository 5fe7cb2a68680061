"""Composed numbers stand on pages that say what is on them, and can be read."""

from __future__ import annotations

import numpy as np
import pytest

from qtdigits.core.data_files.strokes import Drawing
from qtdigits.core.numbers.compose import ComposedNumber, compose_numbers
from qtdigits.core.numbers.paper import Paper, write_pages
from qtdigits.core.numbers.spacing import Spacing
from qtdigits.core.synthetic_pen import synthetic_digits, tracks_to_ink


def composed(count: int) -> list[ComposedNumber]:
    drawings = [
        Drawing(line, tracks_to_ink(tracks), str(label), "pen")
        for line, (label, tracks) in enumerate(synthetic_digits(60, seed=3))
    ]
    return compose_numbers(drawings, Spacing.APART, count, seed=1)


@pytest.mark.parametrize("paper", Paper)
def test_every_number_stands_on_a_page_in_its_order(paper: Paper) -> None:
    numbers = composed(12)
    pages = write_pages(numbers, paper, seed=5)
    written = " ".join(line for page in pages for line in page.lines).split()
    assert written == [number.label for number in numbers]
    for page in pages:
        assert page.picture.dtype == np.uint8
        assert np.ptp(page.picture) > 60


def test_same_seed_gives_the_same_pages() -> None:
    one, other = (write_pages(composed(4), Paper.RULED_PHOTO, seed=5) for _ in range(2))
    np.testing.assert_array_equal(one[0].picture, other[0].picture)


def test_light_on_dark_is_the_negative() -> None:
    (page,) = write_pages(composed(1), Paper.PLAIN, seed=5)
    (dark,) = write_pages(composed(1), Paper.PLAIN, seed=5, light_on_dark=True)
    np.testing.assert_array_equal(dark.picture, 255 - page.picture)

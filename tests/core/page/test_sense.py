"""Which digits of a line make one number is told from the paper between them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from qtdigits.core.page.sense import numbers_of
from qtdigits.core.page.shapes import Shape

HEIGHT = 100


def line(gaps: Sequence[int]) -> list[Shape]:
    """Shapes of 50 by 100 pixels with these gaps between them, in pixels."""
    mask = np.ones((HEIGHT, 50), np.bool_)
    lefts = np.cumsum([0, *(gap + 50 for gap in gaps)])
    return [Shape(int(left), 0, mask, mask.size) for left in lefts]


@pytest.mark.parametrize(
    ("gaps", "numbers"),
    [
        ((10, 12, 120, 10), [0, 0, 0, 1, 1]),  # wider than any gap within a number
        ((10, 5, 80, 20, -5), [0, 0, 0, 1, 1, 1]),  # much wider than the others of the line
        ((80, 75, 90), [0, 0, 0, 0]),  # written wide, but alike
        ((40, 30, 80), [0, 0, 0, 0]),  # somewhat uneven
        ((10, 60, 12), [0, 0, 0, 0]),  # uneven, but near each other
        ((80, 5, 80), [0, 1, 1, 2]),
        ((), [0]),
    ],
)
def test_wide_paper_divides_numbers(gaps: Sequence[int], numbers: list[int]) -> None:
    assert numbers_of(line(gaps), HEIGHT) == numbers


def test_line_without_digits_has_no_numbers() -> None:
    assert numbers_of([], HEIGHT) == []

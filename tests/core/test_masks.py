"""Masks fall into connected shapes, and strokes grow by what they are told to."""

from __future__ import annotations

import numpy as np
import pytest

from qtdigits.core.masks import components, dilated, padded


@pytest.mark.parametrize("radius", [0.0, 1.0, 2.5, 6.0])
def test_dot_grows_to_a_disc(radius: float) -> None:
    mask = np.zeros((21, 25), bool)
    mask[10, 12] = True
    rows, columns = np.mgrid[:21, :25]
    disc = (rows - 10) ** 2 + (columns - 12) ** 2 <= radius**2
    np.testing.assert_array_equal(dilated(mask, radius), disc)


def test_mask_grows_up_to_the_rim_and_not_around_it() -> None:
    mask = np.zeros((6, 6), bool)
    mask[0, 0] = True
    grown = dilated(mask, 2)
    assert grown[0, :3].all()
    assert grown.sum() == 6


def test_components_join_through_corners_and_turns() -> None:
    mask = np.array(
        [[1, 0, 0, 0, 1, 0, 1], [1, 0, 1, 0, 1, 0, 0], [1, 1, 1, 0, 0, 1, 0]], dtype=bool
    )
    labels, count = components(mask)
    assert count == 3
    assert labels[0, 0] == labels[1, 2]
    assert labels[0, 4] == labels[2, 5]
    assert len({int(labels[0, 0]), int(labels[0, 4]), int(labels[0, 6]), 0}) == 4


def test_components_of_nothing_are_none() -> None:
    labels, count = components(np.zeros((4, 5), bool))
    assert count == 0
    assert not labels.any()


def test_padded_puts_a_rim_of_zeros_around() -> None:
    levels = np.arange(6, dtype=np.float32).reshape(2, 3)
    np.testing.assert_array_equal(padded(levels, 2), np.pad(levels, 2))

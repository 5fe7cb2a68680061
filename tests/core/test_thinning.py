"""Thinning keeps what is connected connected, and ends where a pen's centre would have been."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from qtdigits.core.thinning import components, thin, without_spurs


def disc_stroke(*points: tuple[int, int], width: int) -> NDArray[np.bool_]:
    image = Image.new("L", (120, 120))
    draw = ImageDraw.Draw(image)
    draw.line(points, fill=255, width=width)
    for x, y in points:
        draw.ellipse((x - width // 2, y - width // 2, x + width // 2, y + width // 2), fill=255)
    return np.asarray(image) > 0


@pytest.mark.parametrize("width", [3, 9, 21])
def test_stroke_is_thinned_to_the_path_of_the_pen(width: int) -> None:
    line = thin(disc_stroke((30, 60), (90, 60), width=width))
    rows, columns = np.nonzero(line)
    assert np.abs(rows - 60).max() <= 1
    assert abs(int(columns.min()) - 30) <= 2
    assert abs(int(columns.max()) - 90) <= 2
    assert line.sum() == np.ptp(columns) + 1


@pytest.mark.parametrize("seed", range(5))
def test_thinning_keeps_the_number_of_shapes(seed: int) -> None:
    rng = np.random.default_rng(seed)
    mask = np.kron(rng.random((12, 12)) > 0.5, np.ones((8, 8), bool))
    thinned = thin(mask)
    assert not (thinned & ~mask).any()
    assert components(thinned)[1] == components(mask)[1]


def test_square_of_two_pixels_does_not_vanish() -> None:
    mask = np.zeros((6, 6), bool)
    mask[2:4, 2:4] = True
    assert thin(mask).any()


def test_short_spur_is_cut_and_long_branches_keep_their_ends() -> None:
    skeleton = np.zeros((40, 60), bool)
    skeleton[20, 5:55] = True
    skeleton[16:20, 30] = True
    pruned = without_spurs(skeleton, 6)
    assert not pruned[16:19].any()
    assert pruned[20, 5:55].all()


def test_skeleton_shorter_than_the_cut_stays() -> None:
    skeleton = np.zeros((10, 10), bool)
    skeleton[5, 3:6] = True
    np.testing.assert_array_equal(without_spurs(skeleton, 8), skeleton)


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

"""What training varies in a digit image."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace

import numpy as np
import pytest
import tensorflow as tf
from numpy.typing import NDArray

from qtdigits.core.random_variation import Variation
from qtdigits.core.raster import rasterize_tracks
from qtdigits.core.synthetic_pen import synthetic_digits
from qtdigits.ml.augment import vary

KINDS = [field.name for field in fields(Variation)]
NONE = Variation(**dict.fromkeys(KINDS, 0.0))
GEOMETRY = Variation(blur=0, paleness=0, grain=0)


@pytest.fixture(autouse=True)
def seeded() -> Iterator[None]:
    tf.random.set_seed(1)
    yield
    tf.random.set_seed(1)


@pytest.fixture(scope="module")
def images() -> NDArray[np.float32]:
    """Digit images as a network takes them, shape (40, 28, 28, 1)."""
    pictures = [rasterize_tracks(tracks) for _, tracks in synthetic_digits(40, 2)]
    return np.array(pictures, np.float32)[..., None]


def varied(images: NDArray[np.float32], variation: Variation) -> NDArray[np.float32]:
    return np.asarray(vary(tf.constant(images), variation), np.float32)


def test_variation_keeps_shape_and_range(images: NDArray[np.float32]) -> None:
    result = varied(images, Variation())
    assert result.shape == images.shape
    assert result.min() >= 0
    assert result.max() <= 1 + 1e-6


def test_no_variation_is_the_identity(images: NDArray[np.float32]) -> None:
    assert varied(images, NONE) == pytest.approx(images, abs=1e-5)


@pytest.mark.parametrize("name", KINDS)
def test_each_kind_of_variation_changes_the_image(name: str, images: NDArray[np.float32]) -> None:
    one = replace(NONE, **{name: 0.5})
    assert np.abs(varied(images, one) - images).max() > 0.01


def test_variation_treats_each_image_by_itself(images: NDArray[np.float32]) -> None:
    same = np.repeat(images[:1], 8, axis=0)
    result = varied(same, Variation())
    assert len({image.tobytes() for image in result}) == 8


def test_variation_of_the_same_seed_is_the_same(images: NDArray[np.float32]) -> None:
    one = varied(images, Variation())
    tf.random.set_seed(1)
    assert np.array_equal(one, varied(images, Variation()))


def test_geometric_variation_keeps_blank_paper_blank() -> None:
    assert not varied(np.zeros((5, 28, 28, 1), np.float32), GEOMETRY).any()


def test_shift_moves_the_drawing_no_further_than_its_limit() -> None:
    image = np.zeros((64, 28, 28, 1), np.float32)
    image[:, 14, 14] = 1
    shifted = varied(image, replace(NONE, shift=2.0))[..., 0]
    rows = shifted.sum(axis=2) @ np.arange(28)
    assert np.abs(rows - 14).max() <= 2 + 1e-4
    assert rows.std() > 0.5


def test_variation_never_mirrors() -> None:
    """An L with its foot to the right keeps it there, however its geometry is varied."""
    image = np.zeros((256, 28, 28, 1), np.float32)
    image[:, 5:23, 9:12] = 1
    image[:, 20:23, 9:21] = 1
    result = varied(image, replace(GEOMETRY, slant=0))[..., 0]
    columns = result.sum(axis=1)
    middle = (columns @ np.arange(28)) / columns.sum(axis=1)
    foot = result[:, 17:].sum(axis=1)
    foot_middle = (foot @ np.arange(28)) / foot.sum(axis=1)
    assert (foot_middle > middle).all()

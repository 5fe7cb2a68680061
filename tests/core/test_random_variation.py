"""A few digit images, each varied by its own draw."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from qtdigits.core.preview_samples import synthetic_samples
from qtdigits.core.random_variation import Images, Variation, smoothing, varied

KINDS = [field.name for field in fields(Variation)]
NONE = Variation(**dict.fromkeys(KINDS, 0.0))
SCAN = ("blur", "paleness", "grain")
GEOMETRY = replace(Variation(), **dict.fromkeys(SCAN, 0.0))


@pytest.fixture(scope="module")
def images() -> Images:
    return synthetic_samples()


def once(images: Images, variation: Variation, strength: float = 1.0, seed: int = 1) -> Images:
    return varied(images, variation, strength, np.random.default_rng(seed))


def test_variation_keeps_shape_and_kind(images: Images) -> None:
    result = once(images, Variation(), 1.5)
    assert result.shape == images.shape
    assert result.dtype == np.uint8


def test_no_strength_leaves_all_as_it_is(images: Images) -> None:
    assert np.array_equal(once(images, Variation(), 0.0), images)


def test_no_images_are_no_images() -> None:
    assert once(np.zeros((0, 28, 28), np.uint8), Variation()).shape == (0, 28, 28)


@pytest.mark.parametrize("name", KINDS)
def test_each_kind_of_variation_changes_the_image(name: str, images: Images) -> None:
    one = once(images, replace(NONE, **{name: 0.5}))
    assert np.abs(one.astype(int) - images).max() > 2


def test_same_seed_makes_the_same_and_another_seed_others(images: Images) -> None:
    assert np.array_equal(once(images, Variation()), once(images, Variation()))
    assert not np.array_equal(once(images, Variation()), once(images, Variation(), seed=2))


def test_same_seed_changes_more_by_more_strength(images: Images) -> None:
    """The draws stay; only their size is another: what moved left moves further left."""
    moved = [once(images, replace(NONE, shift=2.0), strength) for strength in (0.0, 0.5, 1.0)]
    places = np.array([[column_of(image) for image in some] for some in moved])
    assert places[2] - places[0] == pytest.approx(2 * (places[1] - places[0]), abs=0.02)


def column_of(image: Images) -> float:
    return float(image.sum(axis=0) @ np.arange(28) / image.sum())


def test_each_image_is_varied_by_itself(images: Images) -> None:
    result = once(np.repeat(images[:1], 8, axis=0), Variation())
    assert len({image.tobytes() for image in result}) == 8


def test_blank_paper_stays_blank_but_for_grain() -> None:
    blank = np.zeros((5, 28, 28), np.uint8)
    assert not once(blank, replace(Variation(), grain=0.0)).any()
    assert once(blank, Variation()).any()


def test_digits_are_never_mirrored() -> None:
    """An L with its foot to the right keeps it there."""
    images = np.zeros((64, 28, 28), np.uint8)
    images[:, 5:23, 9:12] = 255
    images[:, 20:23, 9:21] = 255
    result = once(images, replace(GEOMETRY, slant=0.0))
    foot, whole = result[:, 17:].sum(axis=1), result.sum(axis=1)
    places = np.arange(28)
    assert (foot @ places / foot.sum(axis=1) > whole @ places / whole.sum(axis=1)).all()


def test_smoothing_keeps_what_is_even() -> None:
    assert smoothing().sum(axis=1) == pytest.approx([1.0] * 28)

"""The preview varies images as the training does: two programs, one rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from functools import cache

import numpy as np
import pytest
import tensorflow as tf
from numpy.typing import NDArray

from qtdigits.core.preview_samples import synthetic_samples
from qtdigits.core.random_variation import COARSE, Variation, smoothing, varied
from qtdigits.ml.augment import vary

KINDS = [field.name for field in fields(Variation)]
NONE = Variation(**dict.fromkeys(KINDS, 0.0))
COUNT = 1500
"""So many images that a figure's own scatter is below what is allowed."""
Pixels = NDArray[np.float64]


@cache
def digits() -> NDArray[np.uint8]:
    """One digit over and over, so that all that differs is the draw."""
    return np.repeat(synthetic_samples()[4:5], COUNT, axis=0)


@cache
def shown(variation: Variation, strength: float = 1.0) -> Pixels:
    """What the preview makes of the digit, as fractions of full ink."""
    result = varied(digits(), variation, strength, np.random.default_rng(1))
    return np.asarray(result / 255, np.float64)


@cache
def trained(variation: Variation, strength: float = 1.0) -> Pixels:
    """What a training makes of it."""
    tf.random.set_seed(1)
    batch = tf.constant(digits()[..., None].astype(np.float32) / 255)
    result: Pixels = np.asarray(vary(batch, variation, strength), np.float64)[..., 0]
    return result


def amount(images: Pixels) -> Pixels:
    """How much ink each has."""
    return np.asarray(images.sum(axis=(1, 2)))


def column(images: Pixels) -> Pixels:
    return np.asarray(images.sum(axis=1) @ np.arange(28) / amount(images))


def row(images: Pixels) -> Pixels:
    return np.asarray(images.sum(axis=2) @ np.arange(28) / amount(images))


def width(images: Pixels) -> Pixels:
    away = (np.arange(28) - column(images)[:, None]) ** 2
    return np.asarray(np.sqrt((images.sum(axis=1) * away).sum(axis=1) / amount(images)))


def lean(images: Pixels) -> Pixels:
    """How far the columns go with the rows."""
    across = np.arange(28) - column(images)[:, None]
    down = np.arange(28) - row(images)[:, None]
    together = np.einsum("nij,ni,nj->n", images, down, across)
    spread = (images.sum(axis=2) * down**2).sum(axis=1)
    return np.asarray(together / spread)


def roughness(images: Pixels) -> Pixels:
    return np.asarray(np.abs(np.diff(images, axis=2)).mean(axis=(1, 2)))


@pytest.mark.parametrize("strength", [0.5, 1.5])
@pytest.mark.parametrize("measure", [amount, column, row, width, lean, roughness])
def test_preview_and_training_vary_alike(
    measure: Callable[[Pixels], Pixels], strength: float
) -> None:
    ours = measure(shown(Variation(), strength))
    theirs = measure(trained(Variation(), strength))
    spread = theirs.std()
    assert ours.mean() == pytest.approx(theirs.mean(), abs=0.15 * spread)
    assert ours.std() == pytest.approx(spread, rel=0.1)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_changes_as_many_pixels_as_much(kind: str) -> None:
    one = replace(NONE, **{kind: getattr(Variation(), kind)})
    plain = digits()[0] / 255
    ours = np.abs(shown(one) - plain).mean(axis=0)
    theirs = np.abs(trained(one) - plain).mean(axis=0)
    assert np.abs(ours - theirs).max() < 0.04
    assert ours.mean() == pytest.approx(theirs.mean(), rel=0.12)


def test_elastic_displacement_is_made_smooth_alike() -> None:
    coarse = np.random.default_rng(1).standard_normal((COARSE, COARSE)).astype(np.float32)
    resized = tf.image.resize(coarse[None, ..., None], (28, 28), method="bicubic")
    smooth = smoothing() @ coarse @ smoothing().T
    # TensorFlow looks its weights up in a table of 1024 places.
    assert smooth == pytest.approx(np.asarray(resized)[0, ..., 0], abs=5e-3)

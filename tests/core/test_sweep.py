"""A sweep reads the same digits under each variation with each network."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from qtdigits.core.image_variation import Images
from qtdigits.core.ink_variation import Tracks
from qtdigits.core.raster import rasterize_tracks
from qtdigits.core.sweep import Curve, SweptDigits, sweep

BAR: Tracks = [np.array([[0.0, 0.0], [0.0, 9.0]])]
LABELS = np.array([1, 1, 7])


def as_images(drawings: list[Tracks]) -> Images:
    return np.rint([rasterize_tracks(tracks) * 255 for tracks in drawings]).astype(np.uint8)


def ones(images: Images) -> NDArray[np.int64]:
    return np.ones(len(images), np.int64)


def upright(images: Images) -> NDArray[np.int64]:
    """1 for what is higher than wide."""
    sides = [[np.ptp(places) for places in np.nonzero(image > 127)] for image in images]
    return np.array([1 if height > 1.5 * width else 0 for height, width in sides])


def curve(curves: tuple[Curve, ...], title: str) -> Curve:
    return next(curve for curve in curves if curve.axis.title == title)


def test_images_are_varied_along_six_axes() -> None:
    curves = sweep(SweptDigits(as_images([BAR] * 3), LABELS), [ones])
    assert [one.axis.title for one in curves] == [
        f"{name} of the image"
        for name in ("shift", "rotation", "slant", "size", "pen width", "noise")
    ]


def test_ink_is_varied_before_and_after_it_is_rendered() -> None:
    curves = sweep(SweptDigits(as_images([BAR] * 3), LABELS, (BAR,) * 3), [ones])
    assert [one.axis.title for one in curves] == [
        *(f"{name} of the ink" for name in ("rotation", "slant", "size", "pen width")),
        *(f"{name} of the image" for name in ("shift", "rotation", "size", "noise")),
    ]


def test_each_network_has_its_own_line() -> None:
    def sevens(images: Images) -> NDArray[np.int64]:
        return np.full(len(images), 7)

    for one in sweep(SweptDigits(as_images([BAR] * 3), LABELS), [ones, sevens]):
        assert one.right == ((2,) * len(one.axis.values), (1,) * len(one.axis.values))
        assert one.accuracy(0) == pytest.approx([2 / 3] * len(one.axis.values))
        assert one.intervals(0)[0].low < 2 / 3 < one.intervals(0)[0].high


def test_accuracy_falls_where_the_variation_bites() -> None:
    digits = SweptDigits(as_images([BAR]), np.array([1]), (BAR,))
    curves = sweep(digits, [upright])
    turned = curve(curves, "rotation of the ink")
    assert turned.accuracy(0)[turned.axis.values.index(0.0)] == 1.0
    assert turned.accuracy(0)[0] == turned.accuracy(0)[-1] == 0.0
    assert curve(curves, "rotation of the image").accuracy(0)[0] == 0.0
    assert set(curve(curves, "size of the ink").accuracy(0)) == {1.0}


def test_usual_value_of_each_axis_changes_nothing() -> None:
    plain = as_images([BAR])
    seen: list[Images] = []

    def remember(images: Images) -> NDArray[np.int64]:
        seen.append(images)
        return ones(images)

    curves = sweep(SweptDigits(plain, np.array([1]), (BAR,)), [remember])
    at = 0
    for one in curves:
        usual = seen[at + one.axis.values.index(one.axis.usual)]
        assert np.abs(usual.astype(int) - plain).max() <= 1, one.axis.title
        at += len(one.axis.values)


def test_dot_and_empty_ink_can_be_swept() -> None:
    dot: Tracks = [np.array([[3.0, 3.0]])]
    digits = SweptDigits(np.zeros((2, 28, 28), np.uint8), np.array([1, 1]), (dot, []))
    assert sweep(digits, [ones])[0].n == 2


def test_sweep_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one digit"):
        sweep(SweptDigits(np.zeros((0, 28, 28), np.uint8), np.zeros(0, np.int64)), [ones])

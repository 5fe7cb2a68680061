"""The digits that are shown varied are those that are learnt from."""

from __future__ import annotations

import numpy as np

from qtdigits.core.preview_samples import COUNT, Images, mixed, synthetic_samples


def grey(level: int, count: int = COUNT) -> Images:
    """Images whose pixels say where they come from, and which of them they are."""
    return np.stack([np.full((28, 28), level + at, np.uint8) for at in range(count)])


def levels(images: Images) -> list[int]:
    return [int(image[0, 0]) for image in images]


def test_synthetic_samples_are_the_same_ten_digits_each_time() -> None:
    samples = synthetic_samples()
    assert samples.shape == (10, 28, 28)
    assert samples.dtype == np.uint8
    assert all(image.max() > 200 for image in samples)
    assert np.array_equal(samples, synthetic_samples())


def test_drawings_made_to_order_are_known_by_their_kind() -> None:
    assert levels(mixed(["synthetic:20000"], {"synthetic": grey(0)})) == list(range(10))


def test_sources_take_turns_and_digits_keep_their_column() -> None:
    known = {"a.npz": grey(0), "synthetic": grey(100)}
    shown = levels(mixed(["a.npz", "synthetic:50"], known))
    assert shown == [0, 101, 2, 103, 4, 105, 6, 107, 8, 109]


def test_source_that_is_not_known_is_left_out() -> None:
    assert levels(mixed(["non-digits:500", "a.npz"], {"a.npz": grey(0, 3)})) == [0, 1, 2]


def test_nothing_known_is_nothing_shown() -> None:
    assert mixed(["non-digits:500"], {}).shape == (0, 28, 28)
    assert mixed([], {"synthetic": grey(0)}).shape == (0, 28, 28)

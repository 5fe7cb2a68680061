"""Non-digits are of all kinds, and none that a digit looks like."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from qtdigits.core.non_digits import letters, symbols, synthetic_non_digits
from qtdigits.core.non_digits.doodles import DOODLES
from qtdigits.core.non_digits.spoiled import KINDS, ingredients, spoil
from qtdigits.core.raster import rasterize_tracks
from qtdigits.core.synthetic_pen import synthetic_digits

BAR = [np.array([[0.0, 0.0], [0.0, 1.0]])]


def test_non_digits_are_of_all_kinds() -> None:
    kinds = Counter(name.split()[0] for name, _ in synthetic_non_digits(1000, 1))
    assert set(kinds) == {"letter", "symbol", "doodle", "spoiled"}
    assert min(kinds.values()) > 80


def test_same_seed_gives_same_non_digits() -> None:
    first, second = synthetic_non_digits(150, 5), synthetic_non_digits(150, 5)
    for (name, tracks), (again, others) in zip(first, second, strict=True):
        assert name == again
        assert len(tracks) == len(others)
        assert all(map(np.array_equal, tracks, others))


def test_other_seed_gives_other_non_digits() -> None:
    names = [[name for name, _ in synthetic_non_digits(100, seed)] for seed in (1, 2)]
    assert names[0] != names[1]


def test_tracks_are_finite_and_leave_ink() -> None:
    for name, tracks in synthetic_non_digits(800, 2):
        assert tracks, name
        assert all(track.ndim == 2 and track.shape[1] == 2 and len(track) for track in tracks), name
        assert np.isfinite(np.concatenate(tracks)).all(), name
        assert rasterize_tracks(tracks).max() > 0.9, name


def test_letters_leave_out_what_a_digit_looks_like() -> None:
    names = {template.name for template in letters.TEMPLATES}
    assert not names & set("OoDQIilSsZzBbGgqy")
    assert len(names) > 30


def test_symbols_leave_out_what_a_digit_looks_like() -> None:
    drawn = {(template.name, template.style) for template in symbols.TEMPLATES}
    assert len(drawn) == len(symbols.TEMPLATES)
    assert not {name for name, _ in drawn} & {"|", "/", "\\", "!", ","}


@pytest.mark.parametrize("name", DOODLES)
def test_doodle_is_never_a_single_short_line(name: str) -> None:
    rng = np.random.default_rng(0)
    for _ in range(20):
        tracks = DOODLES[name](rng)
        assert name == "dots" or sum(map(len, tracks)) >= 8


@pytest.mark.parametrize("kind", KINDS)
def test_spoiled_digit_is_another_drawing(kind: str) -> None:
    rng = np.random.default_rng(1)
    by_label: dict[int, list[np.ndarray]] = dict(synthetic_digits(40, 1))
    for _ in range(30):
        recipe, *labels = ingredients(kind, rng)
        parts = [by_label[label] for label in labels]
        image = rasterize_tracks(spoil(kind, recipe, parts, rng))
        assert all(np.abs(image - rasterize_tracks(part)).sum() > 15 for part in parts)


def test_pair_stands_side_by_side() -> None:
    points = np.concatenate(spoil("pair", 0, [BAR, BAR], np.random.default_rng(0)))
    assert 0.5 < np.ptp(points[:, 0]) < 1.0


def test_no_non_digits_is_an_empty_list() -> None:
    assert synthetic_non_digits(0, 1) == []


@pytest.mark.parametrize(("count", "seed"), [(-1, 0), (5, -1)])
def test_negative_request_is_refused(count: int, seed: int) -> None:
    with pytest.raises(ValueError, match="must be 0 or more"):
        synthetic_non_digits(count, seed)

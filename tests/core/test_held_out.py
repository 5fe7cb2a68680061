"""The writers kept back are the same for everybody, and each is kept back once."""

from __future__ import annotations

import zlib

import pytest

from qtdigits.core.held_out import held_out_writers

WRITERS = [f"writer {number}" for number in range(23)]


def test_first_fold_is_the_first_by_checksum() -> None:
    ordered = sorted(WRITERS, key=lambda name: zlib.crc32(name.encode()))
    assert held_out_writers(WRITERS, 0.1) == set(ordered[:2])
    assert held_out_writers(WRITERS, 0.1, 3) == set(ordered[6:8])


def test_order_and_number_of_drawings_do_not_matter() -> None:
    assert held_out_writers(WRITERS, 0.2) == held_out_writers([*reversed(WRITERS)] * 3, 0.2)


@pytest.mark.parametrize("share", [0.01, 0.1, 0.25, 0.5, 1.0])
def test_folds_keep_each_writer_back_once(share: float) -> None:
    kept: list[str] = []
    fold = 0
    while len(kept) < len(WRITERS):
        kept += held_out_writers(WRITERS, share, fold)
        fold += 1
    assert sorted(kept) == sorted(WRITERS)
    assert held_out_writers(WRITERS, share, fold) == held_out_writers(WRITERS, share, 0)


def test_at_least_one_writer_is_kept_back() -> None:
    assert len(held_out_writers(["anna", "ben"], 0.01)) == 1
    assert held_out_writers([], 0.1) == set()


@pytest.mark.parametrize(("share", "fold"), [(0.0, 0), (1.1, 0), (float("nan"), 0), (0.1, -1)])
def test_senseless_share_or_fold_is_refused(share: float, fold: int) -> None:
    with pytest.raises(ValueError, match="expected a share"):
        held_out_writers(WRITERS, share, fold)

"""The numbers of drawings that were saved: known for a while, and not kept for ever."""

from __future__ import annotations

from qtdigits.ui.workers.store_worker import Numbers


def test_saved_drawing_has_its_number_and_an_unsaved_one_none() -> None:
    numbers = Numbers()
    numbers.note(-7, 1)
    assert numbers.of([-7, -6, 3]) == [1, 3]
    assert numbers.one(-6) == -6


def test_numbers_of_long_ago_are_forgotten() -> None:
    numbers = Numbers()
    for number in range(1, 50_001):
        numbers.note(-number, number)
    assert numbers.of(range(-50_000, 0)) == list(range(50_000, 40_000, -1))

"""What the soak takes for well: it must be able to find what grows and what becomes slower."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from soak import Sample, judge

AT_FIRST = Sample(0.0, 800.0, 12, 10, 200_000, 50.0, 1.0, 0)


def use(change: Callable[[Sample], Sample] = lambda sample: sample) -> list[Sample]:
    """An hour of it, a line for every hundred numbers."""
    return [change(replace(AT_FIRST, numbers=100 * at)) for at in range(60)]


def test_use_that_changes_nothing_is_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert judge(use()) == 0
    assert "NOT" not in capsys.readouterr().out


def test_warm_up_is_not_counted() -> None:
    assert judge(use(lambda s: replace(s, memory_mb=min(800 + s.numbers, 1400)))) == 0


def test_memory_that_grows_is_not_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert judge(use(lambda s: replace(s, memory_mb=800 + s.numbers / 100))) == 1
    grown = capsys.readouterr().out
    assert "NOT WELL: memory grew by 53.0 MB at most (allowed: 50), 10.0 MB in 1,000" in grown


def test_memory_that_grew_meanwhile_is_not_well() -> None:
    assert judge(use(lambda s: replace(s, memory_mb=860 if s.numbers == 3000 else 800))) == 1


@pytest.mark.parametrize("of", ["handles", "threads"])
def test_handles_and_threads_that_stay_are_not_well(of: str) -> None:
    assert judge(use(lambda s: replace(s, **{of: 12 + s.numbers // 1000}))) == 1


def test_slow_down_is_not_well_but_a_slow_machine_is_no_slow_down() -> None:
    assert judge(use(lambda s: replace(s, window_ms=50 + s.numbers / 50))) == 1
    busy = use(lambda s: replace(s, window_ms=50 + s.numbers / 50, fixed_ms=1 + s.numbers / 2500))
    assert judge(busy) == 0


def test_use_without_a_warm_up_is_not_well() -> None:
    assert judge(use()[:6]) == 1

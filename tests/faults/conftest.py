"""What the tests of faults are made with: the program as a process."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from driven import Driven, Start


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The long tests run under `make test-faults`, which says how often to kill."""
    if "QTDIGITS_KILLS" in os.environ:
        return
    long = [item for item in items if item.get_closest_marker("long")]
    config.hook.pytest_deselected(items=long)
    items[:] = [item for item in items if item not in set(long)]


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts the program, with more variables in its environment if need be."""
    running: list[Driven] = []

    def begin(**variables: str) -> Driven:
        running.append(Driven({**os.environ, **variables}))
        return running[-1]

    yield begin
    for one in running:
        one.close()

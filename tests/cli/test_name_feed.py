"""Names of files are looked up ahead, but not without end."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from qtdigits.cli.name_feed import NameFeed


def test_files_come_in_order_with_their_numbers() -> None:
    feed = NameFeed(Path(name) for name in "abcde")
    assert feed.has_ahead(5, 60)
    assert feed.take(2) == [(0, Path("a")), (1, Path("b"))]
    assert feed.take(9) == [(2, Path("c")), (3, Path("d")), (4, Path("e"))]
    assert feed.take(9) == []


def test_files_are_shared_among_takers() -> None:
    feed = NameFeed(Path(str(number)) for number in range(10))
    assert feed.has_ahead(10, 60)
    assert [len(feed.take(3, sharing=4)) for _ in range(6)] == [3, 2, 2, 1, 1, 1]
    assert feed.take(3, sharing=4) == []


def test_file_that_was_put_back_comes_again() -> None:
    feed = NameFeed(Path(name) for name in "ab")
    (first,) = feed.take(1)
    feed.put_back(first)
    assert feed.take(1) == [first]
    feed.close()


def test_fewer_files_than_asked_for_are_told_at_the_end() -> None:
    assert not NameFeed(Path(name) for name in "abc").has_ahead(4, 60)


def test_slow_names_are_handed_out_as_they_come() -> None:
    gate = threading.Event()

    def names() -> Iterator[Path]:
        yield Path("a")
        gate.wait()
        yield Path("b")

    feed = NameFeed(names())
    assert feed.take(9) == [(0, Path("a"))]
    assert not feed.has_ahead(1, 0)
    gate.set()
    assert feed.take(9) == [(1, Path("b"))]


def test_endless_names_are_not_all_looked_up() -> None:
    asked = 0

    def names() -> Iterator[Path]:
        nonlocal asked
        for number in count():
            asked = number
            yield Path(str(number))

    feed = NameFeed(names())
    assert feed.has_ahead(1000, 60)
    assert asked <= 1001
    feed.close()
    assert feed.take(9) == []

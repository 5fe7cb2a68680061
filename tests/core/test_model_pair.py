"""A network and its card: at any moment the older pair or the newer one."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

import pytest

import pair_saver
from pair_saver import save, write
from qtdigits.core.model_card import card_path, read_card
from qtdigits.core.model_pair import unmoved_cards

KILLS: Final = int(os.environ.get("QTDIGITS_KILLS", "3"))
MOVES: Final = 2
"""A network, and its card."""

needs_posix = pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")


def saver(place: Path, *moves: int) -> subprocess.Popen[str]:
    """A process that saves networks 2, 3, ...; killed instead of one move more than these."""
    return subprocess.Popen(
        [sys.executable, pair_saver.__file__, place, *map(str, moves)],
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "networks"
    folder.mkdir()
    return folder / "mine.keras"


def names(place: Path) -> list[str]:
    return sorted(path.name for path in place.parent.iterdir())


def test_pair_is_replaced_and_nothing_is_left(place: Path) -> None:
    for seed in (1, 2):
        save(place, seed)
    assert read_card(place).seed == 2
    assert names(place) == ["mine.json", "mine.keras"]


@needs_posix
@pytest.mark.parametrize("had_older", [True, False])
@pytest.mark.parametrize("moves", range(MOVES + 1))
def test_saver_killed_before_any_move_leaves_a_whole_pair(
    moves: int, had_older: bool, place: Path
) -> None:
    if had_older:
        save(place, 1)
    with saver(place, moves) as child:
        assert child.wait(60) == -signal.SIGKILL
    if moves == 0 and not had_older:
        assert not place.exists()
    else:
        assert read_card(place).seed == (1 if moves == 0 else 2)
    save(place, 9)
    assert read_card(place).seed == 9


@needs_posix
@pytest.mark.parametrize("seed", range(KILLS))
def test_saver_killed_at_any_moment_leaves_a_whole_pair(seed: int, place: Path) -> None:
    save(place, 1)
    with saver(place) as child:
        assert child.stdout is not None
        child.stdout.readline()
        with suppress(subprocess.TimeoutExpired):
            child.wait(random.Random(seed).uniform(0.0, 0.2))
        child.kill()
        said = [1, *map(int, child.stdout.read().split())]
    assert read_card(place).seed in (said[-1], said[-1] + 1)


def failing(move: int) -> Callable[..., None]:
    """os.replace, which fails this once; as with a virus scanner that holds the older file."""
    moves = [0]
    replace = os.replace

    def fail_once(source: Path, target: Path) -> None:
        moves[0] += 1
        if moves[0] == move:
            raise PermissionError(13, "Permission denied")
        replace(source, target)

    return fail_once


@pytest.mark.parametrize("move", range(1, MOVES + 1))
def test_move_that_fails_leaves_the_older_pair(
    move: int, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(place, 1)
    monkeypatch.setattr(os, "replace", failing(move))
    with pytest.raises(PermissionError):
        save(place, 2)
    assert read_card(place).seed == 1
    assert names(place) == ["mine.json", "mine.keras"]


@pytest.mark.parametrize("move", range(1, MOVES + 1))
def test_move_that_fails_leaves_nothing_where_nothing_was(
    move: int, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "replace", failing(move))
    with pytest.raises(PermissionError):
        save(place, 1)
    assert names(place) == []


def test_file_system_without_links_keeps_the_older_pair(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    save(place, 1)
    monkeypatch.setattr(os, "link", no_links)
    monkeypatch.setattr(os, "replace", failing(2))
    with pytest.raises(PermissionError):
        save(place, 2)
    assert read_card(place).seed == 1


def left_behind(place: Path, seed: int, age: float) -> Path:
    """What a saver leaves that was killed before its first move."""
    folder = place.parent / f".saving-{seed}"
    folder.mkdir()
    write(folder / place.name, seed)
    os.utime(folder, (age, age))
    return folder


def test_leftovers_of_the_pair_go_with_the_next_save(place: Path) -> None:
    old, young = left_behind(place, 5, 1.0), left_behind(place, 6, 4e9)
    other = left_behind(place.with_name("other.keras"), 7, 1.0)
    save(place, 1)
    assert (old.exists(), young.exists(), other.exists()) == (False, True, True)


def test_card_of_another_network_is_not_taken(place: Path) -> None:
    save(place, 1)
    left_behind(place, 5, 1.0)
    assert list(unmoved_cards(card_path(place))) != []
    place.write_bytes(b"of unknown origin")
    with pytest.raises(ValueError, match="is not the file that its model card describes"):
        read_card(place)

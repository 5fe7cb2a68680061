"""The keeper of what is on the paper: beside the window, newest first, gone at a good end."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from qtdigits.core.arrangement import ArrangedInk
from qtdigits.core.ink import Ink, Stroke
from qtdigits.core.kept_ink import KeptInk
from qtdigits.ui.workers.ink_keeper import InkKeeper


class SlowDisk(KeptInk):
    """Counts, notes the thread, waits at a gate, and fails on demand."""

    def __init__(self, file: Path) -> None:
        super().__init__(file)
        self.gate = threading.Event()
        self.gate.set()
        self.kept: list[ArrangedInk] = []
        self.threads: set[int] = set()
        self.fault: OSError | None = None

    def keep(self, drawing: ArrangedInk, tries: int = 0) -> None:
        self.threads.add(threading.get_ident())
        assert self.gate.wait(20)
        if self.fault is not None:
            raise self.fault
        super().keep(drawing, tries)
        self.kept.append(drawing)


def line(to: float) -> ArrangedInk:
    return ArrangedInk(Ink((Stroke.from_points([(0, 0), (to, to)]),)))


@pytest.fixture
def disk(tmp_path: Path) -> SlowDisk:
    return SlowDisk(tmp_path / "data" / "paper.ink")


@pytest.fixture
def make(qtbot: QtBot, disk: SlowDisk) -> Iterator[Callable[[], InkKeeper]]:
    keepers: list[InkKeeper] = []

    def begin() -> InkKeeper:
        keepers.append(InkKeeper(disk, pause_ms=1))
        return keepers[-1]

    yield begin
    disk.gate.set()
    for keeper in keepers:
        keeper.shutdown()


def test_newest_ink_is_kept_in_another_thread(
    make: Callable[[], InkKeeper], disk: SlowDisk, qtbot: QtBot
) -> None:
    keeper = make()
    for to in (1, 2, 3):
        keeper.note(line(to))
    qtbot.waitUntil(lambda: disk.kept[-1:] == [line(3)])
    assert len(disk.kept) == 1
    assert threading.get_ident() not in disk.threads
    assert disk.recover() == (line(3), "")


def test_slow_disk_skips_what_is_old(
    make: Callable[[], InkKeeper], disk: SlowDisk, qtbot: QtBot
) -> None:
    keeper = make()
    disk.gate.clear()
    keeper.note(line(1))
    qtbot.waitUntil(lambda: bool(disk.threads))
    for to in (2, 3):
        keeper.note(line(to))
        qtbot.wait(5)  # beyond the pause, so that each is handed on
    disk.gate.set()
    qtbot.waitUntil(lambda: disk.kept[-1:] == [line(3)])
    assert disk.kept == [line(1), line(3)]


def test_good_end_leaves_no_file(
    make: Callable[[], InkKeeper], disk: SlowDisk, qtbot: QtBot, tmp_path: Path
) -> None:
    keeper = make()
    keeper.note(line(1))
    qtbot.waitUntil(lambda: bool(disk.kept))
    keeper.shutdown()
    assert list((tmp_path / "data").iterdir()) == []


def test_good_end_before_anything_was_written_removes_what_was_there(
    make: Callable[[], InkKeeper], disk: SlowDisk, tmp_path: Path
) -> None:
    disk.keep(line(1))
    make().shutdown()
    assert list((tmp_path / "data").iterdir()) == []


def test_disk_that_fails_is_tried_again_with_the_next_ink(
    make: Callable[[], InkKeeper], disk: SlowDisk, qtbot: QtBot
) -> None:
    keeper = make()
    disk.fault = OSError(28, "No space left on device")
    keeper.note(line(1))
    qtbot.waitUntil(lambda: bool(disk.threads))
    disk.fault = None
    keeper.note(line(2))
    qtbot.waitUntil(lambda: disk.kept == [line(2)])


def test_disk_that_hangs_does_not_keep_the_program_from_ending(
    make: Callable[[], InkKeeper], disk: SlowDisk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qtdigits.ui.workers.ink_keeper._END_S", 0.01)
    keeper = make()
    disk.gate.clear()
    keeper.note(line(1))
    qtbot.waitUntil(lambda: bool(disk.threads))
    keeper.shutdown()
    assert disk.kept == []

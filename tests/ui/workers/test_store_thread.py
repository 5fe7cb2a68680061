"""The store's thread: jobs in their order, acknowledged, and kept while they cannot be written."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qtdigits.core.history import HistoryEntry
from qtdigits.core.store.query import HistoryQuery
from qtdigits.core.store.store import Store
from qtdigits.ui.workers.store_thread import StoreThread

MakeEntry = Callable[..., HistoryEntry]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "drawings.sqlite"


@pytest.fixture
def thread(qapp: QApplication, file: Path) -> Iterator[StoreThread]:
    thread = StoreThread(file)
    yield thread
    thread.shutdown()


def stored(file: Path) -> list[HistoryEntry]:
    store = Store.open(file)
    entries = list(store.drawings.iterate(HistoryQuery(store.people.current().id)))
    store.close()
    return entries


def test_opening_is_told_with_what_there_is_to_say(
    thread: StoreThread, file: Path, qtbot: QtBot
) -> None:
    file.write_bytes(b"garbage")
    with qtbot.waitSignal(thread.opened) as opened:
        thread.start()
    assert opened.args is not None
    assert "was damaged" in opened.args[0]


def test_answer_comes_in_the_thread_of_the_window(thread: StoreThread, qtbot: QtBot) -> None:
    where: list[threading.Thread] = []

    def work(store: Store) -> str:
        where.append(threading.current_thread())
        return store.people.current().name

    def then(name: str) -> None:
        where.append(threading.current_thread())
        assert name == "Me"

    thread.read(work, then)
    qtbot.waitUntil(lambda: len(where) == 2)
    assert where[0] is not where[1]
    assert where[1] is threading.current_thread()


def test_saved_drawing_is_acknowledged_with_its_number(
    thread: StoreThread, file: Path, make_entry: MakeEntry, qtbot: QtBot
) -> None:
    saved: list[tuple[int, HistoryEntry]] = []
    thread.save(make_entry(-9), None, saved.append)
    thread.save(replace(make_entry(-9), label=4), None, saved.append)
    thread.save(make_entry(-8), None, saved.append)
    qtbot.waitUntil(lambda: len(saved) == 3)
    assert [(former, entry.id) for former, entry in saved] == [(-9, 1), (-9, 1), (-8, 2)]
    thread.shutdown()
    assert [entry.label for entry in stored(file)] == [None, 4]


def test_what_was_asked_for_before_the_end_is_done(
    thread: StoreThread, file: Path, make_entry: MakeEntry
) -> None:
    for number in range(20):
        thread.save(make_entry(-20 + number), None, lambda saved: None)
    thread.shutdown()
    assert len(stored(file)) == 20


def test_nothing_is_heard_after_the_end(
    thread: StoreThread, make_entry: MakeEntry, qtbot: QtBot
) -> None:
    heard: list[object] = []
    thread.save(make_entry(-1), None, heard.append)
    thread.shutdown()
    thread.save(make_entry(-2), None, heard.append)
    QApplication.processEvents()
    assert heard == []


def test_refusal_is_a_sentence(thread: StoreThread, qtbot: QtBot) -> None:
    heard: list[str] = []
    thread.change(lambda store: store.people.add(""), lambda _: None, heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["A person needs a name; type one."]


def test_fault_of_one_job_leaves_the_next_ones_alone(thread: StoreThread, qtbot: QtBot) -> None:
    heard: list[str] = []

    def broken(store: Store) -> None:
        raise RuntimeError("a fault")

    thread.change(broken, lambda _: None, heard.append)
    thread.read(lambda store: store.people.current().name, heard.append)
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard == ["It went wrong: a fault.", "Me"]


def test_change_that_cannot_be_written_waits_until_it_can(
    thread: StoreThread,
    file: Path,
    make_entry: MakeEntry,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("qtdigits.core.store.database._BUSY_S", 0.02)
    monkeypatch.setattr("qtdigits.ui.workers.store_worker._RETRY_MS", 50)
    with qtbot.waitSignal(thread.opened):
        thread.start()
    saved: list[tuple[int, HistoryEntry]] = []
    thread.save(make_entry(-5), None, saved.append)
    qtbot.waitUntil(lambda: len(saved) == 1)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with qtbot.waitSignal(thread.saving_failed) as failed:
            thread.change(lambda store: store.drawings.set_label([1], 3))
            thread.save(make_entry(-4), 1, saved.append)
        assert failed.args is not None
        assert "another program holds the file" in failed.args[0]
        with qtbot.waitSignal(thread.saving_recovered):
            other.execute("ROLLBACK")
    qtbot.waitUntil(lambda: len(saved) == 2)
    assert [entry.label for entry in stored(file)] == [None, 3]


def test_session_that_changed_something_leaves_a_backup(
    thread: StoreThread, file: Path, make_entry: MakeEntry
) -> None:
    thread.save(make_entry(-1), None, lambda saved: None)
    thread.shutdown()
    file.write_bytes(b"garbage")
    assert len(stored(file)) == 1


def test_session_without_a_change_leaves_the_backups_alone(
    thread: StoreThread, file: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(thread.opened):
        thread.start()
    thread.shutdown()
    assert not (file.parent / "backups").exists()

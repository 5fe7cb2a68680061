"""The store's file damaged, empty, of a newer version, locked, on a full or forbidden disk."""

from __future__ import annotations

import os
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from qtdigits.core.history import HistoryEntry
from qtdigits.core.store.backups import KEPT, Backups
from qtdigits.core.store.query import HistoryQuery
from qtdigits.core.store.schema import MIGRATIONS, VERSION, migrate
from qtdigits.core.store.store import Store
from qtdigits.core.store.transactions import NotSavedError

MakeDrawing = Callable[..., HistoryEntry]


@pytest.fixture
def filled(store_file: Path, make_drawing: MakeDrawing) -> Path:
    """A file with 30 drawings, of which a backup has 20."""
    store = Store.open(store_file)
    me = store.people.current().id
    for mark in range(20):
        store.drawings.save(make_drawing(mark), me)
    store.back_up()
    for mark in range(20, 30):
        store.drawings.save(make_drawing(mark), me)
    store.close()
    return store_file


def count(store: Store) -> int:
    return len(store.drawings.ids(HistoryQuery(store.people.current().id)))


def aside(file: Path) -> list[Path]:
    return sorted(file.parent.glob("drawings-damaged-*.sqlite"))


@pytest.mark.parametrize("seed", range(6))
def test_damaged_file_is_set_aside_and_the_backup_restored(filled: Path, seed: int) -> None:
    rng = random.Random(seed)
    content = bytearray(filled.read_bytes())
    # The head of the file, or the heads of several pages.
    pages = [0] if seed < 3 else rng.sample(range(1, len(content) // 4096), 4)
    for page in pages:
        content[page * 4096 : page * 4096 + 64] = rng.randbytes(64)
    filled.write_bytes(content)
    store = Store.open(filled)
    assert "20 drawings came back from the backup" in store.note
    assert count(store) == 20
    (kept,) = aside(filled)
    assert kept.name in store.note
    assert kept.read_bytes() == content
    store.close()
    again = Store.open(filled)
    assert (again.note, count(again)) == ("", 20)
    again.close()


@pytest.mark.parametrize("content", [b"", b"This is no database.", b"\0" * 5000])
def test_empty_file_and_garbage_are_replaced_by_the_backup(filled: Path, content: bytes) -> None:
    filled.write_bytes(content)
    store = Store.open(filled)
    assert (count(store), len(aside(filled))) == (20, 1)
    store.close()


def test_damaged_backup_is_passed_over(filled: Path) -> None:
    backups = filled.parent / "backups"
    good = next(iter(Backups(backups).all()))
    (backups / "drawings-2999-01-01.sqlite").write_bytes(good.read_bytes()[:5000])
    (backups / "drawings-2999-01-02.sqlite").write_bytes(b"")
    filled.write_bytes(b"garbage")
    store = Store.open(filled)
    assert count(store) == 20
    store.close()


def test_damaged_file_without_a_backup_is_kept_and_a_new_one_begun(store_file: Path) -> None:
    store_file.write_bytes(b"garbage" * 1000)
    store = Store.open(store_file)
    assert "there was no backup" in store.note
    assert (count(store), aside(store_file)[0].read_bytes()) == (0, b"garbage" * 1000)
    store.close()


def test_journal_of_a_damaged_file_does_not_meet_the_backup(filled: Path) -> None:
    filled.write_bytes(b"garbage")
    journal = filled.with_name(f"{filled.name}-journal")
    journal.write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"x" * 4000)
    store = Store.open(filled)
    assert count(store) == 20
    store.close()
    assert not journal.exists()


def test_file_of_a_newer_version_is_refused_and_left_as_it_is(filled: Path) -> None:
    with closing(sqlite3.connect(filled)) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    before = filled.read_bytes()
    store = Store.open(filled)
    assert "written by a newer qtdigits" in store.note
    assert "lasts until you close" in store.note
    assert not store.is_saved
    store.close()
    assert filled.read_bytes() == before
    assert aside(filled) == []


def test_new_file_has_the_tables_of_the_newest_version(store_file: Path) -> None:
    Store.open(store_file).close()
    with closing(sqlite3.connect(store_file)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)


def test_migration_is_all_or_nothing(
    filled: Path, make_drawing: MakeDrawing, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = ("CREATE TABLE extra (id INTEGER)", "INSERT INTO nowhere VALUES (1)")
    monkeypatch.setattr("qtdigits.core.store.schema.MIGRATIONS", (*MIGRATIONS, steps))
    monkeypatch.setattr("qtdigits.core.store.schema.VERSION", VERSION + 1)
    connection = sqlite3.connect(filled, isolation_level=None)
    with closing(connection), pytest.raises(sqlite3.OperationalError):
        migrate(connection)
    with closing(sqlite3.connect(filled)) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        assert "extra" not in tables
        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,)


def test_full_disk_is_a_sentence_and_changes_nothing(
    filled: Path, make_drawing: MakeDrawing
) -> None:
    store = Store.open(filled)
    me = store.people.current().id
    pages = store.drawings._transactions.connection.execute("PRAGMA page_count").fetchone()[0]
    store.drawings._transactions.connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(NotSavedError, match="the disk is full; make some room"):
        store.drawings.add([make_drawing(mark) for mark in range(100, 400)], me)
    assert count(store) == 30
    store.drawings._transactions.connection.execute("PRAGMA max_page_count = 100000")
    assert store.drawings.add([make_drawing(100)], me) == (1, 0)
    store.close()


def test_file_held_by_another_program_is_a_sentence(
    filled: Path, make_drawing: MakeDrawing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qtdigits.core.store.database._BUSY_S", 0.05)
    store = Store.open(filled)
    me = store.people.current().id
    with closing(sqlite3.connect(filled, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(NotSavedError, match="another program holds the file"):
            store.drawings.save(make_drawing(77), me)
        other.execute("ROLLBACK")
    assert store.drawings.save(make_drawing(77), me).id == 31
    store.close()


def test_forbidden_folder_is_a_session_in_memory(bound_folder: Path) -> None:
    folder = bound_folder / "forbidden"
    folder.mkdir(mode=0o500)
    store = Store.open(folder / "drawings.sqlite")
    assert not store.is_saved
    store.close()


def test_folder_that_cannot_be_made_is_a_session_in_memory(
    tmp_path: Path, make_drawing: MakeDrawing
) -> None:
    (tmp_path / "file").write_text("no folder")
    store = Store.open(tmp_path / "file" / "drawings.sqlite")
    assert store.note.startswith("Your drawings cannot be saved")
    assert store.drawings.save(make_drawing(), store.people.current().id).id == 1
    store.back_up()
    store.close()


@pytest.mark.skipif(os.name != "posix", reason="Windows lets nobody delete an open file")
def test_file_that_is_gone_is_told_and_written_once_it_is_back(
    filled: Path, make_drawing: MakeDrawing
) -> None:
    store = Store.open(filled)
    me = store.people.current().id
    filled.rename(filled.with_name("elsewhere"))
    with pytest.raises(NotSavedError, match="is no longer there; put it back, or start"):
        store.drawings.save(make_drawing(77), me)
    filled.with_name("elsewhere").rename(filled)
    assert store.drawings.save(make_drawing(77), me).id == 31
    store.close()


def test_few_backups_are_kept_one_a_day(filled: Path) -> None:
    folder = filled.parent / "backups"
    for day in range(1, 10):
        (folder / f"drawings-2020-01-0{day}.sqlite").write_bytes(b"old")
    store = Store.open(filled)
    assert not store.back_up_if_due()
    store.back_up()
    store.close()
    names = [one.name for one in Backups(folder).all()]
    assert len(names) == KEPT
    assert names[1:] == [f"drawings-2020-01-0{day}.sqlite" for day in (9, 8, 7, 6)]
    assert list(folder.glob(".*")) == []


def test_backups_of_days_to_come_do_not_outlive_those_of_today(filled: Path) -> None:
    """A clock that was once years ahead; the backup of today is the newest all the same."""
    folder = filled.parent / "backups"
    (today,) = Backups(folder).all()
    for day in range(1, KEPT + 1):
        (folder / f"drawings-2999-01-0{day}.sqlite").write_bytes(today.read_bytes())
    store = Store.open(filled)
    assert not store.back_up_if_due()
    store.back_up()
    store.close()
    assert Backups(folder).all()[0] == today
    assert len(Backups(folder).all()) == KEPT


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_pipe_in_place_of_the_file_is_not_waited_for(store_file: Path) -> None:
    os.mkfifo(store_file)
    store = Store.open(store_file)
    assert "lasts until you close" in store.note
    assert not store.is_saved
    store.close()


def test_reading_needs_a_file_and_never_writes(filled: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no drawings of yours yet"):
        Store.open_to_read(tmp_path / "none.sqlite")
    before = filled.read_bytes()
    store = Store.open_to_read(filled)
    assert count(store) == 30
    with pytest.raises(NotSavedError, match="may not be written to"):
        store.drawings.set_label([1], 3)
    store.close()
    assert filled.read_bytes() == before


def test_garbage_cannot_be_read_and_is_said_so(tmp_path: Path) -> None:
    file = tmp_path / "drawings.sqlite"
    file.write_bytes(b"garbage" * 500)
    with pytest.raises(ValueError, match="cannot be read"):
        Store.open_to_read(file)


def test_drawing_with_damaged_strokes_is_left_out(filled: Path) -> None:
    with closing(sqlite3.connect(filled)) as connection:
        connection.execute("UPDATE strokes SET ink = x'01020304' WHERE drawing = 5")
        connection.commit()
    store = Store.open(filled)
    assert [one.id for one in store.drawings.entries([4, 5, 6])] == [4, 6]
    store.close()

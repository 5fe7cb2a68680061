"""Who has the window, and what a later start may say to it."""

from __future__ import annotations

import errno
import json
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from qtdigits.core.one_instance import OneInstance, Part, take_starts


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    return tmp_path / "data" / "window.lock"


@pytest.fixture
def first(lock: Path) -> Iterator[OneInstance]:
    one = OneInstance(lock)
    assert one.begin() is Part.FIRST
    yield one
    one.end()


class Window:
    """Takes starts as the first one's window does."""

    def __init__(self, folder: Path) -> None:
        self.starts: list[tuple[Path, ...]] = []
        self._folder = folder
        self._has_ended = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> Window:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._has_ended.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._has_ended.wait(0.01):
            self.starts += take_starts(self._folder)


def test_later_start_hands_its_files_over(first: OneInstance, lock: Path, tmp_path: Path) -> None:
    files = [tmp_path / "a 'b'\n\U0001f600.png", Path("relative.png")]
    with Window(first.folder) as window:
        assert OneInstance(lock).begin(files) is Part.LATER
    assert window.starts == [(files[0], Path.cwd() / "relative.png")]


@pytest.mark.skipif(sys.platform == "win32", reason="names are text there")
def test_name_that_is_no_text_is_handed_over(first: OneInstance, lock: Path) -> None:
    name = Path(os.fsdecode(b"/tmp/\xff\xfe.png"))
    with Window(first.folder) as window:
        assert OneInstance(lock).begin([name]) is Part.LATER
    assert window.starts == [(name,)]


def test_next_start_is_the_first_when_the_window_is_gone(lock: Path) -> None:
    one = OneInstance(lock)
    assert one.begin() is Part.FIRST
    one.end()
    assert OneInstance(lock).begin() is Part.FIRST


def test_window_that_goes_meanwhile_is_followed(first: OneInstance, lock: Path) -> None:
    later = OneInstance(lock)
    threading.Timer(0.1, first.end).start()
    assert later.begin(answer_s=30) is Part.FIRST
    assert take_starts(first.folder) == []
    later.end()


def test_window_that_does_not_answer_keeps_nobody_out(first: OneInstance, lock: Path) -> None:
    os.utime(lock, (0, 0))  # it was not started just now
    assert OneInstance(lock).begin(answer_s=0.1) is Part.ALONE
    assert take_starts(first.folder) == []


def test_window_that_is_still_being_made_has_more_time(first: OneInstance, lock: Path) -> None:
    results: list[Part] = []
    waiting = threading.Thread(target=lambda: results.append(OneInstance(lock).begin(answer_s=0)))
    waiting.start()
    waiting.join(0.3)
    assert waiting.is_alive()
    while waiting.is_alive():
        take_starts(first.folder)
    waiting.join()
    assert results == [Part.LATER]


def test_place_without_locks_opens_a_window(
    first: OneInstance, lock: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_locks(_: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("qtdigits.core.file_lock._lock", no_locks)
    assert OneInstance(lock).begin() is Part.ALONE


def test_place_that_cannot_be_written_opens_a_window(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    assert OneInstance(tmp_path / "file" / "window.lock").begin() is Part.ALONE


def test_lock_file_with_garbage_in_it_does_not_block(lock: Path) -> None:
    lock.parent.mkdir()
    lock.write_bytes(b"4711\nsomewhere\n" * 100)
    assert OneInstance(lock).begin() is Part.FIRST


HOSTILE = {
    "garbage": b"\xff\xfe garbage",
    "empty": b"",
    "no list": b'{"a": 1}',
    "deep": b"[" * 100_000,
    "number": b"[1]",
    "relative": b'["a.png"]',
    "address": b'["http://example.org/a.png"]',
    "nul": b'["/a\\u0000b"]',
    "long name": json.dumps(["/" + "a" * 5000]).encode(),
    "many": json.dumps(["/a"] * 2000).encode(),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_list_of_paths_is_removed_unheard(first: OneInstance, name: str) -> None:
    note = first.folder / "hostile.start"
    note.write_bytes(HOSTILE[name])
    assert take_starts(first.folder) == []
    assert not note.exists()


def test_enormous_note_is_removed_unread(first: OneInstance) -> None:
    note = first.folder / "hostile.start"
    with note.open("wb") as stream:
        stream.truncate(1 << 30)
    assert take_starts(first.folder) == []
    assert not note.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pipes in folders")
def test_pipes_links_and_folders_are_not_read(first: OneInstance, tmp_path: Path) -> None:
    (tmp_path / "paths").write_text('["/a"]')
    os.mkfifo(first.folder / "pipe.start")
    (first.folder / "link.start").symlink_to(tmp_path / "paths")
    (first.folder / "folder.start").mkdir()
    assert take_starts(first.folder) == []
    assert (tmp_path / "paths").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="rights are others there")
def test_folder_is_for_this_person_only(first: OneInstance) -> None:
    assert first.folder.stat().st_mode & 0o077 == 0

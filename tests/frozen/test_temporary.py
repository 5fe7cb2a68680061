"""Folders that killed processes of ours left are removed, and no others."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from qtdigits.frozen.temporary import MARKER, mark_as_used, remove_stale


def make_folder(parent: Path, name: str, age_s: float = 3600, marker: bool = True) -> Path:
    folder = parent / name
    folder.mkdir()
    (folder / "library.so").write_bytes(b"library")
    if marker:
        (folder / MARKER).touch()
        moment = time.time() - age_s
        os.utime(folder / MARKER, (moment, moment))
    return folder


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return make_folder(tmp_path, "_MEIown")


def test_folder_of_a_killed_process_is_removed(tmp_path: Path, own: Path) -> None:
    stale = make_folder(tmp_path, "_MEIold")
    remove_stale(own)
    assert not stale.exists()
    assert own.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps what is loaded by itself")
def test_folder_in_use_stays(tmp_path: Path, own: Path) -> None:
    other = make_folder(tmp_path, "_MEIother")
    mark = mark_as_used(other)
    remove_stale(own)
    assert (other / "library.so").exists()
    mark.release()
    remove_stale(own)
    assert not other.exists()


def test_folder_of_a_starting_process_stays(tmp_path: Path, own: Path) -> None:
    starting = make_folder(tmp_path, "_MEInew", age_s=1)
    remove_stale(own)
    assert starting.exists()


def test_folder_of_another_program_stays(tmp_path: Path, own: Path) -> None:
    foreign = make_folder(tmp_path, "_MEIforeign", marker=False)
    remove_stale(own)
    assert foreign.exists()


def test_link_to_a_folder_is_not_followed(tmp_path: Path, own: Path) -> None:
    precious = make_folder(tmp_path, "precious")
    (tmp_path / "_MEIlink").symlink_to(precious)
    remove_stale(own)
    assert (precious / "library.so").exists()

"""The parts of a running executable file, played by a file with small parts."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from qtdigits.frozen import start
from qtdigits.frozen.cache import UnusableFolderError
from qtdigits.frozen.part import Part
from qtdigits.frozen.start import Parts

MakePart = Callable[..., Part]


@pytest.fixture
def parts(
    make_part: MakePart, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Path | None], Parts]:
    """Call it with the cache's folder for the parts of a program that has just started."""
    monkeypatch.setattr(sys, "path", list(sys.path))
    known = {
        start.WINDOW_PART: make_part({"window_box/pane.txt": b"glass", "pane.so": b"1"}, "window"),
        start.NETWORK_PART: make_part({"network_box/__init__.py": b"WIDE = 1\n"}, "network"),
    }
    monkeypatch.setattr(start, "find_part", lambda executable, name: known[name])
    unpacked = tmp_path / "_MEI1"
    unpacked.mkdir(mode=0o700)
    return lambda cache: Parts(tmp_path / "program", unpacked, cache)


def silent(share: float) -> None:
    """For tests that are not about the progress."""


def test_window_is_found_in_the_bootloaders_folder_and_lies_in_the_cache(
    parts: Callable[[Path | None], Parts], tmp_path: Path
) -> None:
    parts(tmp_path / "cache").provide_window()
    pane = tmp_path / "_MEI1" / "window_box" / "pane.txt"
    assert pane.read_text() == "glass"
    if sys.platform != "win32":
        assert tmp_path / "cache" in pane.resolve().parents


def test_window_is_unpacked_where_there_is_no_cache(
    parts: Callable[[Path | None], Parts], tmp_path: Path
) -> None:
    parts(None).provide_window()
    pane = tmp_path / "_MEI1" / "window_box" / "pane.txt"
    assert (pane.read_text(), pane.resolve()) == ("glass", pane)


def test_window_is_provided_once_for_a_program_and_its_children(
    parts: Callable[[Path | None], Parts], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts(None).provide_window()
    monkeypatch.setattr(start, "unpack", None)
    parts(None).provide_window()


def test_network_becomes_importable(parts: Callable[[Path | None], Parts], tmp_path: Path) -> None:
    parts(tmp_path / "cache").provide(silent)
    assert (Path(sys.path[-1]) / "network_box" / "__init__.py").is_file()
    assert tmp_path / "cache" in Path(sys.path[-1]).parents


def test_network_goes_to_the_temporary_folder_where_the_cache_is_of_no_use(
    parts: Callable[[Path | None], Parts], tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    parts(tmp_path / "file" / "cache").provide(silent)
    assert tmp_path / "_MEI1" in Path(sys.path[-1]).parents


def test_network_that_fits_nowhere_is_told_in_a_sentence(
    parts: Callable[[Path | None], Parts], tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "_MEI1" / "parts").touch()
    with pytest.raises(UnusableFolderError, match="no room to unpack the network"):
        parts(tmp_path / "file" / "cache").provide(silent)


def test_distrusted_network_is_unpacked_at_the_next_start(
    parts: Callable[[Path | None], Parts], tmp_path: Path
) -> None:
    running = parts(tmp_path / "cache")
    running.provide(silent)
    running.distrust()
    assert not Path(sys.path[-1]).exists()


def test_both_parts_stay_when_older_ones_are_removed(
    parts: Callable[[Path | None], Parts], tmp_path: Path
) -> None:
    running = parts(tmp_path / "cache")
    running.provide_window()
    running.provide(silent)
    old = tmp_path / "cache" / ("0a" * 16)
    old.mkdir()
    running.tidy()
    assert not old.exists()
    assert len([path for path in (tmp_path / "cache").iterdir() if path.is_dir()]) == (
        1 if sys.platform == "win32" else 2
    )


def test_frozen_code_is_not_loaded_from_source() -> None:
    assert not getattr(sys, "frozen", False)
    code = "import sys, qtdigits.__main__, qtdigits.app; sys.exit('qtdigits.frozen' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], timeout=60, check=False)
    assert done.returncode == 0

"""The cache folder: once unpacked, then found; whatever is wrong with it is not used."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from qtdigits.core.file_lock import FileLock
from qtdigits.frozen import cache
from qtdigits.frozen.cache import PartFolder, UnusableFolderError
from qtdigits.frozen.part import Part
from qtdigits.frozen.use_lock import UseLock

MakePart = Callable[..., Part]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "parts"


def silent(share: float) -> None:
    """For tests that are not about the progress."""


def release_all(place: PartFolder) -> None:
    """As the system does when the process ends."""
    for used in place._used.values():
        used.release()


def not_again(share: float) -> None:
    raise AssertionError("it was unpacked again")


def test_part_is_unpacked_into_a_folder_of_its_own(make_part: MakePart, root: Path) -> None:
    folder = PartFolder(root).provide(make_part(), silent)
    assert folder.parent == root
    assert (folder / "box/lid.py").read_text() == "WIDTH = 7\n"


def test_later_start_finds_it(make_part: MakePart, root: Path) -> None:
    part = make_part()
    folder = PartFolder(root).provide(part, silent)
    assert PartFolder(root).provide(part, not_again) == folder


def test_nothing_else_is_left_in_the_cache(make_part: MakePart, root: Path) -> None:
    folder = PartFolder(root).provide(make_part(), silent)
    assert {path for path in root.iterdir() if path.is_dir()} == {folder}


@pytest.mark.skipif(os.name != "posix", reason="Windows has other permissions")
def test_cache_is_for_this_person_only(make_part: MakePart, root: Path) -> None:
    folder = PartFolder(root).provide(make_part(), silent)
    assert [path.stat().st_mode & 0o777 for path in (root, folder)] == [0o700, 0o700]


@pytest.mark.parametrize("name", ["box/large.bin", "box/lid.py"])
def test_harmed_part_is_unpacked_anew(make_part: MakePart, root: Path, name: str) -> None:
    part = make_part()
    folder = PartFolder(root).provide(part, silent)
    whole = (folder / name).read_bytes()
    (folder / name).write_bytes(whole[:-2] + b"!\n")
    assert PartFolder(root).provide(part, silent) == folder
    assert (folder / name).read_bytes() == whole


@pytest.mark.skipif(os.name != "posix", reason="Windows has other permissions")
def test_part_that_others_can_change_is_unpacked_anew(make_part: MakePart, root: Path) -> None:
    part = make_part()
    folder = PartFolder(root).provide(part, silent)
    folder.chmod(0o777)
    PartFolder(root).provide(part, silent)
    assert folder.stat().st_mode & 0o777 == 0o700


def test_discarded_part_is_unpacked_anew(make_part: MakePart, root: Path) -> None:
    part = make_part()
    place = PartFolder(root)
    folder = place.provide(part, silent)
    place.discard(part)
    assert not folder.exists()
    shares: list[float] = []
    PartFolder(root).provide(part, shares.append)
    assert shares


def test_two_first_starts_unpack_once(make_part: MakePart, root: Path) -> None:
    part = make_part()
    root.mkdir(parents=True, mode=0o700)
    other = FileLock(root / f"{part.key[:32]}.lock")
    assert other.take()
    waiting = threading.Event()
    folders: list[Path] = []

    def second_start() -> None:
        folders.append(PartFolder(root).provide(part, lambda share: waiting.set()))

    thread = threading.Thread(target=second_start)
    thread.start()
    assert waiting.wait(30)
    assert not folders
    other.release()
    thread.join(30)
    assert folders == [root / part.key[:32]]


def test_lock_that_stays_taken_makes_it_unusable(
    make_part: MakePart, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = make_part()
    root.mkdir(parents=True, mode=0o700)
    other = FileLock(root / f"{part.key[:32]}.lock")
    assert other.take()
    monkeypatch.setattr(cache, "_PATIENCE_S", 0.0)
    with pytest.raises(UnusableFolderError, match="locked"):
        PartFolder(root).provide(part, silent)
    other.release()


def test_full_disk_makes_it_unusable(
    make_part: MakePart, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=1 << 20))
    with pytest.raises(UnusableFolderError, match="MB free"):
        PartFolder(root).provide(make_part(), silent)


def test_place_that_cannot_be_made_is_unusable(make_part: MakePart, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UnusableFolderError, match="file"):
        PartFolder(tmp_path / "file" / "parts").provide(make_part(), silent)


@pytest.mark.skipif(os.name != "posix", reason="needs a link")
def test_link_in_place_of_the_cache_is_unusable(make_part: MakePart, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "parts").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UnusableFolderError, match="another user"):
        PartFolder(tmp_path / "parts").provide(make_part(), silent)


def test_write_error_leaves_no_half_of_a_part(
    make_part: MakePart, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(part: Part, folder: Path, progress: object) -> None:
        (folder / "half").touch()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(cache, "unpack", full)
    with pytest.raises(UnusableFolderError, match="No space left"):
        PartFolder(root).provide(make_part(), silent)
    assert not [path for path in root.iterdir() if path.is_dir()]


def test_unused_part_of_another_version_is_removed(
    make_part: MakePart, contents: dict[str, bytes], root: Path
) -> None:
    old = PartFolder(root)
    old_folder = old.provide(make_part(), silent)
    release_all(old)
    new_part = make_part(contents | {"box/new.py": b"1"}, "new")
    new = PartFolder(root)
    new_folder = new.provide(new_part, silent)
    new.remove_others([new_part])
    assert {path for path in root.iterdir() if path.is_dir()} == {new_folder}
    assert not old_folder.with_suffix(".used").exists()


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps what is loaded by itself")
def test_part_of_another_version_that_is_used_stays(
    make_part: MakePart, contents: dict[str, bytes], root: Path
) -> None:
    old = PartFolder(root)
    old_folder = old.provide(make_part(), silent)
    new_part = make_part(contents | {"box/new.py": b"1"}, "new")
    new = PartFolder(root)
    new.provide(new_part, silent)
    new.remove_others([new_part])
    assert (old_folder / "box/lid.py").exists()


def test_what_is_none_of_ours_stays(make_part: MakePart, root: Path) -> None:
    part = make_part()
    place = PartFolder(root)
    place.provide(part, silent)
    (root / "holiday pictures").mkdir()
    place.remove_others([part])
    assert (root / "holiday pictures").is_dir()


def test_draft_of_a_killed_process_is_removed_when_it_is_old(
    make_part: MakePart, root: Path
) -> None:
    part = make_part()
    place = PartFolder(root)
    place.provide(part, silent)
    for name, age_s in (("draft-young", 0), ("draft-old", 7200)):
        (root / name).mkdir()
        moment = (root / name).stat().st_mtime - age_s
        os.utime(root / name, (moment, moment))
    place.remove_others([part])
    assert (root / "draft-young").exists()
    assert not (root / "draft-old").exists()


def test_draft_of_a_killed_process_is_removed_before_unpacking_again(
    make_part: MakePart, root: Path
) -> None:
    part = make_part()
    abandoned = root / f"draft-{part.key[:32]}-killed"
    abandoned.mkdir(parents=True)
    root.chmod(0o700)
    PartFolder(root).provide(part, silent)
    assert not abandoned.exists()


@pytest.mark.skipif(os.name != "posix", reason="Windows needs no marks")
def test_folder_about_to_be_removed_is_not_used(make_part: MakePart, root: Path) -> None:
    part = make_part()
    first = PartFolder(root)
    folder = first.provide(part, silent)
    release_all(first)
    remover = UseLock(folder.with_suffix(".used"))
    assert remover.take_alone()
    assert not UseLock(folder.with_suffix(".used")).share()
    remover.release()
    assert UseLock(folder.with_suffix(".used")).share()

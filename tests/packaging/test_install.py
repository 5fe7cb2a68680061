"""Installing puts everything in its place, and uninstalling takes away exactly that."""

import configparser
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import icon_files
import install
import installed
from installed import Manifest, Places, places

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="`make install` is for Linux"
)


@pytest.fixture(autouse=True)
def quick_icons(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rendering them takes most of the time, and has tests of its own."""
    monkeypatch.setattr(
        icon_files, "write_png", lambda target, side: target.write_text(f"{side} pixels")
    )


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """What stands for the executable file."""
    program = tmp_path / "built"
    program.write_text("#!/bin/sh\necho seven\n")
    return program


@pytest.fixture
def where(own_files: Path) -> Places:
    return places({"HOME": str(own_files)})


def _all_in(folder: Path) -> set[Path]:
    return {path.relative_to(folder) for path in folder.rglob("*")}


def _silent(text: str) -> None:
    pass


def _no_tools(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")


def _tools(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Tools that leave a cache of the names of all sources, as the real ones do."""
    folder.mkdir()
    for name, at, sources, cache in (
        ("update-desktop-database", "$2", "*.desktop", "mimeinfo.cache"),
        ("update-mime-database", "$1", "packages/*.xml", "mime.cache"),
    ):
        tool = folder / name
        tool.write_text(f'#!/bin/sh\ncd "{at}" && echo {sources} > {cache}\n')
        tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


@pytest.mark.parametrize(
    ("environ", "program", "share"),
    [
        ({"HOME": "/h"}, "/h/.local/bin/qtdigits", "/h/.local/share"),
        ({"HOME": "/h", "XDG_DATA_HOME": "/d"}, "/h/.local/bin/qtdigits", "/d"),
        ({"HOME": "/h", "XDG_DATA_HOME": "d"}, "/h/.local/bin/qtdigits", "/h/.local/share"),
        ({"HOME": "/h", "PREFIX": "/p", "XDG_DATA_HOME": "/d"}, "/p/bin/qtdigits", "/p/share"),
    ],
)
def test_places_follow_prefix_and_xdg(environ: dict[str, str], program: str, share: str) -> None:
    where = places(environ)
    assert (str(where.program), str(where.share)) == (program, share)


def test_installed_program_runs_and_is_in_the_menu(built: Path, where: Places) -> None:
    install.install(built, where)
    done = subprocess.run([where.program], capture_output=True, text=True, check=True)
    assert done.stdout == "seven\n"
    entry = configparser.RawConfigParser()
    entry.read(where.share / "applications" / "qtdigits.desktop", encoding="utf-8")
    assert entry["Desktop Entry"]["Exec"] == f'"{where.program}" %F'
    assert (where.share / "icons/hicolor/48x48/apps/qtdigits.png").is_file()


def test_uninstalling_leaves_nothing(
    built: Path, where: Places, own_files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _tools(monkeypatch, tmp_path / "tools")
    install.install(built, where)
    assert (where.share / "applications/mimeinfo.cache").is_file()
    assert installed.uninstall(where, _silent) == 0
    assert _all_in(own_files) == set()


def test_uninstalling_with_the_real_tools_leaves_nothing(
    built: Path, where: Places, own_files: Path
) -> None:
    install.install(built, where)
    assert installed.uninstall(where, _silent) == 0
    assert _all_in(own_files) == set()


def test_uninstalling_keeps_what_others_have_put_there(
    built: Path,
    where: Places,
    own_files: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _tools(monkeypatch, tmp_path / "tools")
    drawings = where.share / "qtdigits" / "drawings.sqlite"
    drawings.parent.mkdir(parents=True)
    drawings.write_text("mine")
    install.install(built, where)
    other = where.share / "applications" / "other.desktop"
    other.write_text("[Desktop Entry]\n")
    installed.uninstall(where, _silent)
    kept = {path for path in _all_in(own_files) if (own_files / path).is_file()}
    share = where.share.relative_to(own_files)
    assert kept == {
        share / "qtdigits/drawings.sqlite",
        share / "applications/other.desktop",
        share / "applications/mimeinfo.cache",
    }
    assert other.with_name("mimeinfo.cache").read_text() == "other.desktop\n"


def test_uninstalling_keeps_a_file_that_was_changed_since(
    built: Path, where: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    _no_tools(monkeypatch)
    install.install(built, where)
    entry = where.share / "applications" / "qtdigits.desktop"
    entry.write_text("mine")
    said: list[str] = []
    assert installed.uninstall(where, said.append) == 0
    assert entry.read_text() == "mine"
    assert said[0] == f"Kept {entry}: it has been changed since."
    assert not where.program.exists()


def test_uninstalling_twice_says_that_there_is_nothing(built: Path, where: Places) -> None:
    install.install(built, where)
    installed.uninstall(where, _silent)
    said: list[str] = []
    assert installed.uninstall(where, said.append) == 0
    assert said == [f"qtdigits is not installed at {where.program}."]


def test_newer_version_takes_the_place_of_an_older_one(
    built: Path, where: Places, own_files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _no_tools(monkeypatch)
    install.install(built, where)
    manifest = Manifest.read(where.manifest)
    gone = where.share / "icons/old.png"
    gone.write_text("old")
    manifest.files[str(gone)] = [installed.digest(gone)]
    manifest.write(where.manifest)
    built.write_text("#!/bin/sh\necho eight\n")
    install.install(built, where)
    assert "eight" in where.program.read_text()
    assert not gone.exists()
    installed.uninstall(where, _silent)
    assert _all_in(own_files) == set()


def test_running_program_can_be_replaced(tmp_path: Path, where: Places) -> None:
    built = tmp_path / "built"
    built.write_bytes(Path("/bin/sleep").read_bytes())
    install.install(built, where)
    with subprocess.Popen([where.program, "600"]) as running:
        try:
            built.write_text("newer")
            install.install(built, where)
        finally:
            running.kill()
    assert where.program.read_text() == "newer"


@pytest.mark.parametrize("is_link", [False, True])
def test_program_of_somebody_else_is_not_written_over(
    built: Path, where: Places, own_files: Path, is_link: bool
) -> None:
    where.bin.mkdir(parents=True)
    if is_link:
        where.program.symlink_to("elsewhere")
    else:
        where.program.write_text("theirs")
    before = _all_in(own_files)
    with pytest.raises(install.InstallError, match="is there already"):
        install.install(built, where)
    assert _all_in(own_files) == before


def test_installation_that_broke_off_can_be_repeated_and_removed(
    built: Path,
    where: Places,
    own_files: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _no_tools(monkeypatch)
    install.install(built, where)
    built.write_text("newer")
    real = install._put

    def put_until(count: int) -> Callable[[Path, Path, int], None]:
        def put(file: Path, target: Path, mode: int) -> None:
            nonlocal count
            count -= 1
            if count < 0:
                raise OSError(28, "No space left on device")
            real(file, target, mode)

        return put

    monkeypatch.setattr(install, "_put", put_until(1))
    with pytest.raises(OSError, match="No space left"):
        install.install(built, where)
    monkeypatch.setattr(install, "_put", put_until(0))
    with pytest.raises(OSError, match="No space left"):
        install.install(built, where)
    installed.uninstall(where, _silent)
    assert _all_in(own_files) == set()


@pytest.mark.parametrize("text", ["", "[]", '{"files": 3}', '{"files": {}, "folders": []}'])
def test_damaged_manifest_gives_a_sentence(built: Path, where: Places, text: str) -> None:
    where.manifest.parent.mkdir(parents=True)
    where.manifest.write_text(text)
    with pytest.raises(install.InstallError, match="is damaged"):
        install.install(built, where)
    said: list[str] = []
    assert installed.uninstall(where, said.append) == 1
    assert "is damaged" in said[0]


def test_manifest_names_every_file_with_its_digest(built: Path, where: Places) -> None:
    install.install(built, where)
    listed = json.loads(where.manifest.read_text(encoding="utf-8"))["files"]
    assert listed[str(where.program)] == [installed.digest(built)]
    assert all(installed.digest(Path(path)) in digests for path, digests in listed.items())


def test_missing_program_is_said_with_what_to_do(
    tmp_path: Path, own_files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(install, "_BUILT", tmp_path / "none")
    said: list[str] = []
    assert install.main({"HOME": str(own_files)}, said.append) == 1
    assert said == [
        f"qtdigits was not installed: {tmp_path / 'none'} is not there; `make package` builds it."
    ]


def test_folder_that_is_not_on_the_path_is_told(
    built: Path, where: Places, own_files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(install, "_BUILT", built)
    said: list[str] = []
    environ = {"HOME": str(own_files), "PATH": "/usr/bin"}
    assert install.main(environ, said.append) == 0
    assert str(where.bin) in said[-1]
    said.clear()
    assert install.main(environ | {"PATH": f"/usr/bin:{where.bin}"}, said.append) == 0
    assert len(said) == 1

"""Missing system libraries are found and named with the command that installs them."""

import ctypes.util
import subprocess
import sys
from pathlib import Path

import pytest

import system_libraries
from system_libraries import OFFSCREEN, WAYLAND, X11


class FakeApt:
    """Stands for subprocess.run; answers each call with a status by apt-get's verb."""

    def __init__(self, **statuses: int) -> None:
        self.calls: list[list[str]] = []
        self._statuses = statuses

    def __call__(self, command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        self.calls.append(command)
        verb = "install" if "install" in command else "update"
        output = f"E: {verb} went wrong\n"
        return subprocess.CompletedProcess(command, self._statuses.get(verb, 0), output)


@pytest.fixture
def home_with_font(tmp_path: Path) -> dict[str, str]:
    """An environment whose home folder holds a font."""
    fonts = tmp_path / ".fonts"
    fonts.mkdir()
    (fonts / "DejaVuSans.ttf").touch()
    return {"HOME": str(tmp_path)}


def test_no_display_variable_means_no_display() -> None:
    assert system_libraries.displays({"DISPLAY": ""}, "linux") == set()


def test_both_display_variables_mean_both_kinds() -> None:
    environ = {"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}
    assert system_libraries.displays(environ, "linux") == {"x11", "wayland"}


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_other_platforms_need_no_libraries(platform: str) -> None:
    assert system_libraries.needed(system_libraries.displays({}, platform)) == {}


def test_no_display_needs_only_the_offscreen_libraries() -> None:
    assert system_libraries.needed(set()) == OFFSCREEN


def test_each_display_adds_its_libraries() -> None:
    assert system_libraries.needed({"x11"}) == OFFSCREEN | X11
    assert system_libraries.needed({"wayland"}) == OFFSCREEN | WAYLAND


def test_a_library_that_does_not_load_is_missing(home_with_font: dict[str, str]) -> None:
    absent = system_libraries.missing(OFFSCREEN, home_with_font, lambda name: name != "libGL.so.1")
    assert absent == {"libGL.so.1": "libgl1"}


def test_missing_font_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_libraries, "font_folders", lambda environ: [tmp_path])
    absent = system_libraries.missing(OFFSCREEN, {}, lambda name: True)
    assert absent == {"a font": "fonts-dejavu-core"}


def test_nothing_is_missing_where_nothing_is_needed() -> None:
    assert system_libraries.missing({}, {}, lambda name: False) == {}


def test_loader_does_not_find_an_invented_library() -> None:
    assert not system_libraries.can_load("libno-such-library.so.7")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="sonames are Linux's")
def test_loader_finds_the_c_library() -> None:
    assert system_libraries.can_load(ctypes.util.find_library("c") or "libc.so.6")


def test_command_names_each_package_once() -> None:
    absent = {name: OFFSCREEN[name] for name in ("libglib-2.0.so.0", "libgthread-2.0.so.0")}
    command = system_libraries.install_command(absent, lambda program: program)
    assert command == "sudo apt-get update && sudo apt-get install -y libglib2.0-0"


def test_command_without_sudo_uses_su() -> None:
    command = system_libraries.install_command(
        {"libGL.so.1": "libgl1"}, lambda program: program if program == "apt-get" else None
    )
    assert command == "su -c 'apt-get update && apt-get install -y libgl1'"


def test_no_apt_gives_no_command() -> None:
    assert system_libraries.install_command({"libGL.so.1": "libgl1"}, lambda program: None) == ""


def test_install_updates_and_then_installs() -> None:
    apt = FakeApt()
    assert system_libraries.install({"libGL.so.1": "libgl1"}, apt) == ""
    assert ["update" in apt.calls[0], "libgl1" in apt.calls[1], len(apt.calls)] == [True, True, 2]


def test_install_goes_on_after_a_stale_source() -> None:
    assert system_libraries.install({"libGL.so.1": "libgl1"}, FakeApt(update=100)) == ""


def test_failed_install_gives_its_last_words() -> None:
    words = system_libraries.install({"libGL.so.1": "libgl1"}, FakeApt(install=100))
    assert words == "E: install went wrong"

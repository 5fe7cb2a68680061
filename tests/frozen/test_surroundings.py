"""The environment variables of the executable file fit the libraries that it brings along."""

from __future__ import annotations

from pathlib import Path

import pytest

from qtdigits.frozen.surroundings import FONTS_FILE, choose_utf8, offer_fonts, settle


@pytest.mark.parametrize(
    ("given", "chosen"),
    [
        ({}, "C.UTF-8"),
        ({"LANG": "C"}, "C.UTF-8"),
        ({"LC_CTYPE": "POSIX"}, "C.UTF-8"),
        ({"LANG": "de_DE.UTF-8"}, None),
        ({"LC_ALL": "C"}, None),
    ],
)
def test_utf8_is_chosen_where_no_locale_is(given: dict[str, str], chosen: str | None) -> None:
    environ = dict(given)
    choose_utf8(environ, "linux")
    assert environ.get("LC_CTYPE") == (chosen or given.get("LC_CTYPE"))


@pytest.fixture
def fonts(tmp_path: Path) -> Path:
    """The file that comes along."""
    file = tmp_path / FONTS_FILE
    file.parent.mkdir()
    file.touch()
    return file


def test_fonts_are_named_where_the_system_has_no_fontconfig(fonts: Path, tmp_path: Path) -> None:
    environ: dict[str, str] = {}
    offer_fonts(environ, fonts, tmp_path / "not there")
    assert environ == {"FONTCONFIG_FILE": str(fonts)}


def test_fonts_are_left_to_a_system_that_knows_them(fonts: Path, tmp_path: Path) -> None:
    (tmp_path / "systems.conf").touch()
    environ: dict[str, str] = {}
    offer_fonts(environ, fonts, tmp_path / "systems.conf")
    assert environ == {}


@pytest.mark.parametrize("name", ["FONTCONFIG_FILE", "FONTCONFIG_PATH"])
def test_fonts_that_the_person_names_are_taken(fonts: Path, tmp_path: Path, name: str) -> None:
    environ = {name: "/somewhere"}
    offer_fonts(environ, fonts, tmp_path / "not there")
    assert environ == {name: "/somewhere"}


def test_no_fonts_are_named_that_did_not_come_along(tmp_path: Path) -> None:
    environ: dict[str, str] = {}
    offer_fonts(environ, tmp_path / FONTS_FILE, tmp_path / "not there")
    assert environ == {}


def test_plugins_of_another_qt_are_forgotten(tmp_path: Path) -> None:
    environ = {"QT_PLUGIN_PATH": "/usr/lib/qt6/plugins", "QT_QPA_PLATFORM": "xcb"}
    settle(environ, tmp_path)
    assert "QT_PLUGIN_PATH" not in environ
    assert environ["QT_QPA_PLATFORM"] == "xcb"

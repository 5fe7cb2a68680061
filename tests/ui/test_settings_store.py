"""Settings survive the end of the program, and broken files do no harm."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mutation import mutated
from qtdigits.core.settings import SETTINGS
from qtdigits.ui.settings_store import SettingChange, SettingsStore, person_settings


def test_first_start_has_the_defaults(settings: SettingsStore) -> None:
    assert settings.values() == {row.key: row.default for row in SETTINGS}


def test_values_survive_in_the_file(tmp_path: Path) -> None:
    path = str(tmp_path / "kept.ini")
    first = SettingsStore(QSettings(path, QSettings.Format.IniFormat))
    first.set_value("pen_width", 31)
    first.set_value("touch_draws", False)
    first.set_value("theme", "dark")
    first.set_window_geometry(QByteArray(b"place"))
    second = SettingsStore(QSettings(path, QSettings.Format.IniFormat))
    assert second.values() == first.values()
    assert second.window_geometry() == QByteArray(b"place")


@pytest.mark.parametrize(
    "garbage",
    [
        "[settings]\npen_width=many\ntheme=pink\ntouch_draws=@@",
        "\x00\x01\x02",
        "[window]\ngeometry=7\n[settings]\npen_width=-9",
    ],
)
def test_garbage_in_the_file_gives_the_defaults(tmp_path: Path, garbage: str) -> None:
    path = tmp_path / "broken.ini"
    path.write_text(garbage, encoding="latin-1")
    store = SettingsStore(QSettings(str(path), QSettings.Format.IniFormat))
    assert store.values() == {row.key: row.default for row in SETTINGS}
    assert store.window_geometry().isEmpty()


@pytest.fixture
def person_file(own_files: Path) -> Path:
    """Where the settings of this test's person lie."""
    place = Path(person_settings()[0].fileName())
    assert place.is_relative_to(own_files)
    place.parent.mkdir(parents=True, exist_ok=True)
    return place


@pytest.mark.parametrize(
    "text", ["\x00\x01garbage", "[General]\nversion=99\n[settings]\npen_width=3"]
)
def test_unusable_file_gives_the_defaults_and_is_kept(person_file: Path, text: str) -> None:
    person_file.write_text(text, encoding="utf-8")
    settings, note = person_settings()
    store = SettingsStore(settings)
    assert "it is kept as" in note
    assert store.values() == {row.key: row.default for row in SETTINGS}
    store.set_value("pen_width", 31)
    store.set_window_geometry(QByteArray(b"place"))
    again, note = person_settings()
    assert (note, SettingsStore(again).number("pen_width")) == ("", 31)
    kept = person_file.with_name(f"{person_file.name}.bak")
    assert kept.read_text(encoding="utf-8") == text


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_pipe_in_place_of_the_file_is_not_waited_for(person_file: Path) -> None:
    os.mkfifo(person_file)
    settings, note = person_settings()
    assert "it is kept as" in note
    SettingsStore(settings).set_value("pen_width", 31)
    settings.sync()
    assert person_file.is_file()


@pytest.mark.parametrize("path", ["a" * 5000, "a\0b"])
def test_path_that_cannot_be_one_is_none(tmp_path: Path, path: str) -> None:
    settings = QSettings(str(tmp_path / "paths.ini"), QSettings.Format.IniFormat)
    store = SettingsStore(settings)
    store.set_mnist_file(path)
    assert store.mnist_file() == ""


FILES = 2000 if "QTDIGITS_MUTATIONS" in os.environ else 100


def test_mutated_files_give_values_that_the_table_allows(person_file: Path, qtbot: QtBot) -> None:
    """Whatever Qt makes of a file, and of the variants that it may hold."""
    first, _ = person_settings()
    store = SettingsStore(first)
    for key, value in (("theme", "dark"), ("pen_width", 20), ("touch_draws", False)):
        store.set_value(key, value)
    store.set_mnist_file("/mnist.npz")
    store.set_training_speed("small", 900.0)
    window = QWidget()
    qtbot.addWidget(window)
    store.set_window_geometry(window.saveGeometry())
    whole = person_file.read_bytes()
    del store, first
    for number in range(FILES):
        person_file.write_bytes(mutated(whole, random.Random(number)))
        settings, _ = person_settings()
        read = SettingsStore(settings)
        assert all(row.parse(read.value(row.key)) == read.value(row.key) for row in SETTINGS)
        assert isinstance(read.mnist_file(), str)
        speed = read.training_speed("small")
        assert speed is None or speed > 0
        window.restoreGeometry(read.window_geometry())


def test_change_is_told_once(settings: SettingsStore, qtbot: QtBot) -> None:
    with qtbot.waitSignal(settings.changed) as told:
        settings.set_value("pen_width", 20)
    assert told.args == [SettingChange("pen_width", 20)]
    with qtbot.assertNotEmitted(settings.changed):
        settings.set_value("pen_width", 20)


def test_file_that_cannot_be_written_keeps_values_in_memory(tmp_path: Path) -> None:
    folder = tmp_path / "settings.ini"
    folder.mkdir()
    store = SettingsStore(QSettings(str(folder), QSettings.Format.IniFormat))
    store.set_value("pen_width", 20)
    store.set_window_geometry(QByteArray(b"place"))
    assert store.number("pen_width") == 20


def test_unknown_key_is_refused(settings: SettingsStore) -> None:
    with pytest.raises(ValueError, match="'colour'"):
        settings.value("colour")

"""The hooks: what nobody caught is in the log, and told once."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QTimer, qWarning
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from qtdigits.core.program_log import Trouble, read_log
from qtdigits.ui.crash import CrashWatch


class Heard:
    """A watch with its hooks in place, and what it told."""

    def __init__(self, folder: Path) -> None:
        self.watch = CrashWatch(folder)
        self.troubles: list[Trouble] = []
        self.watch.troubled.connect(self.troubles.append)

    def log(self) -> str:
        return read_log(self.watch.folder)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "log"


@pytest.fixture
def heard(qtbot: QtBot, folder: Path) -> Iterator[Heard]:
    one = Heard(folder)
    one.watch.install()
    one.watch.window_is_there()
    yield one
    one.watch.uninstall()


def boom() -> None:
    raise ZeroDivisionError("on purpose")


def boom_elsewhere() -> None:
    raise KeyError("also on purpose")


def fire(*slots: Callable[[], None]) -> None:
    """Raise in the window's thread, as an uncaught exception does."""
    for slot in slots:
        try:
            slot()
        except Exception as error:
            sys.excepthook(type(error), error, error.__traceback__)


def test_exception_is_logged_with_its_trace_and_told(heard: Heard) -> None:
    fire(boom)
    assert [one.summary for one in heard.troubles] == ["ZeroDivisionError: on purpose"]
    assert "in boom" in heard.troubles[0].details
    assert "ZeroDivisionError: on purpose" in heard.log()


def test_exception_that_comes_a_thousand_times_is_told_once(heard: Heard) -> None:
    fire(*[boom] * 1000)
    assert len(heard.troubles) == 1
    assert heard.log().count("Traceback") == 1
    assert "512 times by now" in heard.log()


def test_other_place_is_told_too(heard: Heard) -> None:
    fire(boom, boom_elsewhere, boom)
    assert len(heard.troubles) == 2


def test_exception_in_a_slot_reaches_the_hook(qtbot: QtBot, folder: Path) -> None:
    with capture_exceptions():  # pytest-qt's own hook is put back afterwards
        one = Heard(folder)
        one.watch.install()
        one.watch.window_is_there()
        QTimer.singleShot(0, boom)
        qtbot.waitUntil(lambda: len(one.troubles) == 1)
        one.watch.uninstall()
    assert "ZeroDivisionError" in read_log(folder)


def test_exception_in_a_thread_names_it(heard: Heard, qtbot: QtBot) -> None:
    thread = threading.Thread(target=boom, name="a worker")
    thread.start()
    thread.join()
    assert "in a worker" in heard.log()
    qtbot.waitUntil(lambda: len(heard.troubles) == 1)


def test_exception_in_a_destructor_is_logged_and_not_told(heard: Heard) -> None:
    class Fragile:
        def __del__(self) -> None:
            boom()

    one = Fragile()
    del one
    assert "ZeroDivisionError" in heard.log()
    assert heard.troubles == []


def test_qt_s_messages_are_logged_once(heard: Heard) -> None:
    for _ in range(3):
        qWarning("a warning of Qt")
    assert heard.log().count("default: a warning of Qt") == 1


def test_before_there_is_a_window_the_terminal_gets_a_sentence(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    watch = CrashWatch(folder)
    watch.install()
    fire(boom)
    watch.uninstall()
    said = capsys.readouterr().err
    assert said.startswith("qtdigits: it could not start (ZeroDivisionError: on purpose)")
    assert "Traceback" not in said


def test_fault_of_an_earlier_run_comes_into_the_log(folder: Path) -> None:
    folder.mkdir()
    (folder / "faults.txt").write_text("Fatal Python error: Segmentation fault")
    watch = CrashWatch(folder)
    watch.install()
    watch.uninstall()
    assert "Segmentation fault" in read_log(folder)
    assert (folder / "faults.txt").read_text() == ""


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_pipe_in_place_of_the_faults_is_not_waited_for(folder: Path) -> None:
    folder.mkdir()
    os.mkfifo(folder / "faults.txt")
    watch = CrashWatch(folder)
    watch.install()
    watch.uninstall()
    assert (folder / "faults.txt").is_file()


def test_uninstalling_puts_the_former_hooks_back(folder: Path) -> None:
    before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    watch = CrashWatch(folder)
    watch.install()
    assert sys.excepthook != before[0]
    watch.uninstall()
    watch.uninstall()
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before


def test_place_that_cannot_be_written_only_costs_the_log(tmp_path: Path, qapp: QObject) -> None:
    (tmp_path / "file").write_text("no folder")
    one = Heard(tmp_path / "file" / "log")
    one.watch.install()
    one.watch.window_is_there()
    fire(boom)
    one.watch.uninstall()
    assert len(one.troubles) == 1

"""A command runs as a real child process, or the reason why not is told."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QProcess
from pytestqt.qtbot import QtBot

from qtdigits.ui.workers import command_process
from qtdigits.ui.workers.command_process import CommandProcess

CHILD_MS = 60_000


def test_what_the_command_prints_is_told(qtbot: QtBot) -> None:
    process = CommandProcess("The list")
    with qtbot.waitSignal(process.finished, timeout=CHILD_MS) as finished:
        process.start(["models", "list", "--json"])
        assert process.is_running
        process.start(["ignored"])
    (shipped,) = json.loads(finished.args[0])["networks"]
    assert shipped["id"] == "shipped"
    assert not process.is_running


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other priorities")
def test_child_gives_way(qtbot: QtBot) -> None:
    process = CommandProcess("The list")
    process.start(["models", "list", "--json"])
    (child,) = process.findChildren(QProcess)
    own = os.getpriority(os.PRIO_PROCESS, 0)
    qtbot.waitUntil(lambda: os.getpriority(os.PRIO_PROCESS, child.processId()) >= max(own, 10))
    process.shutdown()


def test_reason_is_told_in_a_sentence(tmp_path: Path, qtbot: QtBot) -> None:
    process = CommandProcess("The export")
    with qtbot.waitSignal(process.failed, timeout=CHILD_MS) as failed:
        process.start(["models", "export", "nobody", str(tmp_path / "mine.keras")])
    assert failed.args == ["The library has no network 'nobody'; see qtdigits models list."]
    assert not process.is_running


def test_command_that_cannot_be_started_is_told(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command_process, "command_line", lambda: [str(tmp_path / "nothing")])
    process = CommandProcess("The export")
    with qtbot.waitSignal(process.failed) as failed:
        process.start(["models", "list"])
    assert failed.args[0].startswith("The export could not be started (")


def test_shutdown_leaves_no_child_and_says_nothing(qtbot: QtBot) -> None:
    process = CommandProcess("The list")
    with qtbot.assertNotEmitted(process.failed, wait=100):
        process.start(["models", "list", "--json"])
        process.shutdown()
    assert not process.is_running


def test_lines_before_the_last_are_told_as_they_come(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = "print(1); print(2); print(3)"
    monkeypatch.setattr(command_process, "command_line", lambda: [sys.executable, "-c", program])
    process = CommandProcess("The import")
    told: list[str] = []
    process.told.connect(told.append)
    with qtbot.waitSignal(process.finished, timeout=CHILD_MS) as finished:
        process.start([])
    assert told == ["1", "2"]
    assert finished.args == ["3\n"]


def test_cancelled_command_is_told_as_such(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    program = "import sys; sys.stdin.read(); sys.exit(2)"
    monkeypatch.setattr(command_process, "command_line", lambda: [sys.executable, "-c", program])
    process = CommandProcess("The import")
    process.start([])
    with (
        qtbot.assertNotEmitted(process.failed),
        qtbot.waitSignal(process.cancelled, timeout=CHILD_MS),
    ):
        process.cancel()
    assert not process.is_running

"""The lesson process: drawings reach the child, and however it ends, it ends in one way."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from qtdigits.core.drafts import Draft
from qtdigits.core.ink import Ink
from qtdigits.core.lesson import LessonDrawing, LessonOutcome
from qtdigits.core.lesson_events import LessonFailed, LessonFinished, LessonReady, to_line
from qtdigits.core.library import ModelLibrary
from qtdigits.ui.workers import draft_process
from qtdigits.ui.workers.lesson_process import LessonProcess

DRAWINGS = [LessonDrawing(Ink.from_json([[[0.0, 0.0], [0.0, float(at)]]]), at) for at in range(10)]
FINISHED = LessonFinished(LessonOutcome(True, "It helps.", 1.0, (), None, 1.0), True)
SAY = f"""
import sys, time
def say(line):
    print(line, flush=True)
ready, finished = {to_line(LessonReady())!r}, {to_line(FINISHED)!r}
failed = {to_line(LessonFailed("there is too little; write more"))!r}
"""


class Child:
    """A lesson process whose child does what a few lines of Python say, and what was heard."""

    def __init__(
        self, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, library: ModelLibrary
    ) -> None:
        self._qtbot = qtbot
        self._monkeypatch = monkeypatch
        self.process = LessonProcess()
        self.draft: Draft = library.new_draft()
        self.heard: list[object] = []
        self.process.ready.connect(lambda: self.heard.append("ready"))
        self.process.finished.connect(self.heard.append)
        self.process.failed.connect(self.heard.append)
        self.process.cancelled.connect(lambda: self.heard.append("cancelled"))

    def start(self, program: str) -> None:
        command = [sys.executable, "-c", SAY + program]
        self._monkeypatch.setattr(draft_process, "command_line", lambda: command)
        self.process.start(self.draft, Path("model.keras"))

    def wait(self, count: int) -> list[object]:
        """What was heard, once there is so much."""
        self._qtbot.waitUntil(lambda: len(self.heard) >= count, timeout=20_000)
        return self.heard


@pytest.fixture
def child(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Child]:
    child = Child(qtbot, monkeypatch, ModelLibrary(tmp_path / "library"))
    yield child
    child.process.shutdown()
    child.process.deleteLater()


def test_many_drawings_reach_the_child_in_their_order(child: Child) -> None:
    child.start(
        """
import json
lines = list(iter(sys.stdin.readline, "\\n"))
assert [json.loads(line)["label"] for line in lines] == 7 * list(range(10))
say(finished)
"""
    )
    child.process.teach(7 * DRAWINGS)
    assert child.wait(1) == [FINISHED]


def test_drawings_reach_the_child_and_its_result_is_heard(child: Child) -> None:
    child.start(
        """
say(ready)
lines = []
for line in sys.stdin:
    if line == "\\n":
        break
    lines.append(line)
assert len(lines) == 10 and '"label":3' in lines[3]
say(finished)
"""
    )
    child.wait(1)
    child.process.teach(DRAWINGS)
    assert child.wait(2) == ["ready", FINISHED]
    assert child.draft.folder.is_dir()
    child.draft.discard()


def test_drawings_given_before_the_child_is_ready_are_not_lost(child: Child) -> None:
    child.start("line = sys.stdin.readline()\nsay(ready)\nsay(finished if line else failed)")
    child.process.teach(DRAWINGS)
    assert child.wait(2) == ["ready", FINISHED]
    child.draft.discard()


def test_reason_of_a_failed_lesson_is_told(child: Child) -> None:
    child.start("say(failed)\nsys.exit(2)")
    assert child.wait(1) == ["Nothing was learnt: there is too little; write more."]
    assert not child.draft.folder.exists()


@pytest.mark.parametrize("program", ["sys.exit(0)", "raise KeyError", "say('nonsense')"])
def test_child_that_ends_without_a_word_leaves_no_draft(child: Child, program: str) -> None:
    child.start(program)
    (sentence,) = child.wait(1)
    assert str(sentence).startswith("The lesson ended without a result")
    assert not child.draft.folder.exists()


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")
def test_killed_child_leaves_no_draft(child: Child) -> None:
    child.start("import os, signal\nsay(ready)\nos.kill(os.getpid(), signal.SIGKILL)")
    assert child.wait(2)[0] == "ready"
    assert "the network in use is as it was" in str(child.heard[1])
    assert not child.draft.folder.exists()


def test_result_of_a_child_that_fails_afterwards_does_not_count(child: Child) -> None:
    child.start("say(finished)\nsys.exit(3)")
    (sentence,) = child.wait(1)
    assert "the network in use is as it was" in str(sentence)


def test_child_that_cannot_be_started_is_told(
    child: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draft_process, "command_line", lambda: ["/nowhere/at/all"])
    child.process.start(child.draft, Path("model.keras"))
    (sentence,) = child.wait(1)
    assert str(sentence).startswith("The lesson could not be started")


def test_cancelled_child_is_gone_and_so_is_its_draft(child: Child) -> None:
    child.start("say(ready)\nsys.stdin.read()\ntime.sleep(60)")
    child.wait(1)
    child.process.cancel()
    assert child.wait(2) == ["ready", "cancelled"]
    assert not child.process.is_running
    assert not child.draft.folder.exists()


def test_shutdown_leaves_nothing(child: Child) -> None:
    child.start("say(ready)\nsys.stdin.read()")
    child.wait(1)
    child.process.shutdown()
    assert not child.process.is_running
    assert not child.draft.folder.exists()


def test_second_lesson_at_once_is_refused(child: Child) -> None:
    child.start("say(ready)\nsys.stdin.read()")
    with pytest.raises(RuntimeError, match="held already"):
        child.process.start(child.draft, Path("model.keras"))

"""The training process: what a run says is heard, and however it ends, it ends in one way."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from qtdigits.core.drafts import Draft
from qtdigits.core.evaluation import Interval
from qtdigits.core.ink import Ink
from qtdigits.core.library import ModelLibrary
from qtdigits.core.training import DrawingsWatched, TrainingResult, TrainingStarted
from qtdigits.core.training_events import RunEvent, TrainingFailed, TrainingFinished, to_line
from qtdigits.core.training_figures import MeasuredOn, ResultFigures
from qtdigits.ui.workers import draft_process
from qtdigits.ui.workers.training_process import TrainingProcess

posix = pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")
STARTED = TrainingStarted(180, 20, 42_746, 3)
FINISHED = TrainingFinished(
    TrainingResult("a.keras", "small", 42_746, 1.0, 1, 20, 0.9, 0, None),
    ResultFigures(
        MeasuredOn.VALIDATION,
        20,
        0.9,
        Interval(0.7, 0.97),
        0.1,
        tuple((2,) * 10 for _ in range(10)),
        (),
        (),
    ),
)
SAY = f"""
import os, signal, sys
def say(line):
    print(line, flush=True)
started = {to_line(STARTED)!r}
finished = {to_line(FINISHED)!r}
"""


class Child:
    """A training process whose child does what a few lines of Python say, and what was heard."""

    def __init__(
        self, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, library: ModelLibrary
    ) -> None:
        self._qtbot = qtbot
        self._monkeypatch = monkeypatch
        self.process = TrainingProcess()
        self.draft: Draft = library.new_draft()
        self.events: list[RunEvent] = []
        self.ends: list[object] = []
        self.process.reported.connect(self.events.append)
        self.process.finished.connect(self.ends.append)
        self.process.failed.connect(self.ends.append)
        self.process.cancelled.connect(lambda: self.ends.append("cancelled"))

    def start(self, program: str) -> None:
        """Start it, and wait for its first event."""
        self.begin(program)
        self._qtbot.waitUntil(lambda: bool(self.events))

    def begin(self, program: str) -> None:
        command = [sys.executable, "-c", SAY + program]
        self._monkeypatch.setattr(draft_process, "command_line", lambda: command)
        self.process.start(self.draft, [])

    def end(self) -> object:
        """What it ended with."""
        self._qtbot.waitUntil(lambda: bool(self.ends), timeout=20_000)
        assert not self.process.is_running
        (end,) = self.ends
        return end


@pytest.fixture
def library(tmp_path: Path) -> ModelLibrary:
    return ModelLibrary(tmp_path / "models")


@pytest.fixture
def child(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, library: ModelLibrary) -> Iterator[Child]:
    one = Child(qtbot, monkeypatch, library)
    yield one
    one.process.shutdown()
    one.draft.discard()


def is_alive(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    return True


def test_events_are_heard_and_the_draft_stays(child: Child) -> None:
    child.start("say(started); say(finished)")
    assert child.end() == FINISHED
    assert child.events == [STARTED, FINISHED]
    assert child.draft.folder.is_dir()


def test_line_that_comes_in_pieces_is_one_event(child: Child) -> None:
    child.start(
        "sys.stdout.write(started[:9]); sys.stdout.flush()\n"
        "say(started[9:]); sys.stdout.write(finished)"
    )
    assert "without a result" in str(child.end())  # the last line had no end
    assert child.events == [STARTED]


def test_lines_that_are_no_events_are_skipped(child: Child) -> None:
    child.start("say('{'); os.write(1, b'\\xff\\xfe\\n'); say(started); say('x' * 99999)")
    child.end()
    assert child.events == [STARTED]


def test_stop_is_an_order_to_the_child(child: Child) -> None:
    child.start("say(started); sys.stdin.readline() == 'stop\\n' and say(finished)")
    child.process.stop()
    assert child.end() == FINISHED


def test_failed_run_says_why_once_and_its_draft_is_gone(child: Child) -> None:
    failed = to_line(TrainingFailed("the loss diverged; lower the learning rate"))
    child.start(f"say(started); say({failed!r}); sys.exit(2)")
    assert child.end() == "No network was made: the loss diverged; lower the learning rate."
    assert not child.draft.folder.exists()


def test_result_of_a_run_that_fails_afterwards_does_not_count(child: Child) -> None:
    child.start("say(finished); sys.exit(1)")
    assert "without a result" in str(child.end())


def test_details_are_the_end_of_what_went_to_standard_error(child: Child) -> None:
    child.start("sys.stderr.write('x' * 9000 + 'the end'); say(started); sys.exit(1)")
    child.end()
    assert len(child.process.details()) == 4096
    assert child.process.details().endswith("xthe end")


@posix
@pytest.mark.parametrize(
    ("number", "words"), [(signal.SIGKILL, "memory ran out"), (signal.SIGSEGV, "crashed")]
)
def test_child_that_dies_is_told_in_one_sentence(
    number: signal.Signals, words: str, child: Child
) -> None:
    child.start("say(started); sys.stdin.read()")
    os.kill(child.process.process_id, number)
    assert words in str(child.end())
    assert not child.draft.folder.exists()


@posix
def test_child_that_was_halted_goes_on(child: Child, qtbot: QtBot) -> None:
    child.start("say(started); sys.stdin.readline(); say(finished)")
    process_id = child.process.process_id
    os.kill(process_id, signal.SIGSTOP)
    child.process.stop()
    QTimer.singleShot(500, lambda: os.kill(process_id, signal.SIGCONT))
    with qtbot.assertNotEmitted(child.process.reported, wait=300):
        pass
    assert child.end() == FINISHED


def test_cancelled_run_is_gone_with_its_draft(child: Child) -> None:
    child.start("say(started); sys.stdin.read(); say(finished)")
    process_id = child.process.process_id
    child.process.cancel()
    child.process.cancel()
    assert child.end() == "cancelled"
    assert not is_alive(process_id)
    assert not child.draft.folder.exists()
    assert child.events == [STARTED]


@posix
@pytest.mark.parametrize("halted", [True, False])
def test_child_that_will_not_end_is_killed(
    halted: bool, child: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    child.process._killer.setInterval(100)
    child.start(
        "signal.signal(signal.SIGTERM, signal.SIG_IGN); say(started)\nwhile True: signal.pause()"
    )
    process_id = child.process.process_id
    if halted:
        os.kill(process_id, signal.SIGSTOP)
    child.process.cancel()
    assert child.end() == "cancelled"
    assert not is_alive(process_id)


@posix
@pytest.mark.parametrize("halted", [True, False])
def test_shutdown_leaves_no_process_and_no_draft(halted: bool, child: Child) -> None:
    child.start(
        "signal.signal(signal.SIGTERM, signal.SIG_IGN); say(started)\nwhile True: signal.pause()"
    )
    process_id = child.process.process_id
    if halted:
        os.kill(process_id, signal.SIGSTOP)
    child.process.shutdown()
    assert not is_alive(process_id)
    assert not child.process.is_running
    assert not child.draft.folder.exists()


def test_shutdown_without_a_run_does_nothing(child: Child) -> None:
    child.process.shutdown()
    child.process.stop()
    child.process.cancel()
    assert child.ends == []


def test_child_that_cannot_be_started_is_told(
    child: Child, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draft_process, "command_line", lambda: [str(tmp_path / "nothing")])
    child.process.start(child.draft, [])
    assert "could not be started" in str(child.end())
    assert not child.draft.folder.exists()


def test_second_run_waits_for_the_first(child: Child, library: ModelLibrary) -> None:
    child.start("say(started); sys.stdin.read()")
    with pytest.raises(RuntimeError, match="running already"):
        child.process.start(child.draft, [])


def test_process_can_be_used_again(child: Child, library: ModelLibrary) -> None:
    child.start("say(started); sys.exit(1)")
    child.end()
    child.ends.clear()
    child.draft = library.new_draft()
    child.begin("say(finished)")
    assert child.end() == FINISHED


@pytest.fixture
def quick() -> list[str]:
    """The options of a training of a moment."""
    return [
        *("--data", "synthetic:400", "--network", "small", "--epochs", "2", "--batch-size", "32"),
        *("--learning-rate", "0.01", "--averaging", "0.9", "--variation", "0"),
    ]


def test_real_run_ends_in_a_network_that_can_be_kept(
    quick: list[str], child: Child, library: ModelLibrary, qtbot: QtBot
) -> None:
    ink = Ink.from_json([[[10.0, 10.0], [14.0, 60.0]]])
    shipped = library.current().path
    child.process.start(child.draft, quick, [ink], shipped)
    qtbot.waitUntil(lambda: bool(child.ends), timeout=90_000)
    finished = child.end()
    assert isinstance(finished, TrainingFinished), child.process.details()
    assert finished.figures.compared is not None
    watched = [event for event in child.events if isinstance(event, DrawingsWatched)]
    assert [len(event.answers) for event in watched] == [1, 1]
    entry = library.keep(child.draft, "My hand")
    assert library.use(entry.id).problem == ""
    assert sorted(path.name for path in entry.path.parent.iterdir()) == [
        "network.json",
        "network.keras",
    ]

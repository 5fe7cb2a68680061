"""qtdigits train --events: the real process, as a parent program meets it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from qtdigits.__main__ import main
from qtdigits.cli import event_stream
from qtdigits.core import paths
from qtdigits.core.raster import rasterize_tracks
from qtdigits.core.synthetic_pen import synthetic_digits
from qtdigits.core.training import (
    DrawingsWatched,
    EpochFinished,
    TrainingConfig,
    TrainingProgress,
    TrainingStarted,
)
from qtdigits.core.training_events import RunEvent, TrainingFailed, TrainingFinished, from_line
from qtdigits.core.training_figures import MeasuredOn
from qtdigits.ml.datasets import read_training_data
from qtdigits.ml.recognizer import load_network

Child = subprocess.Popen[str]
StartChild = Callable[..., Child]
RECIPE = [
    *("--network", "small", "--batch-size", "32", "--learning-rate", "0.01"),
    *("--averaging", "0.9", "--variation", "0"),
]


@pytest.fixture
def start() -> Iterator[StartChild]:
    """Start `qtdigits train --events` with its standard streams in the test's hands."""
    children: list[Child] = []

    def start_child(*arguments: str, before: str = "") -> Child:
        command = [sys.executable, "-m", "qtdigits", "train", "--events", *arguments]
        if before:
            command = ["sh", "-c", f'{before}; exec "$@"', "sh", *command]
        child = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        children.append(child)
        return child

    yield start_child
    for child in children:
        with child:  # closes its streams and waits
            child.kill()


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A numpy archive like mnist.npz: 400 digits to learn from and 80 to test."""
    drawings = synthetic_digits(480, 11)
    images = np.array([np.rint(rasterize_tracks(t) * 255) for _, t in drawings], np.uint8)
    labels = np.array([label for label, _ in drawings], np.uint8)
    path = tmp_path_factory.mktemp("archive") / "digits.npz"
    np.savez_compressed(
        path, x_train=images[:400], y_train=labels[:400], x_test=images[400:], y_test=labels[400:]
    )
    return path


def events_until(child: Child, kind: type[RunEvent]) -> list[RunEvent]:
    """All events up to the first of a kind; every line must be an event."""
    events: list[RunEvent] = []
    assert child.stdout is not None
    for line in child.stdout:
        event = from_line(line)
        assert event is not None, line
        events.append(event)
        if isinstance(event, kind):
            return events
    pytest.fail(f"the output ended before {kind.__name__}: {events[-1:]}")


def of_kind(events: list[RunEvent], kind: type) -> list[RunEvent]:
    return [event for event in events if isinstance(event, kind)]


def test_whole_run_tells_everything_and_its_figures_are_those_of_evaluate(
    start: StartChild,
    archive: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out, shipped = tmp_path / "mine.keras", paths.shipped_model()
    watched = tmp_path / "watched.jsonl"
    watched.write_text(
        '{"strokes": [[[0, 0], [0, 9]]]}\n{"strokes": []}\n{"strokes": [[[0, 0], [9, 9]]]}\n',
        encoding="utf-8",
    )
    child = start(
        *("--data", str(archive), "--out", str(out), "--epochs", "2", *RECIPE),
        *("--watch", str(watched), "--compare", str(shipped)),
    )
    events = events_until(child, TrainingFinished)
    assert child.wait(60) == 0
    assert child.stdout is not None
    assert child.stdout.read() == ""

    assert isinstance(events[0], TrainingStarted)
    assert len(of_kind(events, EpochFinished)) == 2
    progress = of_kind(events, TrainingProgress)
    assert progress
    answers = [event for event in events if isinstance(event, DrawingsWatched)]
    assert [(one.epoch, len(one.answers)) for one in answers] == [(1, 3), (2, 3)]

    (finished,) = of_kind(events, TrainingFinished)
    assert isinstance(finished, TrainingFinished)
    figures = finished.figures
    assert not finished.result.stopped
    assert (figures.measured_on, figures.n) == (MeasuredOn.TEST, 80)
    assert figures.accuracy == finished.result.test_accuracy

    assert main(["evaluate", str(archive), "--model", str(out), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert figures.accuracy == said["accuracy"]
    assert list(figures.interval) == said["interval"]
    assert figures.ece == said["ece"]
    assert [list(row) for row in figures.confusion] == said["confusion"]
    assert [list(one) for one in figures.reliability] == said["reliability"]
    assert [(str(one.label), one.answer) for one in figures.mistakes] == [
        (one["label"], one["answer"]) for one in said["mistakes"]
    ]

    compare = ["--model", str(out), "--compare", str(shipped), "--json"]
    assert main(["evaluate", str(archive), *compare]) == 0
    beside = json.loads(capsys.readouterr().out)["compare"]
    assert figures.compared is not None
    assert (figures.compared.accuracy, figures.compared.p) == (beside["accuracy"], beside["p"])
    assert figures.compared.verdict == beside["verdict"]


def test_stop_keeps_the_best_network_so_far(start: StartChild, tmp_path: Path) -> None:
    out = tmp_path / "mine.keras"
    data = ("--data", "synthetic:400", "--out", str(out))
    child = start(*data, "--epochs", "1000", *RECIPE)
    events_until(child, EpochFinished)
    events = events_until(child, EpochFinished) + events_until(child, EpochFinished)
    assert child.stdin is not None
    child.stdin.write("stop\n")
    child.stdin.flush()
    events += events_until(child, TrainingFinished)
    assert child.wait(60) == 0
    finished = events[-1]
    assert isinstance(finished, TrainingFinished)
    assert finished.result.stopped
    assert finished.result.epochs < 1000
    assert finished.figures.measured_on is MeasuredOn.VALIDATION
    seen = [one.validation_accuracy for one in events if isinstance(one, EpochFinished)]
    # Epochs are validated in one view of each image.
    kept_back = read_training_data(["synthetic:400"], None, TrainingConfig())
    network, _ = load_network(out)
    pixels = kept_back.validation_images[..., None].astype(np.float32) / np.float32(255)
    right = np.asarray(network(pixels)).argmax(axis=1) == kept_back.validation_labels
    assert right.mean() == pytest.approx(max(seen), abs=1e-6)


def test_closed_input_ends_the_process_without_saving(start: StartChild, tmp_path: Path) -> None:
    data = ("--data", "synthetic:400", "--out", str(tmp_path / "mine.keras"))
    child = start(*data, "--epochs", "1000", *RECIPE)
    events_until(child, TrainingStarted)
    assert child.stdin is not None
    child.stdin.close()
    assert child.wait(10) == 3
    assert list(tmp_path.glob("*.keras")) == []


@pytest.mark.skipif(os.name != "posix", reason="niceness is POSIX's")
def test_child_lets_the_parent_go_first(start: StartChild, tmp_path: Path) -> None:
    child = start("--data", "synthetic:400", "--out", str(tmp_path / "mine.keras"), *RECIPE)
    events_until(child, TrainingStarted)
    own = os.getpriority(os.PRIO_PROCESS, 0)
    assert os.getpriority(os.PRIO_PROCESS, child.pid) == min(own + 10, 19)


@pytest.mark.skipif(sys.platform != "win32", reason="priority classes are Windows's")
def test_child_is_below_normal_on_windows(start: StartChild, tmp_path: Path) -> None:
    child = start("--data", "synthetic:400", "--out", str(tmp_path / "mine.keras"), *RECIPE)
    events_until(child, TrainingStarted)
    query = f"(Get-Process -Id {child.pid}).PriorityClass"
    said = subprocess.run(
        ["powershell", "-NoProfile", "-Command", query], capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "BelowNormal"


@pytest.mark.parametrize(("cores", "threads"), [(1, 1), (2, 1), (16, 15)])
def test_child_leaves_a_core_to_the_parent(
    cores: int, threads: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(cores)), raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    assert event_stream.threads_for_a_child() == threads


def test_bad_data_are_a_failed_event_and_a_sentence(start: StartChild, tmp_path: Path) -> None:
    child = start("--data", str(tmp_path / "missing.npz"), "--out", str(tmp_path / "a.keras"))
    (event,) = events_until(child, TrainingFailed)
    assert isinstance(event, TrainingFailed)
    assert "missing.npz does not exist" in event.sentence
    assert child.wait(60) == 2
    assert child.stderr is not None
    assert child.stderr.read() == f"qtdigits: {event.sentence}\n"


@pytest.mark.skipif(os.name != "posix", reason="ulimit is POSIX's")
def test_full_disk_is_a_failed_event_and_leaves_nothing(start: StartChild, tmp_path: Path) -> None:
    folder = tmp_path / "draft"
    folder.mkdir()
    data = ("--data", "synthetic:400", "--out", str(folder / "mine.keras"))
    child = start(*data, "--epochs", "3", *RECIPE, before="ulimit -f 200")
    event = events_until(child, TrainingFailed)[-1]
    assert isinstance(event, TrainingFailed)
    assert "could not be saved" in event.sentence
    assert child.wait(60) == 2
    assert list(folder.iterdir()) == []


def test_bad_option_is_a_failed_event(start: StartChild, tmp_path: Path) -> None:
    child = start("--out", str(tmp_path / "a.onnx"), "--epochs", "0")
    event = events_until(child, TrainingFailed)[-1]
    assert isinstance(event, TrainingFailed)
    assert event.sentence == "the epochs must lie from 1 to 1000, got 0"
    assert child.wait(60) == 2

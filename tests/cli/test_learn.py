"""qtdigits learn and evaluate --adapt: their options, what they print, and what they refuse."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from qtdigits.cli import teaching
from qtdigits.cli.parser import run_command
from qtdigits.core.lesson import (
    GuardFigures,
    LessonDrawing,
    LessonOutcome,
    TaughtDrawing,
    check_lesson,
)
from qtdigits.core.lesson_gate import Judgement
from qtdigits.core.model_card import ModelCard

GUARD = GuardFigures(100, 0.99, 0.99, 0.98, 0.98, 0.001)


class FakeLesson:
    def __init__(self, outcome: LessonOutcome) -> None:
        self.outcome = outcome


class FakeTeacher:
    """Reads all drawings as 0, and learns 1, unless it is to refuse."""

    card = ModelCard("fake", "fake", 0, "", "00")

    def __init__(self, used: bool = True) -> None:
        self.used = used

    def teach(self, drawings: Sequence[LessonDrawing]) -> FakeLesson:
        check_lesson([one.label for one in drawings])
        taught = tuple(
            TaughtDrawing(one.label, 0, int(one.label == 1), 0.1, 0.9, 0) for one in drawings
        )
        return FakeLesson(LessonOutcome(self.used, "It is so.", 1.0, taught, GUARD, 0.5))

    def save(self, lesson: FakeLesson, out: Path) -> None:
        out.write_text("network")

    # What a trial asks for: the feature is the label, and learning makes it the answer.

    def see(
        self, drawings: Sequence[LessonDrawing], rng: np.random.Generator
    ) -> Sequence[LessonDrawing]:
        return drawings

    def learn(
        self, seen: Sequence[LessonDrawing], rng: np.random.Generator
    ) -> tuple[Judgement, NDArray[np.float32], None]:
        change = np.zeros((11, 10), np.float32)
        change[:10] = 5 * np.eye(10)
        return Judgement(self.used, 1.0, "It is so.", GUARD), change, None

    def features(self, drawings: Sequence[LessonDrawing]) -> NDArray[np.float32]:
        return np.eye(10, dtype=np.float32)[[one.label for one in drawings]]

    def logits(self, features: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.eye(10, dtype=np.float32)[np.zeros(len(features), int)]


@pytest.fixture
def teacher(monkeypatch: pytest.MonkeyPatch) -> FakeTeacher:
    fake = FakeTeacher()
    monkeypatch.setattr(teaching, "load_teacher", lambda model, out=None: fake)
    return fake


def strokes(path: Path, each: int = 4, writer: str = "anna") -> Path:
    """A strokes file with so many drawings of each digit."""
    lines = [
        {"label": digit, "writer": writer, "strokes": [[[0, 0], [at, 9]]]}
        for digit in range(10)
        for at in range(each)
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def test_used_lesson_is_saved_and_told(
    teacher: FakeTeacher, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine, out = strokes(tmp_path / "mine.jsonl"), tmp_path / "out.keras"
    assert run_command(["learn", "--strokes", str(mine), "--out", str(out), "--json"]) == 0
    values = json.loads(capsys.readouterr().out)
    assert (values["used"], values["out"], values["n"]) == (True, str(out), 40)
    assert values["turned_right"] == [4, 5, 6, 7]
    assert values["turned_wrong"] == []
    assert values["seconds"] == 0.5
    assert out.read_text() == "network"


def test_refused_lesson_saves_nothing_and_is_no_error(
    teacher: FakeTeacher, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    teacher.used = False
    mine, out = strokes(tmp_path / "mine.jsonl"), tmp_path / "out.keras"
    assert run_command(["learn", "--strokes", str(mine), "--out", str(out)]) == 0
    assert capsys.readouterr().out.startswith("Refused: It is so.")
    assert not out.exists()


def test_report_names_the_drawings_that_changed(
    teacher: FakeTeacher, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = strokes(tmp_path / "mine.jsonl")
    run_command(["learn", "--strokes", str(mine), "--out", str(tmp_path / "out.keras")])
    assert "drawing 5: 1 was read as 0, now as 1" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--out", "x.keras"], "nothing to learn from"),
        (["--out", "x.keras", "--strokes", "none.jsonl"], "none.jsonl"),
        (["--out", "x.keras", "--events", "--json"], "standard input"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    arguments: list[str],
    reason: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run_command(["learn", *arguments]) == 2
    assert reason in capsys.readouterr().err


def test_too_few_drawings_are_refused_before_anything_is_loaded(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = tmp_path / "mine.jsonl"
    mine.write_text('{"label": 1, "strokes": [[[0, 0], [0, 9]]]}\n')
    assert run_command(["learn", "--strokes", str(mine), "--out", str(tmp_path / "o.keras")]) == 2
    assert "at least 10 are needed" in capsys.readouterr().err


def test_lesson_never_replaces_the_network_it_begins_with(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine, model = strokes(tmp_path / "mine.jsonl"), tmp_path / "model.keras"
    model.write_text("network")
    arguments = ["--strokes", str(mine), "--model", str(model), "--out", str(model)]
    assert run_command(["learn", *arguments]) == 2
    assert "name another file" in capsys.readouterr().err


# As a child


def as_child(
    text: bytes, out: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> tuple[int, list[dict[str, object]]]:
    """The exit status and the events of a child that is given a text on standard input."""
    reading, writing = os.pipe()
    os.write(writing, text)
    os.close(writing)
    saved = os.dup(0)
    os.dup2(reading, 0)
    try:
        status = run_command(["learn", "--events", "--out", str(out)])
    finally:
        os.dup2(saved, 0)
        os.close(saved)
        os.close(reading)
    lines = capfd.readouterr().out.splitlines()
    return status, [json.loads(line) for line in lines]


def test_child_is_ready_and_then_tells_the_result(
    teacher: FakeTeacher,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    text = strokes(tmp_path / "mine.jsonl").read_bytes() + b"\n"
    status, events = as_child(text, tmp_path / "out.keras", monkeypatch, capfd)
    assert status == 0
    assert [one["event"] for one in events] == ["ready", "result"]
    assert events[1]["saved"] is True
    assert (tmp_path / "out.keras").is_file()


def test_child_without_enough_drawings_says_so(
    teacher: FakeTeacher,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    status, events = as_child(b"\n", tmp_path / "out.keras", monkeypatch, capfd)
    assert status == 2
    assert events[-1]["event"] == "failed"
    assert "at least 10" in str(events[-1]["sentence"])


def test_child_whose_parent_goes_away_learns_nothing(
    teacher: FakeTeacher,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    text = strokes(tmp_path / "mine.jsonl").read_bytes()
    status, events = as_child(text, tmp_path / "out.keras", monkeypatch, capfd)
    assert status == 1
    assert [one["event"] for one in events] == ["ready"]
    assert not (tmp_path / "out.keras").exists()


# evaluate --adapt


def test_adaptation_is_measured_on_the_other_drawings(
    teacher: FakeTeacher, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of ten drawings left, nine are no 0 and were read wrong."""
    data = strokes(tmp_path / "all.jsonl")
    assert run_command(["evaluate", str(data), "--adapt", "3", "--json"]) == 0
    values = json.loads(capsys.readouterr().out)
    assert values["n"] == 10
    assert (values["before"]["errors"], values["after"]["errors"]) == (9, 0)
    assert values["removed"] == 1.0
    assert values["writers"][0]["writer"] == "anna"


def test_adaptation_table_has_the_sign_test(
    teacher: FakeTeacher, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = strokes(tmp_path / "all.jsonl")
    assert run_command(["evaluate", str(data), "--adapt", "3", "--repeat", "2"]) == 0
    text = capsys.readouterr().out
    assert "errors             18 of 20, after 0, 100.0% taken away" in text
    assert "1 better, 0 worse (sign test p = 1)" in text


def test_refused_lessons_leave_all_as_it_was(
    teacher: FakeTeacher, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    teacher.used = False
    data = strokes(tmp_path / "all.jsonl")
    run_command(["evaluate", str(data), "--adapt", "3", "--json"])
    values = json.loads(capsys.readouterr().out)
    assert (values["removed"], values["writers"][0]["used"]) == (0.0, 0)


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--adapt", "4"], "nobody wrote more than 4"),
        (["--adapt", "3", "--sweep"], "--sweep"),
        (["--adapt", "3", "--limit", "5"], "--limit"),
        (["--adapt", "3", "--sheet", "x.png"], "--sheet"),
        (["--adapt", "0"], "--adapt"),
    ],
)
def test_adaptation_that_cannot_be_measured_is_refused(
    teacher: FakeTeacher,
    options: list[str],
    reason: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    data = strokes(tmp_path / "all.jsonl")
    assert run_command(["evaluate", str(data), *options]) == 2
    assert reason in capsys.readouterr().err


def test_data_without_writers_cannot_show_adaptation(
    teacher: FakeTeacher, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = strokes(tmp_path / "all.jsonl", writer="")
    assert run_command(["evaluate", str(data), "--adapt", "3"]) == 2
    assert "no digits whose writers are named" in capsys.readouterr().err

"""The benchmarks at their smallest, with a network that knows one answer."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QApplication

from bench_accuracy import count_right, image_row, stroke_rows
from bench_canvas import EMPTY, ONE_STROKE, STROKES, move_times
from bench_latency import pen_up_times
from bench_robustness import (
    Condition,
    picture_images,
    scaled_images,
    spread_rows,
    written_images,
)
from bench_training import trainer
from bitmaps import CANVAS_PX, drawn
from command import qtdigits
from drawing import Place, on_whole_pixels, placed
from freeze import FreezeWatch
from held_out import Digits, kept_out
from measure import LONG, main
from plan import Plan
from progress import counted
from qtdigits.core.evaluation import Interval
from qtdigits.core.ink import Ink, Stroke
from qtdigits.core.model_card import ModelCard
from qtdigits.core.prediction import Prediction, Verdict
from qtdigits.core.samples import sample_drawings
from qtdigits.training_session import TrainingState
from qtdigits.ui.canvas.ink_canvas import InkCanvas
from stage import let_run, warm_program
from table import Goal, Row, Section, Unit, at_least, at_most, formatted, quicker
from timing import interleaved, median, percentile

CARD = ModelCard("one answer", "digits", 0, "2026-01-01T00:00:00+00:00", "")
LINE = Ink((Stroke.from_points([(0, 0), (10, 30), (20, 80)]),))


@dataclass(frozen=True)
class AlwaysThree:
    """Reads a three in everything."""

    card: ModelCard = field(default=CARD)

    def logits(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        logits = np.zeros((len(images), 10), np.float32)
        logits[:, 3] = 1
        return logits

    def predict(self, images: NDArray[np.float32]) -> list[Prediction]:
        return [Prediction(tuple(row), Verdict.DIGIT, (3,)) for row in self.logits(images).tolist()]


class PaintCount(QObject):
    """Counts the paints of what it is installed on."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def test_table_row_shows_figure_baseline_and_goal_in_aligned_columns() -> None:
    row = Row("pen up", 4.0, Unit.MS, 500, 128.0, "predict", (at_most(4.0, 8, Unit.MS),))
    heading, _, title, line = formatted([Section("Latency", (row,))]).splitlines()
    assert title == "Latency"
    cells = ("4 ms", "128.0 ms predict", "32 times quicker", "<= 8 ms: met", "500")
    assert [cell for cell in cells if cell not in line] == []
    assert len(heading) == len(line)


def test_table_row_shows_the_interval_in_per_cent() -> None:
    row = Row("accuracy", 99.0, Unit.PER_CENT, 100, interval=Interval(0.981, 0.995))
    assert "99.00 % [98.10, 99.50]" in formatted([Section("Accuracy", (row,))])


def test_table_shows_why_something_was_left_out() -> None:
    assert "  No data." in formatted([Section("Accuracy", (), ("No data.",))]).splitlines()


@pytest.mark.parametrize(
    ("unit", "measured", "baseline", "words"),
    [
        (Unit.MS, 3.0, 2.0, "1.50 times as long"),
        (Unit.SECONDS, 1.0, 4.0, "4 times quicker"),
        (Unit.PER_CENT, 99.5, 98.0, "+1.50 points"),
        (Unit.MS, 3.0, None, ""),
    ],
)
def test_comparison_says_how_far_the_baseline_is(
    unit: Unit, measured: float, baseline: float | None, words: str
) -> None:
    assert Row("", measured, unit, 1, baseline).comparison() == words


def test_goals_are_met_up_to_their_limit() -> None:
    goals = [at_most(8, 8, Unit.MS), at_least(8, 8, Unit.MS), quicker(5, 100, 20)]
    assert all(goal.met for goal in goals)
    assert at_most(9, 8, Unit.MS) == Goal("<= 8 ms", False)


def test_interleaved_calls_in_turns() -> None:
    calls: list[str] = []
    times = interleaved({name: partial(calls.append, name) for name in "ab"}, 3)
    assert calls == list("ababab")
    assert [len(taken) for taken in times.values()] == [3, 3]


def test_median_and_percentile_of_known_values() -> None:
    assert (median([1, 9, 2]), percentile([0, 100], 99)) == (2, 99)


def test_placed_drawing_lies_flush_at_the_edge() -> None:
    points = np.concatenate(placed(LINE, Place(0.4, 1.0, 0.0), 500))
    assert points.max(axis=0).tolist() == [500.0, 200.0]
    assert points[:, 1].min() == 0


def test_mouse_stays_quiet_on_the_same_pixel() -> None:
    (track,) = on_whole_pixels([np.array([[1.1, 1.0], [1.2, 1.4], [2.0, 1.0]])])
    assert track.tolist() == [[1, 1], [2, 1]]


def test_bitmap_shows_the_pen_in_its_width() -> None:
    bitmap = drawn([np.array([[100.0, 250.0], [400.0, 250.0]])], 40)
    assert bitmap.shape == (CANVAS_PX, CANVAS_PX)
    assert np.count_nonzero(bitmap[:, 250] > 127) == 40


def test_accuracy_counts_right_answers_of_both_networks() -> None:
    images, labels = np.zeros((4, 28, 28), np.float32), np.array([3, 3, 3, 5])
    row = image_row("threes", images, labels, 70, AlwaysThree(), AlwaysThree())
    assert (row.measured, row.baseline, row.n) == (75, 75, 4)
    assert row.goals[0].met


def test_pen_tracks_are_read_from_strokes_and_from_the_canvas(qapp: QApplication) -> None:
    digits = Digits((LINE, LINE), np.array([3, 1]))
    rows = stroke_rows("lines", digits, 50, AlwaysThree(), AlwaysThree())
    assert [(row.measured, row.baseline) for row in rows] == [(50, 50)] * 3
    assert len(stroke_rows("lines", digits, 50, AlwaysThree(), None)) == 1


def test_kept_out_writers_are_those_of_training(tmp_path: Path) -> None:
    lines = [
        json.dumps({"label": 1, "writer": f"w{writer}", "strokes": LINE.to_json()})
        for writer in range(20)
    ]
    path = tmp_path / "strokes.jsonl"
    path.write_text("\n".join(lines))
    assert len(kept_out(path, CARD).inks) == 2


def test_drawing_by_mouse_does_not_depend_on_the_pen(qapp: QApplication) -> None:
    inks = [drawing.ink for drawing in sample_drawings()[:3]]
    thin, thick = (written_images(inks, Condition(width)) for width in (2, 40))
    assert thin.shape == (3, 28, 28)
    assert np.array_equal(thin, thick)


def test_bitmaps_become_digit_images(qapp: QApplication) -> None:
    inks = [drawing.ink for drawing in sample_drawings()[:3]]
    for images in (picture_images(inks, Condition(20)), scaled_images(inks, Condition(20))):
        assert images.shape == (3, 28, 28)
        assert images.any(axis=(1, 2)).all()


def test_spread_is_the_difference_of_best_and_worst() -> None:
    best, worst, apart = spread_rows("widths", {"2 px": 98.0, "40 px": 97.5}, None, 400)
    assert (best.measured, worst.measured, apart.measured) == (98.0, 97.5, 0.5)
    assert "40 px" in worst.what


def test_pen_moves_are_painted_and_timed(qapp: QApplication) -> None:
    undo_stack = QUndoStack()
    canvas = InkCanvas(undo_stack)
    canvas.resize(300, 300)
    canvas.show()
    let_run(1)
    paints = PaintCount()
    canvas.installEventFilter(paints)
    times = move_times(canvas, undo_stack, 1, points=100, moves=3)
    assert [len(times[name]) for name in (EMPTY, STROKES, ONE_STROKE)] == [3, 3, 4]
    assert paints.count >= 10
    canvas.hide()


def test_pen_up_is_timed_until_the_answer_is_painted(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qtdigits.app.load_recognizer", lambda _path: AlwaysThree())
    calls: list[None] = []
    with warm_program(Path("unused")) as program:
        answers, others = pen_up_times(
            program, range(3), lambda: calls.append(None), 2, interval_ms=1
        )
    assert (len(answers), len(others), len(calls)) == (3, 2, 2)
    assert min(answers) > 0


def test_progress_is_said_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(counted(3, "digits", every_s=0.0)) == [0, 1, 2]
    said = capsys.readouterr()
    assert said.out == ""
    assert [line.split(",")[0].strip() for line in said.err.splitlines()] == [
        "1 of 3 digits",
        "2 of 3 digits",
    ]


def test_freeze_is_the_longest_time_without_a_tick(qapp: QApplication) -> None:
    watch = FreezeWatch()
    watch.begin()
    let_run(20)
    hold_up = time.perf_counter() + 0.06
    while time.perf_counter() < hold_up:
        pass
    assert watch.end() >= 60


def test_training_can_be_started_and_is_gone_afterwards(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qtdigits.app.load_recognizer", lambda _path: AlwaysThree())
    with warm_program(Path("unused")) as program, trainer(program) as start:
        start()
        assert program.networks.session.process_id > 0
    assert program.networks.session.state is TrainingState.IDLE


def test_measure_refuses_a_missing_folder(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", "nowhere"]) == 2
    assert "nowhere is not a folder" in capsys.readouterr().err


def test_measure_without_data_says_so_and_writes_json(
    qapp: QApplication, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model, target = tmp_path / "digits.keras", tmp_path / "figures.json"
    model.touch()
    assert main(["--model", str(model), "--only", "accuracy", "--json", str(target)]) == 0
    assert "no folder with data sets was given" in capsys.readouterr().out
    assert json.loads(target.read_text())["sections"][0]["rows"] == []


def test_quick_plan_still_runs_everything() -> None:
    assert Plan(Path("x"), quick=True).runs(5) == 3
    assert count_right(AlwaysThree(), np.zeros((2, 28, 28), np.float32), np.array([3, 3])) == 2


def test_figures_are_added_to_a_model_card(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    card = tmp_path / "one.json"
    older = replace(
        CARD, figures={"test_n": 5, "measured": {"old": {"value": 1}, "a": {"value": 2}}}
    )
    card.write_text(older.to_json(), encoding="utf-8")
    row = Row("a", 99.12345, Unit.PER_CENT, 10, interval=Interval(0.98, 0.995))
    monkeypatch.setattr("measure._benchmark", lambda name: lambda plan: Section("One", (row,)))
    assert main(["--only", "canvas", "--card", str(card)]) == 0
    figures = ModelCard.from_json(card.read_text(encoding="utf-8")).figures
    measured = {"value": 99.123, "unit": "%", "n": 10, "interval": [98.0, 99.5]}
    assert figures == {"test_n": 5, "measured": {"old": {"value": 1}, "a": measured}}


def test_trainings_run_only_when_they_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []

    def benchmark(name: str) -> Callable[[Plan], Section]:
        ran.append(name)
        return lambda plan: Section(name, ())

    monkeypatch.setattr("measure._benchmark", benchmark)
    assert main([]) == 0
    assert set(ran).isdisjoint(LONG)
    assert main(["--only", "quick"]) == 0
    assert ran[-1] == "quick"


def test_a_command_that_fails_gives_its_sentence(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"missing\.npz"):
        qtdigits("evaluate", tmp_path / "missing.npz")

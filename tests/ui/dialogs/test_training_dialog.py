"""The training dialog by itself: what it lets a person do, and what it asks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QListView,
    QMessageBox,
    QProgressBar,
    QSpinBox,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from qtdigits.core.data_summary import DataSummary
from qtdigits.core.evaluation import ComparedAs, Interval, ReliabilityBin
from qtdigits.core.history import HistoryEntry
from qtdigits.core.library import LibraryEntry
from qtdigits.core.model_card import ModelCard
from qtdigits.core.training import (
    PRESETS,
    RANGES,
    DrawingsWatched,
    EpochFinished,
    TrainingProgress,
    TrainingResult,
    TrainingStarted,
    WatchedAnswer,
)
from qtdigits.core.training_events import TrainingFinished
from qtdigits.core.training_figures import (
    ComparedNetwork,
    MeasuredOn,
    ReadImage,
    ResultFigures,
)
from qtdigits.core.training_plan import TrainingPlan
from qtdigits.ui.dialogs.training_dialog import TrainingDialog
from qtdigits.ui.items.examples_model import ExampleRole
from qtdigits.ui.settings_store import SettingsStore
from qtdigits.ui.theme import ThemeKeeper
from qtdigits.ui.views.training.progress_card import ProgressCard

Part = TypeVar("Part", bound=QWidget)
MakeEntry = Callable[..., HistoryEntry]

CARD = ModelCard("digits", "small", 42_746, "2026-01-01", "")
CURRENT = LibraryEntry("shipped", CARD, Path("now.keras"), is_shipped=True, is_current=True)
CONFUSION = tuple(
    tuple(95 if row == column else int(column == (row + 1) % 10) * 5 for column in range(10))
    for row in range(10)
)
FIGURES = ResultFigures(
    MeasuredOn.VALIDATION,
    1000,
    0.95,
    Interval(0.93, 0.96),
    0.01,
    CONFUSION,
    tuple(ReliabilityBin(i / 15, (i + 1) / 15, 1, i / 15, i / 15) for i in range(15)),
    (
        ReadImage(4, 5, 0.99, bytes(784)),
        ReadImage(7, 8, 0.8, bytes(784)),
        ReadImage(3, 3, 0.4, bytes(784)),
    ),
    ComparedNetwork("digits", 0.9, Interval(0.88, 0.92), 60, 10, 0.001, ComparedAs.BETTER),
)
RESULT = TrainingFinished(
    TrainingResult("new.keras", "small", 42_746, 9.0, 3, 1000, 0.95, 0, None), FIGURES
)


def part(dialog: QWidget, kind: type[Part], name: str) -> Part:
    found = dialog.findChild(kind, name)
    assert isinstance(found, kind)
    return found


def press(dialog: QWidget, name: str) -> None:
    QTest.mouseClick(part(dialog, QAbstractButton, name), Qt.MouseButton.LeftButton)


def shown_buttons(dialog: TrainingDialog) -> set[str]:
    names = ("start", "stop", "cancel", "use", "keep", "discard")
    return {n for n in names if part(dialog, QAbstractButton, f"{n}Button").isVisible()}


def note(dialog: TrainingDialog) -> str:
    return part(dialog, QLabel, "trainingNote").text()


def epoch(number: int, epochs: int = 3) -> EpochFinished:
    return EpochFinished(number, epochs, 0.5, 0.8, 0.4, 0.85, 2.0, 3000.0)


@pytest.fixture
def dialog(qtbot: QtBot, themes: ThemeKeeper) -> TrainingDialog:
    dialog = TrainingDialog(themes)
    qtbot.addWidget(dialog)
    dialog.set_current(CURRENT)
    with qtbot.waitExposed(dialog):
        dialog.show()
    return dialog


@pytest.fixture
def running(dialog: TrainingDialog) -> TrainingDialog:
    press(dialog, "startButton")
    dialog.show_event(TrainingStarted(900, 100, 42_746, 3))
    return dialog


def test_can_start_at_once_with_the_synthetic_pen(dialog: TrainingDialog, qtbot: QtBot) -> None:
    assert shown_buttons(dialog) == {"start"}
    with qtbot.waitSignal(dialog.start_requested) as asked:
        press(dialog, "startButton")
    plan: TrainingPlan = asked.args[0]
    assert [one.argument for one in plan.sources] == ["synthetic:20000", "non-digits:5000"]
    assert plan.config == PRESETS["quick"]
    assert shown_buttons(dialog) == {"stop", "cancel"}


def test_second_start_is_not_asked_for(dialog: TrainingDialog, qtbot: QtBot) -> None:
    press(dialog, "startButton")
    with qtbot.assertNotEmitted(dialog.start_requested):
        press(dialog, "startButton")


def test_nothing_to_learn_from_cannot_start(dialog: TrainingDialog) -> None:
    for name in ("syntheticRow", "scribblesRow"):
        part(dialog, QWidget, name).findChildren(QCheckBox)[0].click()
    assert not part(dialog, QAbstractButton, "startButton").isEnabled()
    assert note(dialog) == "Choose something to learn from."


@pytest.mark.parametrize("name", PRESETS)
def test_preset_fills_the_fields(dialog: TrainingDialog, name: str, qtbot: QtBot) -> None:
    box = part(dialog, QWidget, "presetBox")
    (button,) = (b for b in box.findChildren(QAbstractButton) if b.text().lower() == name)
    button.click()
    config = PRESETS[name]
    assert part(dialog, QSpinBox, "epochsField").value() == config.epochs
    assert part(dialog, QComboBox, "networkField").currentData() == config.network
    with qtbot.waitSignal(dialog.start_requested) as asked:
        press(dialog, "startButton")
    assert asked.args[0].config == config


def test_own_number_is_no_preset_any_more(dialog: TrainingDialog, qtbot: QtBot) -> None:
    part(dialog, QSpinBox, "epochsField").setValue(7)
    buttons = part(dialog, QWidget, "presetBox").findChildren(QAbstractButton)
    assert not any(button.isChecked() for button in buttons)
    with qtbot.waitSignal(dialog.start_requested) as asked:
        press(dialog, "startButton")
    assert asked.args[0].config == replace(PRESETS["quick"], epochs=7)


@pytest.mark.parametrize("key", ["epochs", "batch_size", "seed", "learning_rate"])
def test_number_stays_in_its_range(dialog: TrainingDialog, key: str) -> None:
    field = dialog.findChild(QWidget, f"{key}Field")
    assert isinstance(field, QSpinBox | QDoubleSpinBox)
    assert (field.minimum(), field.maximum()) == RANGES[key]
    assert field.toolTip()


def test_more_fields_unfold(dialog: TrainingDialog) -> None:
    optimiser = part(dialog, QComboBox, "optimizerField")
    assert not optimiser.isVisible()
    press(dialog, "moreButton")
    assert optimiser.isVisible()
    press(dialog, "moreButton")
    assert not optimiser.isVisible()


def test_only_the_same_architecture_can_be_taught_on(dialog: TrainingDialog, qtbot: QtBot) -> None:
    beginning = part(dialog, QComboBox, "beginningField")
    assert beginning.isEnabled()
    beginning.setCurrentIndex(1)
    part(dialog, QComboBox, "networkField").setCurrentIndex(0)
    assert not beginning.isEnabled()
    assert beginning.currentIndex() == 0
    part(dialog, QComboBox, "networkField").setCurrentIndex(1)
    beginning.setCurrentIndex(1)
    with qtbot.waitSignal(dialog.start_requested) as asked:
        press(dialog, "startButton")
    assert asked.args[0].start_from == CURRENT.path


def test_estimate_follows_the_measured_speed(dialog: TrainingDialog) -> None:
    dialog.set_speeds({"small": 100.0})
    slow = note(dialog)
    dialog.set_speeds({"small": 1e6})
    assert slow != note(dialog)
    assert note(dialog) == "About 15 s on this computer."


def test_file_is_read_before_the_start(dialog: TrainingDialog, qtbot: QtBot) -> None:
    path = Path("mnist.npz")
    with qtbot.waitSignal(dialog.check_requested) as asked:
        dialog.choose_mnist(path)
    assert asked.args == [path]
    assert not part(dialog, QAbstractButton, "startButton").isEnabled()
    samples = np.zeros((2, 28, 28), np.uint8)
    dialog.show_summary(DataSummary(path, 60_000, (6000,) * 10, samples))
    assert part(dialog, QAbstractButton, "startButton").isEnabled()
    with qtbot.waitSignal(dialog.start_requested) as asked:
        press(dialog, "startButton")
    assert asked.args[0].sources[0].argument == "mnist.npz"
    assert "6,000" in part(dialog, QWidget, "mnistRow").toolTip()


def test_bad_file_says_why_and_is_not_learnt_from(dialog: TrainingDialog, qtbot: QtBot) -> None:
    dialog.choose_mnist(Path("bad.npz"))
    dialog.show_summary(DataSummary(Path("bad.npz"), problem="All its pictures are blank."))
    row = part(dialog, QWidget, "mnistRow")
    assert "All its pictures are blank." in [label.text() for label in row.findChildren(QLabel)]
    assert not row.findChildren(QCheckBox)[0].isChecked()
    with qtbot.waitSignal(dialog.start_requested) as asked:
        press(dialog, "startButton")
    assert len(asked.args[0].sources) == 2


def test_curves_and_progress_move(running: TrainingDialog) -> None:
    bar = part(running, QProgressBar, "progressBar")
    card = running.findChildren(ProgressCard)[0]
    before = bar.value()
    running.show_event(TrainingProgress(1, 3, 450, 900, 3000.0, 65.0))
    middle = bar.value()
    assert before < middle
    running.show_event(epoch(1))
    running.show_event(epoch(2))
    assert card.accuracy.curve_points() == (2, 2)
    assert card.loss.curve_points() == (2, 2)
    assert bar.value() > middle
    texts = [label.text() for label in card.findChildren(QLabel)]
    assert "validation 85.00\u202f%" in texts


def test_pace_and_time_left_are_said(running: TrainingDialog) -> None:
    running.show_event(TrainingProgress(2, 3, 450, 900, 3240.0, 240.0))
    texts = [label.text() for label in running.findChildren(QLabel)]
    assert "Epoch 2 of 3" in texts
    assert "3,240 images/s · 4 min left" in texts


def test_loss_that_is_no_number_does_no_harm(running: TrainingDialog) -> None:
    running.show_event(replace(epoch(1), loss=float("nan"), validation_loss=float("nan")))
    running.grab()
    assert "not a number" in [label.text() for label in running.findChildren(QLabel)]


def test_watched_drawings_are_read_after_each_epoch(
    dialog: TrainingDialog, make_entry: MakeEntry
) -> None:
    dialog.set_watched([make_entry(1, 7), make_entry(2, 4)])
    press(dialog, "startButton")
    dialog.set_watched([])  # a drawing made meanwhile belongs to the next run
    dialog.show_event(DrawingsWatched(1, (WatchedAnswer(7, 0.99), WatchedAnswer(9, 0.5))))
    model = part(dialog, QListView, "watchedView").model()
    assert [model.index(row, 0).data() for row in range(2)] == ["7", "9"]


def test_fields_cannot_be_changed_while_training(running: TrainingDialog) -> None:
    assert not part(running, QSpinBox, "epochsField").isEnabled()
    running.show_cancelled()
    assert part(running, QSpinBox, "epochsField").isEnabled()


def test_stop_is_asked_once_and_cancel_still_possible(
    running: TrainingDialog, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(running.stop_requested):
        press(running, "stopButton")
    assert not part(running, QAbstractButton, "stopButton").isEnabled()
    with qtbot.waitSignal(running.cancel_requested):
        press(running, "cancelButton")
    assert not part(running, QAbstractButton, "cancelButton").isEnabled()


def test_failure_is_one_sentence_and_another_start(running: TrainingDialog) -> None:
    running.show_failed("The training was killed, perhaps because memory ran out.")
    assert shown_buttons(running) == {"start"}
    texts = [label.text() for label in running.findChildren(QLabel)]
    assert "The training was killed, perhaps because memory ran out." in texts


def test_result_is_shown_with_three_buttons(running: TrainingDialog) -> None:
    running.show_result(RESULT)
    assert shown_buttons(running) == {"use", "keep", "discard"}
    assert part(running, QLabel, "verdictSentence").text().startswith("Better: 95.00")


@pytest.mark.parametrize("name", ["use", "keep", "discard"])
def test_decision_is_asked_for(running: TrainingDialog, qtbot: QtBot, name: str) -> None:
    running.show_result(RESULT)
    with qtbot.waitSignal(getattr(running, f"{name}_requested")):
        press(running, f"{name}Button")
    running.show_decided("Done.")
    assert shown_buttons(running) == {"start"}
    assert note(running) == "Done."


def test_refusal_leaves_the_decision_open(running: TrainingDialog) -> None:
    running.show_result(RESULT)
    running.show_refused("The disk is full.")
    assert note(running) == "The disk is full."
    assert shown_buttons(running) == {"use", "keep", "discard"}


def test_click_on_a_cell_shows_its_digits(running: TrainingDialog) -> None:
    running.show_result(RESULT)
    matrix = part(running, QTableView, "confusionView")
    model = part(running, QListView, "examplesView").model()
    assert model.rowCount() == 2  # the mistakes at first
    cell = matrix.visualRect(matrix.model().index(4, 5)).center()
    QTest.mouseClick(matrix.viewport(), Qt.MouseButton.LeftButton, pos=cell)
    assert [model.index(r, 0).data(ExampleRole.EXAMPLE).label for r in range(1)] == [4]
    assert model.rowCount() == 1


def test_closing_while_training_asks(running: TrainingDialog, qtbot: QtBot) -> None:
    running.close()
    assert running.isVisible()
    box = part(running, QMessageBox, "closeQuestion")
    press(box, "closeStay")
    qtbot.waitUntil(lambda: not running.findChildren(QMessageBox))
    assert running.isVisible()
    assert shown_buttons(running) == {"stop", "cancel"}


def test_closing_with_cancel_closes_when_the_run_has_ended(
    running: TrainingDialog, qtbot: QtBot
) -> None:
    QTest.keyClick(running, Qt.Key.Key_Escape)
    with qtbot.waitSignal(running.cancel_requested):
        press(part(running, QMessageBox, "closeQuestion"), "closeCancel")
    assert running.isVisible()
    running.show_cancelled()
    assert not running.isVisible()


def test_closing_with_stop_goes_on_to_the_result(running: TrainingDialog, qtbot: QtBot) -> None:
    running.close()
    with qtbot.waitSignal(running.stop_requested):
        press(part(running, QMessageBox, "closeQuestion"), "closeStop")
    running.show_result(RESULT)
    assert shown_buttons(running) == {"use", "keep", "discard"}


def test_question_goes_when_the_run_ends_by_itself(running: TrainingDialog, qtbot: QtBot) -> None:
    running.close()
    running.show_failed("The training crashed.")
    qtbot.waitUntil(lambda: not running.findChildren(QMessageBox))


def test_enter_in_a_field_starts_nothing(dialog: TrainingDialog, qtbot: QtBot) -> None:
    field = part(dialog, QSpinBox, "epochsField")
    with qtbot.assertNotEmitted(dialog.start_requested):
        QTest.keyClick(field, Qt.Key.Key_Return)


@pytest.mark.parametrize("size", [(980, 660), (720, 520)])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_page_is_painted(
    dialog: TrainingDialog, settings: SettingsStore, size: tuple[int, int], theme: str
) -> None:
    settings.set_value("theme", theme)
    dialog.resize(*size)
    assert not dialog.grab().isNull()
    press(dialog, "startButton")
    dialog.show_event(epoch(1))
    assert not dialog.grab().isNull()
    dialog.show_result(RESULT)
    assert not dialog.grab().isNull()
    assert (dialog.width(), dialog.height()) == size

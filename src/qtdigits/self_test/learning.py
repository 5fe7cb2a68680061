"""Checks that the network learns from the drawings in the history, and reads with that."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from qtdigits.app import Program
from qtdigits.core.lesson_events import LessonFinished
from qtdigits.core.model_card import ModelCard
from qtdigits.self_test.waiting import SelfTestError, bury_closed, found, trigger, wait_for
from qtdigits.ui.dialogs.lesson_dialog import LessonDialog


def check_learning(program: Program) -> None:
    """A lesson from the labelled drawings ends, and what it made is used; raises SelfTestError.

    The gates of a lesson may refuse it: that is an end as good as any.
    """
    finished: list[LessonFinished] = []
    failures: list[str] = []
    loaded: list[ModelCard] = []
    lesson = program.lessons.session
    lesson.finished.connect(finished.append)
    lesson.failed.connect(failures.append)
    program.inference.loaded.connect(loaded.append)
    trigger("Learn", program.window)
    dialog = program.window.findChild(LessonDialog)
    if dialog is None:
        raise SelfTestError("Learn opened no dialog")
    learn = found(QPushButton, "lessonLearnButton", dialog)
    wait_for(lambda: learn.isEnabled() or bool(failures), "counting the drawings")
    learn.click()
    wait_for(lambda: bool(finished or failures), "a lesson")
    if failures:
        raise SelfTestError(failures[0])
    dialog.grab()
    if finished[0].saved:
        found(QPushButton, "lessonUseButton", dialog).click()
        wait_for(lambda: bool(loaded), "loading the taught network")
    else:
        dialog.close()
    bury_closed()

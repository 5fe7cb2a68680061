"""Checks that a network can be trained in a process of its own."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Final

from qtdigits.app import Program
from qtdigits.core import paths
from qtdigits.core.drafts import Drafts
from qtdigits.core.samples import sample_drawings
from qtdigits.core.training_events import TrainingFinished
from qtdigits.self_test.waiting import SelfTestError, wait_for
from qtdigits.ui.dialogs.training_dialog import TrainingDialog
from qtdigits.ui.workers.training_process import TrainingProcess

_LEARNING: Final = ("--data", "synthetic:120", "--data", "non-digits:20")
_RECIPE: Final = ("--epochs", "1", "--batch-size", "64", "--variation", "0.5", "--start-from")


def check_training(program: Program) -> None:
    """A small network is trained, and its curves and figures are shown; raises SelfTestError."""
    finished: list[TrainingFinished] = []
    failures: list[str] = []
    process = TrainingProcess(program)
    process.finished.connect(finished.append)
    process.failed.connect(failures.append)
    dialog = TrainingDialog(program.themes, program.window)
    process.reported.connect(dialog.show_event)
    process.finished.connect(dialog.show_result)
    dialog.show()
    with tempfile.TemporaryDirectory(prefix="qtdigits-test-") as folder:
        draft = Drafts(Path(folder)).create()
        watched = [drawing.ink for drawing in sample_drawings()[:2]]
        shipped = paths.shipped_model()
        process.start(draft, [*_LEARNING, *_RECIPE, str(shipped)], watched, shipped)
        try:
            wait_for(lambda: bool(finished or failures), "training")
        finally:
            process.shutdown()
        if failures:
            raise SelfTestError(f"{failures[0]} {process.details()}")
        if not draft.network.is_file():
            raise SelfTestError("training left no network behind")
        if process.details():
            raise SelfTestError(f"training said: {process.details()}")
        draft.discard()
    dialog.grab()
    dialog.deleteLater()

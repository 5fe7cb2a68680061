"""Checks that the program works where it stands: its files, every dialog, reading, training.

It says nothing when all is well. What an executable file lacks shows here and not to a person.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QEventLoop, QSettings, QTimer, qInstallMessageHandler
from PySide6.QtGui import QAction, QImage
from PySide6.QtWidgets import QApplication, QDialog

from qtdigits.app import Program
from qtdigits.core import paths
from qtdigits.core.drafts import Drafts
from qtdigits.core.history import HistoryEntry
from qtdigits.core.model_card import read_card
from qtdigits.core.network_status import NetworkState, NetworkStatus
from qtdigits.core.recognizer import Preparation
from qtdigits.core.samples import sample_drawings
from qtdigits.core.training_events import TrainingFinished
from qtdigits.ui.dialogs.training_dialog import TrainingDialog
from qtdigits.ui.icons import app_icon, icon
from qtdigits.ui.replay import replay
from qtdigits.ui.theme_colors import LIGHT
from qtdigits.ui.views.actions import ACTIONS
from qtdigits.ui.workers.training_process import TrainingProcess

_PATIENCE_S: Final = 240.0
_LEARNING: Final = ("--data", "synthetic:120", "--data", "non-digits:20")
_RECIPE: Final = ("--epochs", "1", "--batch-size", "64", "--variation", "0.5", "--start-from")


_HARMLESS: Final = ("This plugin does not support propagateSizeHints()",)
"""What Qt's offscreen platform says of every dialog with a fixed size."""


class SelfTestError(Exception):
    """What does not work, in a sentence."""


def run_self_test(preparation: Preparation | None = None) -> int:
    """Run all checks without a screen; returns 0, or 1 after a sentence on standard error."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        with _own_files() as folder:
            _check(preparation, folder)
    except SelfTestError as failure:
        print(f"qtdigits: the self-test failed: {failure}", file=sys.stderr)  # noqa: T201 - its job
        return 1
    return 0


@contextmanager
def _own_files() -> Iterator[Path]:
    """A folder for what a person has elsewhere: settings and drawings stay as they are."""
    with tempfile.TemporaryDirectory(prefix="qtdigits-test-") as folder:
        for kind in (QSettings.Format.IniFormat, QSettings.Format.NativeFormat):
            QSettings.setPath(kind, QSettings.Scope.UserScope, folder)
        yield Path(folder)


def _check(preparation: Preparation | None, folder: Path) -> None:
    said: list[str] = []
    qInstallMessageHandler(lambda kind, context, text: said.append(text))
    application = QApplication([sys.argv[0]])
    _check_files()
    drawings = folder / "drawings.sqlite"
    program = Program(application, paths.shipped_model(), preparation, drawings)
    window = program.window
    try:
        window.show()
        _check_reading(program)
        _check_training(program)
        _check_dialogs(program)
    finally:
        program.networks.end_without_asking()
        window.close()
        window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        qInstallMessageHandler(None)
    if unexpected := [text for text in said if text not in _HARMLESS]:
        raise SelfTestError(f"Qt said: {unexpected[0]}")


def _check_files() -> None:
    """All icons, the sample drawings, the network's card."""
    names = {spec.icon for spec in ACTIONS if spec.icon}
    pictures = {name: icon(name, LIGHT).pixmap(20, 20).toImage() for name in names}
    pictures["qtdigits"] = app_icon().pixmap(64, 64).toImage()
    for name, picture in pictures.items():
        if not _shows_something(picture):
            raise SelfTestError(f"the icon {name} is empty")
    if not sample_drawings():
        raise SelfTestError("there are no sample drawings")
    read_card(paths.shipped_model())


def _shows_something(picture: QImage) -> bool:
    """Whether any pixel is not fully transparent."""
    alpha = picture.convertToFormat(QImage.Format.Format_Alpha8)
    return any(bytes(alpha.constBits()))


def _check_reading(program: Program) -> None:
    """A sample of each digit, written with the mouse, is read right."""
    statuses: list[NetworkStatus] = []
    entries: list[HistoryEntry] = []
    program.inference.status_changed.connect(statuses.append)
    program.session.settled.connect(entries.append)
    _wait(lambda: bool(statuses) and statuses[-1].state is not NetworkState.LOADING, "loading")
    if statuses[-1].state is NetworkState.FAILED:
        raise SelfTestError(statuses[-1].details)
    for label, drawing in {one.label or "": one for one in sample_drawings()}.items():
        for _ in replay(program.canvas, drawing.ink):
            pass
        entries.clear()
        _wait(lambda: bool(entries), f"reading a {label}")
        if entries[-1].prediction.text != label:
            raise SelfTestError(f"a {label} was read as {entries[-1].prediction.text!r}")
        program.canvas.clear()


def _check_training(program: Program) -> None:
    """A small network is trained in a process of its own, and its curves and figures are shown."""
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
            _wait(lambda: bool(finished or failures), "training")
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


def _check_dialogs(program: Program) -> None:
    """Every action that opens a dialog does."""
    names = [spec.name for spec in ACTIONS if spec.text.endswith("…")]
    for name in [*names, "About"]:
        action = program.window.findChild(QAction, f"action{name}")
        if action is None:
            raise SelfTestError(f"there is no action {name}")
        action.trigger()
        dialogs = [one for one in program.window.findChildren(QDialog) if one.isVisible()]
        if not dialogs:
            raise SelfTestError(f"{name} opened no dialog")
        for dialog in dialogs:
            dialog.grab()
            dialog.close()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _wait(is_so: Callable[[], bool], what: str) -> None:
    """Let the event loop run until something is so; raises SelfTestError."""
    end = time.monotonic() + _PATIENCE_S
    while not is_so():
        if time.monotonic() > end:
            raise SelfTestError(f"{what} took more than {_PATIENCE_S:.0f} s")
        loop = QEventLoop()
        QTimer.singleShot(10, loop.quit)
        loop.exec()

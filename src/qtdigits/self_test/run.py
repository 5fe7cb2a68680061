"""Runs all checks of the program where it stands, offscreen and with files of its own.

It says nothing when all is well. What an executable file lacks shows here and not to a person.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QSettings, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from qtdigits.app import Program
from qtdigits.core import paths
from qtdigits.core.recognizer import Preparation
from qtdigits.self_test.dialogs import check_dialogs
from qtdigits.self_test.files import check_files
from qtdigits.self_test.learning import check_learning
from qtdigits.self_test.pictures import check_pictures
from qtdigits.self_test.reading import check_reading
from qtdigits.self_test.starting import check_starting
from qtdigits.self_test.training import check_training
from qtdigits.self_test.waiting import SelfTestError

_HARMLESS: Final = "This plugin does not support "
"""What Qt's offscreen platform says of a fixed size, and of coming to the front."""


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
    """A folder for what a person has elsewhere: settings, drawings and networks stay as they are.

    The variables are for the children; of this process's settings Qt has to be told.
    """
    with tempfile.TemporaryDirectory(prefix="qtdigits-test-") as folder:
        for kind in (QSettings.Format.IniFormat, QSettings.Format.NativeFormat):
            QSettings.setPath(kind, QSettings.Scope.UserScope, folder)
        yield Path(folder)


def _check(preparation: Preparation | None, folder: Path) -> None:
    said: list[str] = []
    qInstallMessageHandler(lambda kind, context, text: said.append(text))
    application = QApplication([sys.argv[0]])
    check_files()
    program = Program(
        application,
        paths.shipped_model(),
        preparation,
        drawings=folder / "drawings.sqlite",
        networks=folder / "models",
    )
    window = program.window
    try:
        window.show()
        check_reading(program)
        check_pictures(program, folder)
        check_learning(program)
        check_training(program)
        check_dialogs(program)
        check_starting(folder / "start")
    finally:
        program.networks.end_without_asking()
        window.close()
        window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        qInstallMessageHandler(None)
    if unexpected := [text for text in said if not text.startswith(_HARMLESS)]:
        raise SelfTestError(f"Qt said: {unexpected[0]}")

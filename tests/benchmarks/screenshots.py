"""Takes the pictures in the README: the real window, a page being read, and a real training.

python tests/benchmarks/screenshots.py resources/screenshots
"""

from __future__ import annotations

import argparse
import io
import os
import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

from PIL import Image
from PySide6.QtCore import QAbstractItemModel, QBuffer, QSettings
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QProgressBar,
    QScrollArea,
    QSpinBox,
    QWidget,
)

from example_page import PAGES, example_page
from qtdigits.app import Program
from qtdigits.core.ink import Ink, Stroke
from qtdigits.core.paths import shipped_model
from qtdigits.core.picture_sheet import PictureState
from qtdigits.core.samples import sample_drawings
from qtdigits.picture_session import PictureSession
from qtdigits.training_session import TrainingState
from qtdigits.ui.dialogs.picture_dialog import PictureDialog
from qtdigits.ui.dialogs.training_dialog import TrainingDialog
from qtdigits.ui.replay import replay
from qtdigits.ui.settings_store import SettingsStore
from stage import let_run, private_settings, wait_until, warm_program

PICTURES: Final = ("main", "pictures", "training-how", "training", "training-result")
_DIALOG_PX: Final = (980, 720)
_CHOSEN_BOX: Final = 6
_COLOURS: Final = 256
_WRITTEN: Final = "0728451936"
_NUMBER: Final = "2026"
_NUMBER_SHARE: Final = 1.1
_GAP: Final = 0.3
_EPOCHS: Final = 8
_TAKEN_AT: Final = 0.66
"""This far is the training whose picture is taken: there are curves, and more to come."""
_PATIENCE_S: Final = 900
Part = TypeVar("Part", bound=QWidget)


def main(arguments: Sequence[str] | None = None) -> int:
    """Take what the arguments ask for; returns the exit status."""
    parser = argparse.ArgumentParser(prog="screenshots", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the pictures go")
    parser.add_argument("--theme", choices=("light", "dark"), default="light")
    parser.add_argument("--size", type=int, nargs=2, default=_DIALOG_PX, help="of the dialogs")
    parser.add_argument("--only", action="append", choices=PICTURES, help="may be repeated")
    args = parser.parse_args(arguments)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    wanted = args.only or [name for name in PICTURES if name != "training-how"]
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_DATA_HOME"] = folder  # the person's own networks are not shown
        application = QApplication(["screenshots"])
        with private_settings():
            _choose_theme(args.theme)
            with warm_program(shipped_model()) as program:
                pictures = _Pictures(program, args.folder, args.theme, wanted)
                pictures.take(tuple(args.size))
        application.processEvents()
    return 0


def _choose_theme(theme: str) -> None:
    ini, user = QSettings.Format.IniFormat, QSettings.Scope.UserScope
    settings = QSettings(ini, user, "qtdigits", "qtdigits")
    SettingsStore(settings).set_value("theme", theme)
    settings.sync()


class _Pictures:
    """Uses the program as a person would, and saves what it looks like on the way."""

    def __init__(self, program: Program, folder: Path, theme: str, wanted: Sequence[str]) -> None:
        self._program = program
        self._folder = folder
        self._theme = theme
        self._wanted = wanted

    def take(self, size: tuple[int, int]) -> None:
        if "pictures" in self._wanted:
            self._take_pictures(size)
        if self._wanted == ["pictures"]:
            return
        self._write_digits()
        self._save("main", self._program.window)
        if not set(self._wanted) - {"main", "pictures"}:
            return
        (action,) = (
            one for one in self._program.window.actions() if one.objectName() == "actionTrain"
        )
        action.trigger()
        (dialog,) = self._program.window.findChildren(TrainingDialog)
        dialog.resize(*size)
        let_run(100)
        if "training-how" in self._wanted:
            self._take_how(dialog)
        if {"training", "training-result"} & set(self._wanted):
            self._take_training(dialog)

    def _write_digits(self) -> None:
        """Each digit once, then a number: the history and the card have something to show."""
        history = self._program.history
        by_label = {drawing.label: drawing for drawing in reversed(sample_drawings())}
        for written, drawing in enumerate(by_label[label] for label in _WRITTEN):
            self._program.canvas.clear()
            for _ in replay(self._program.canvas, drawing.ink):
                let_run(2)
            wait_until(partial(_has_more, history, written))
            let_run(400)  # on a busy machine a pause may have put part of it there
        self._program.canvas.clear()
        for _ in replay(self._program.canvas, _number(_NUMBER), _NUMBER_SHARE):
            let_run(2)
        wait_until(partial(_has_more, history, len(_WRITTEN) + len(_NUMBER) - 1))
        let_run(1000)  # the strip paints a few thumbnails in each frame

    def _take_pictures(self, size: tuple[int, int]) -> None:
        """A page with all that is written on it found, and one box chosen."""
        with tempfile.TemporaryDirectory() as folder:
            pages = [Path(folder) / name for name in PAGES]
            for page in pages:
                example_page(PAGES[page.name]).save(str(page))
            self._program.open_files(pages)
            (dialog,) = self._program.window.findChildren(PictureDialog)
            dialog.resize(*size)
            session = self._program.pictures
            wait_until(lambda: _is_read(session) and not dialog.view.page.isEmpty())
            boxes = session.model.pictures()[0].boxes.boxes
            if not boxes:
                raise RuntimeError("nothing was read on the page")
            dialog.view.select([boxes[_CHOSEN_BOX].key])
            let_run(400)  # until the page has been made smaller
            self._save("pictures", dialog)
            dialog.close()

    def _take_how(self, dialog: TrainingDialog) -> None:
        """The folded-out fields with the preview of varied images."""
        more = _part(dialog, QAbstractButton, "moreButton")
        more.click()
        balanced = _part(dialog, QWidget, "presetBox").findChildren(QAbstractButton)[1]
        balanced.click()
        let_run(200)
        bar = _part(dialog, QScrollArea, "setupColumn").verticalScrollBar()
        bar.setValue(bar.maximum())
        let_run(100)
        self._save("training-how", dialog)
        more.click()
        quick = _part(dialog, QWidget, "presetBox").findChildren(QAbstractButton)[0]
        quick.click()

    def _take_training(self, dialog: TrainingDialog) -> None:
        _part(dialog, QSpinBox, "epochsField").setValue(_EPOCHS)
        bar = _part(dialog, QProgressBar, "progressBar")
        session = self._program.networks.session
        _part(dialog, QAbstractButton, "startButton").click()
        wait_until(lambda: bar.value() > _TAKEN_AT * bar.maximum() > 0, _PATIENCE_S)
        self._save("training", dialog)
        wait_until(lambda: session.state is not TrainingState.RUNNING, _PATIENCE_S)
        if session.state is not TrainingState.DECIDING:
            raise RuntimeError("the training ended without a network")
        let_run(300)
        self._save("training-result", dialog)
        session.discard()

    def _save(self, name: str, widget: QWidget) -> None:
        if name not in self._wanted:
            return
        file = self._folder / f"{name}-{self._theme}.png"
        memory = QBuffer()
        widget.grab().save(memory, "PNG")
        with Image.open(io.BytesIO(memory.data().data())) as image:
            # A third of the size, and the eye does not see it.
            # The colours furthest apart are kept: a small green dot is not to turn grey.
            few = image.convert("RGB").quantize(
                _COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE
            )
            few.save(file, optimize=True)
        print(file, flush=True)


def _number(text: str) -> Ink:
    """Sample drawings side by side, each as high as the others."""
    by_label = {drawing.label: drawing.ink for drawing in reversed(sample_drawings())}
    strokes: list[Stroke] = []
    right = 0.0
    for label in text:
        bounds = by_label[label].bounds()
        if bounds is None:
            continue
        scale = 1 / bounds.height
        for stroke in by_label[label].strokes:
            places = (stroke.points() - (bounds.left, bounds.top)) * scale + (right, 0.0)
            strokes.append(Stroke.from_points(places.tolist()))
        right += bounds.width * scale + _GAP
    return Ink(tuple(strokes))


def _is_read(session: PictureSession) -> bool:
    states = [one.state for one in session.model.pictures()]
    return states == [PictureState.READ] * len(PAGES)


def _has_more(model: QAbstractItemModel, rows: int) -> bool:
    return model.rowCount() > rows


def _part(dialog: QWidget, kind: type[Part], name: str) -> Part:
    found = dialog.findChild(kind, name)
    if not isinstance(found, kind):
        raise RuntimeError(f"the dialog has no {name}")
    return found


if __name__ == "__main__":
    sys.exit(main())

"""Somebody who uses the window for hours: what the soak lets happen in it."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image
from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication

from drawing import Place, mouse_events, placed
from qtdigits.app import Program
from qtdigits.core.library import LibraryEntry
from qtdigits.core.model_card import card_path
from qtdigits.core.paths import shipped_model
from qtdigits.core.picture_sheet import PictureState
from qtdigits.core.raster import rasterize
from qtdigits.core.request import Request, Result
from qtdigits.core.samples import sample_drawings
from qtdigits.ui.dialogs.picture_dialog import PictureDialog
from stage import let_run, wait_until

_DIGITS: Final = (1, 1, 1, 2, 3, 5)
"""How long a number is; one of these by chance."""

_DIALOGS: Final = ("Settings", "History", "Library", "Train", "Learn", "About")
_DIALOG_EVERY: Final = 40
_PICTURE_EVERY: Final = 50
_SWITCH_EVERY: Final = 100
_PICTURE_SCALES: Final = (2, 4, 8, 16, 24)
"""From a screenshot to a photograph of eleven million pixels."""

_DIGITS_ON_PAGE: Final = 6
_SAME: Final = 10


class Person(QObject):
    """Writes numbers and changes them, opens pictures and dialogs, and switches networks.

    After so many numbers as `EVERYTHING_DONE` each kind of thing has been done several times.
    times_ms are what the window's thread computed for each number, fixed_ms what it computed for
    the same piece of work after each.
    """

    EVERYTHING_DONE: Final = 600

    def __init__(self, program: Program, rng: random.Random, pictures: Path) -> None:
        """pictures: a folder that the pictures to be opened are written to."""
        super().__init__()
        self._program = program
        self._rng = rng
        self._asked = self._answered = 0
        program.session.asked.connect(self._on_asked)
        program.session.answered.connect(self._on_answered)
        self._drawings = sample_drawings()
        self._networks = cycle(self._two_networks())
        self._pictures = cycle(self._write_pictures(pictures))
        self._dialogs = cycle(_DIALOGS)
        self.numbers = 0
        self.times_ms: list[float] = []
        self.fixed_ms: list[float] = []

    def write_and_change(self) -> None:
        """One number, read, and something done with it; now and then something else, too."""
        program = self._program
        begun = time.thread_time()
        self._write(self._rng.choice(_DIGITS))
        wait_until(lambda: self._answered == self._asked)
        read = time.thread_time()
        self._do_the_same()
        self.times_ms.append(1000 * (read - begun))
        self.fixed_ms.append(1000 * (time.thread_time() - read))
        self.numbers += 1
        self._rng.choice(self._changes())()
        if self.numbers % _DIALOG_EVERY == 0:
            self._look_at_a_dialog(next(self._dialogs))
        if self.numbers % _PICTURE_EVERY == 0:
            self._look_at_a_picture(next(self._pictures))
        if self.numbers % _SWITCH_EVERY == 0:
            program.networks.chosen.emit(next(self._networks))
        program.window.action(self._rng.choice(("New", "Clear", "New"))).trigger()
        let_run(1)

    def _do_the_same(self) -> None:
        """Work that is the same each time: how quick the machine is just now."""
        for drawing in self._drawings[:_SAME]:
            rasterize(drawing.ink)

    @Slot(object)
    def _on_asked(self, request: Request) -> None:
        self._asked = request.id

    @Slot(object)
    def _on_answered(self, result: Result) -> None:
        self._answered = result.id

    def _write(self, digits: int) -> None:
        """Sample drawings side by side, in one size or another."""
        canvas = self._program.canvas
        side = min(canvas.width() / digits, canvas.height())
        place = Place(self._rng.uniform(0.4, 0.95))
        for at in range(digits):
            ink = self._rng.choice(self._drawings).ink
            corner = np.array([at * side, (canvas.height() - side) / 2])
            for event in mouse_events(canvas, [t + corner for t in placed(ink, place, side)]):
                event()
            let_run(1)

    def _changes(self) -> tuple[Callable[[], object], ...]:
        program, rng = self._program, self._rng
        return (
            program.undo_stack.undo,
            lambda: self._trigger("Undo", "Redo"),
            lambda: self._trigger("PreviousDigit", "SplitDigit", "Undo"),
            lambda: self._trigger("JoinDigits", "Undo"),
            self._erase,
            self._open_an_older_one,
            lambda: program.session.label(rng.randrange(10)),
            program.session.agree,
            lambda: program.window.resize(rng.randint(720, 1600), rng.randint(520, 1000)),
            lambda: program.settings.set_value("theme", rng.choice(("light", "dark"))),
            lambda: program.settings.set_value("pen_width", rng.randint(2, 40)),
        )

    def _trigger(self, *actions: str) -> None:
        for action in actions:
            self._program.window.action(action).trigger()
            let_run(1)

    def _erase(self) -> None:
        """Rub out with one stroke, wherever it goes."""
        self._trigger("Eraser")
        self._write(1)
        self._trigger("Pen")

    def _open_an_older_one(self) -> None:
        entries = self._program.history.read_entries()
        if entries:
            self._program.window.history_entry_chosen.emit(self._rng.choice(entries))

    def _look_at_a_dialog(self, action: str) -> None:
        before = set(QApplication.topLevelWidgets())
        self._program.window.action(action).trigger()
        let_run(50)
        for widget in set(QApplication.topLevelWidgets()) - before:
            if widget.isVisible():
                widget.close()
        let_run(20)

    def _look_at_a_picture(self, path: Path) -> None:
        """Open it, wait until it is read, and take it from the list again."""
        program = self._program
        model = program.pictures.model
        program.open_files([path])
        ends = (PictureState.READ, PictureState.FAILED)
        wait_until(lambda: any(picture.state in ends for picture in model.pictures()))
        let_run(20)
        program.pictures.close([picture.id for picture in model.pictures()])
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, PictureDialog):
                widget.close()
        let_run(20)

    def _write_pictures(self, folder: Path) -> list[Path]:
        """Photographs of a kind: pages with a line of digits each, dark on light."""
        paths = []
        for scale in _PICTURE_SCALES:
            chosen = self._rng.choices(self._drawings, k=_DIGITS_ON_PAGE)
            ink = np.hstack([rasterize(drawing.ink) for drawing in chosen])
            page = Image.fromarray(np.uint8(255 - 220 * np.pad(ink, 28)))
            size = page.width * scale, page.height * scale
            paths.append(folder / f"page {scale}.png")
            page.resize(size, Image.Resampling.BICUBIC).save(paths[-1])
        return paths

    def _two_networks(self) -> list[LibraryEntry]:
        """The network that ships, and a copy of it in the library."""
        library = self._program.library
        draft = library.new_draft()
        shutil.copy(shipped_model(), draft.network)
        shutil.copy(card_path(shipped_model()), card_path(draft.network))
        library.keep(draft, "another")
        return list(library.entries())

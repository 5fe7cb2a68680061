"""Uses the real window for an hour, or for some minutes: what grows, and what becomes slower.

Memory is that of this process alone, where the network and the store live too. The figures after
the first minutes are compared with those at the end: caches and pools have filled by then.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image
from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QApplication

from qtdigits.app import Program
from qtdigits.core.library import LibraryEntry
from qtdigits.core.model_card import card_path
from qtdigits.core.paths import shipped_model
from qtdigits.core.picture_sheet import PictureState
from qtdigits.core.raster import rasterize
from qtdigits.core.request import Request, Result
from qtdigits.core.samples import sample_drawings
from qtdigits.ui.dialogs.picture_dialog import PictureDialog
from qtdigits.ui.replay import replay
from stage import let_run, private_settings, wait_until, warm_program

_GROWTH_MB: Final = 50.0
_SLOWER: Final = 1.5
_WARM_UP: Final = 0.2
"""This share of the time passes before anything is compared."""

_LINES: Final = 12
_PICTURE_EVERY: Final = 50
_PICTURES: Final = 5
_DIGITS_ON_PAGE: Final = 6
_DIALOG_EVERY: Final = 150
_SWITCH_EVERY: Final = 100


@dataclass(frozen=True, slots=True)
class Sample:
    """What the process was like at one time."""

    minutes: float
    memory_mb: float
    handles: int
    threads: int
    none_references: int
    cpu_ms: float
    drawings: int


def main(arguments: Sequence[str] | None = None) -> int:
    """Run it and print the figures; returns 1 when one of them is not as it should be."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    parser = argparse.ArgumentParser(prog="soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=60.0, help="for how long (default: 60)")
    parser.add_argument("--seed", type=int, default=1, help="which use (default: 1)")
    args = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as home:
        # Before Qt and platformdirs look: nothing of the person's is touched.
        for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
            os.environ[name] = home
        return _judge(_use(args.minutes * 60, args.seed, Path(home)))


def _use(seconds: float, seed: int, folder: Path) -> list[Sample]:
    """Use the window for so long, and look at the process now and then."""
    application = QApplication(["soak"])
    samples: list[Sample] = []
    begun = time.monotonic()
    print("minutes  memory MB  handles  threads  refs of None  CPU ms  drawings", flush=True)
    with private_settings(), warm_program(shipped_model()) as program:
        person = Person(program, random.Random(seed), folder)
        while (passed := time.monotonic() - begun) < seconds:
            person.draw_and_change()
            if passed >= len(samples) * seconds / _LINES:
                samples.append(_look(passed, person))
        samples.append(_look(time.monotonic() - begun, person))
    application.processEvents()
    return samples


class Person(QObject):
    """Draws, takes back, corrects, resizes, opens pictures and dialogs, and switches networks."""

    def __init__(self, program: Program, rng: random.Random, pictures: Path) -> None:
        """pictures: a folder that the pictures to be opened are written to."""
        super().__init__()
        self._program = program
        self._rng = rng
        self._asked = self._answered = 0
        program.session.asked.connect(self._on_asked)
        program.session.answered.connect(self._on_answered)
        self._drawings = sample_drawings()
        self._networks = self._two_networks()
        self._pictures = self._write_pictures(pictures)
        self.drawings = 0
        self.times_ms: list[float] = []

    def draw_and_change(self) -> None:
        """One drawing, read, and something done with it."""
        program, rng = self._program, self._rng
        begun = time.process_time()  # others use the machine, too
        for _ in replay(program.canvas, rng.choice(self._drawings).ink):
            pass
        wait_until(lambda: self._answered == self._asked)
        self.times_ms.append(1000 * (time.process_time() - begun))
        self.drawings += 1
        rng.choice(self._changes())()
        if self.drawings % _DIALOG_EVERY == 0:
            self._look_at_a_dialog(rng.choice(("Settings", "History", "Library", "Train", "About")))
        if self.drawings % _PICTURE_EVERY == 0:
            self._look_at_a_picture(rng.choice(self._pictures))
        if self.drawings % _SWITCH_EVERY == 0:
            program.networks.chosen.emit(rng.choice(self._networks))
        program.window.action(rng.choice(("New", "Clear", "New"))).trigger()
        let_run(1)

    @Slot(object)
    def _on_asked(self, request: Request) -> None:
        self._asked = request.id

    @Slot(object)
    def _on_answered(self, result: Result) -> None:
        self._answered = result.id

    def _changes(self) -> tuple[Callable[[], object], ...]:
        program, rng = self._program, self._rng
        return (
            program.undo_stack.undo,
            self._undo_and_redo,
            lambda: program.session.label(rng.randrange(10)),
            program.session.agree,
            lambda: program.window.resize(rng.randint(720, 1600), rng.randint(520, 1000)),
            lambda: program.settings.set_value("theme", rng.choice(("light", "dark"))),
            lambda: program.settings.set_value("pen_width", rng.randint(2, 40)),
        )

    def _undo_and_redo(self) -> None:
        self._program.undo_stack.undo()
        self._program.undo_stack.redo()

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
        paths = [folder / f"page {number}.png" for number in range(_PICTURES)]
        for path in paths:
            chosen = self._rng.choices(self._drawings, k=_DIGITS_ON_PAGE)
            ink = np.hstack([rasterize(drawing.ink) for drawing in chosen])
            page = Image.fromarray(np.uint8(255 - 220 * np.pad(ink, 28)))
            page.resize((page.width * 4, page.height * 4), Image.Resampling.BICUBIC).save(path)
        return paths

    def _two_networks(self) -> list[LibraryEntry]:
        """The network that ships, and a copy of it in the library."""
        library = self._program.library
        draft = library.new_draft()
        shutil.copy(shipped_model(), draft.network)
        shutil.copy(card_path(shipped_model()), card_path(draft.network))
        library.keep(draft, "another")
        return list(library.entries())


def _look(passed: float, person: Person) -> Sample:
    """The process as it is now; printed, too."""
    gc.collect()
    times, person.times_ms = person.times_ms, []
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    sample = Sample(
        passed / 60,
        pages * os.sysconf("SC_PAGE_SIZE") / 1e6,
        len(os.listdir("/proc/self/fd")),
        len(os.listdir("/proc/self/task")),
        sys.getrefcount(None),
        statistics.median(times) if times else 0.0,
        person.drawings,
    )
    print(
        f"{sample.minutes:7.1f} {sample.memory_mb:10.1f} {sample.handles:8} {sample.threads:8} "
        f"{sample.none_references:14,} {sample.cpu_ms:7.1f} {sample.drawings:9,}",
        flush=True,
    )
    return sample


def _judge(samples: Sequence[Sample]) -> int:
    """Compare the process after the warm-up with that at the end; returns the exit status."""
    warm = samples[max(1, round(_WARM_UP * len(samples)))]
    last = samples[-1]
    found = {
        f"memory grew by {last.memory_mb - warm.memory_mb:.1f} MB (allowed: {_GROWTH_MB:.0f})": (
            last.memory_mb - warm.memory_mb < _GROWTH_MB
        ),
        f"handles went from {warm.handles} to {last.handles}": last.handles <= warm.handles + 2,
        f"threads went from {warm.threads} to {last.threads}": last.threads <= warm.threads + 2,
        f"a drawing took {warm.cpu_ms:.1f} ms of the processor, then {last.cpu_ms:.1f} ms": (
            last.cpu_ms < _SLOWER * warm.cpu_ms
        ),
        f"None had {warm.none_references:,} references, then {last.none_references:,}": (
            last.none_references > 0.9 * warm.none_references
        ),
    }
    for words, is_well in found.items():
        print(f"{'well' if is_well else 'NOT WELL'}: {words}")
    return 0 if all(found.values()) else 1


if __name__ == "__main__":
    if sys.platform != "linux":
        sys.exit("the soak reads Linux' /proc; run it there")
    sys.exit(main())

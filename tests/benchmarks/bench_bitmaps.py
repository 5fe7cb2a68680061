"""Single digits as bitmaps of all sizes and pens; and the command over thousands of small ones."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from bitmaps import drawn
from drawing import Place, placed
from held_out import PENDIGITS, Digits, kept_out
from networks import recognizer
from plan import Plan
from process_memory import resident_mb
from qtdigits.core.evaluation import wilson_interval
from qtdigits.core.page import read_picture
from qtdigits.core.picture_ink import Grey
from qtdigits.core.recognizer import Recognizer
from table import Row, Section, Unit, at_least, at_most

_TITLE: Final = "Bitmaps of one digit"
_DIGITS: Final = 300
_SMALL: Final = 10_000
_BITMAPS: Final = ((20, 0.08), (40, 0.03), (40, 0.12), (200, 0.01), (200, 0.12), (2000, 0.05))
"""Side in pixels, and the pen's width as a share of it."""


def measure(plan: Plan) -> Section:
    """Bitmaps of single digits, and `qtdigits recognize` over a folder of small pictures."""
    if plan.data is None or not (plan.data / PENDIGITS).is_file():
        return Section(_TITLE, (), (f"Left out: {PENDIGITS} was not given.",))
    network = recognizer(plan.model)
    digits = kept_out(plan.data / PENDIGITS, network.card)
    some = digits.spread(plan.runs(_DIGITS))
    rows = [_bitmap_row(some, side, pen, network) for side, pen in _BITMAPS]
    return Section(_TITLE, (*rows, *_command_rows(digits, plan.runs(_SMALL))))


def _bitmap_row(digits: Digits, side: int, pen: float, network: Recognizer) -> Row:
    right = 0
    for at, (ink, label) in enumerate(zip(digits.inks, digits.labels.tolist(), strict=True)):
        bitmap = drawn(placed(ink, Place(0.7), side), max(1.0, pen * side), side)
        reading = read_picture(_grey(bitmap if at % 2 else 255 - bitmap), network)
        right += reading.text == str(label)
    n = len(digits.inks)
    share = 100 * right / n
    return Row(
        f"bitmaps of {side} px, pen {max(1.0, pen * side):.0f} px, either polarity",
        share,
        Unit.PER_CENT,
        n,
        goals=(at_least(share, 99, Unit.PER_CENT),),
        interval=wilson_interval(right, n),
    )


def _command_rows(digits: Digits, count: int) -> list[Row]:
    """Pictures a second once the first is read, and what memory does meanwhile."""
    with tempfile.TemporaryDirectory() as folder:
        for at in range(count):
            side = 24 + at % 40
            bitmap = drawn(placed(digits.inks[at % len(digits.inks)], Place(0.7), side), 2, side)
            Image.fromarray(255 - bitmap).save(Path(folder) / f"{at:05d}.png")
        command = [sys.executable, "-m", "qtdigits", "recognize", "--json", folder]
        program = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ)
        assert program.stdout is not None
        json.loads(program.stdout.readline())
        begin = perf_counter()
        memory = {}
        read = 0
        for read, _ in enumerate(program.stdout, 1):
            if read in (count // 5, count * 19 // 20):
                memory[read] = resident_mb(program.pid)
        speed = read / (perf_counter() - begin)
        program.wait()
    early, late = memory.values()
    goals = (at_least(speed, 1000, Unit.A_SECOND),)
    growth = (at_most(late - early, 10, Unit.MB),)
    return [
        Row("small pictures a second, once started", speed, Unit.A_SECOND, read, goals=goals),
        Row("… memory of all its processes", late, Unit.MB, 1),
        Row("… which grew in the last three quarters by", late - early, Unit.MB, 1, goals=growth),
    ]


def _grey(picture: NDArray[np.uint8]) -> Grey:
    return picture.astype(np.float32) / np.float32(255)

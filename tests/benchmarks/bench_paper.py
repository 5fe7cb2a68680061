"""Numbers on paper and single digits as bitmaps, read as pictures; many small ones at speed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from bitmaps import drawn
from drawing import Place, placed
from held_out import PENDIGITS, Digits, drawings_kept_out, kept_out
from networks import recognizer
from plan import Plan
from process_memory import resident_mb
from qtdigits.core.evaluation import wilson_interval
from qtdigits.core.numbers.compose import compose_numbers
from qtdigits.core.numbers.paper import Page, Paper, write_pages
from qtdigits.core.numbers.spacing import Spacing
from qtdigits.core.page import read_picture
from qtdigits.core.picture_ink import Grey
from qtdigits.core.recognizer import Recognizer
from table import Row, Section, Unit, at_least, at_most

_TITLE: Final = "Pictures"
_NUMBERS: Final = 100
_DIGITS: Final = 300
_SMALL: Final = 10_000
_SEED: Final = 2026
_BITMAPS: Final = ((20, 0.08), (40, 0.03), (40, 0.12), (200, 0.01), (200, 0.12), (2000, 0.05))
"""Side in pixels, and the pen's width as a share of it."""


def measure(plan: Plan) -> Section:
    """Pages of composed numbers, bitmaps of single digits, and the command over small pictures."""
    if plan.data is None or not (plan.data / PENDIGITS).is_file():
        return Section(_TITLE, (), (f"Left out: {PENDIGITS} was not given.",))
    network = recognizer(plan.model)
    drawings = drawings_kept_out(plan.data / PENDIGITS, network.card)
    rows = []
    for paper in Paper:
        numbers = [
            number
            for spacing in (Spacing.APART, Spacing.CLOSE)
            for number in compose_numbers(drawings, spacing, plan.runs(_NUMBERS), _SEED)
        ]
        rows.append(_page_row(f"digits on pages, {paper}", write_pages(numbers, paper, 1), network))
    digits = kept_out(plan.data / PENDIGITS, network.card).spread(plan.runs(_DIGITS))
    rows += [_bitmap_row(digits, side, pen, network) for side, pen in _BITMAPS]
    rows += _speed_rows(digits, plan)
    return Section(_TITLE, tuple(rows))


def wrong_digits(wanted: str, read: str) -> int:
    """How many digits must be put in, left out or changed (Levenshtein 1966)."""
    before = list(range(len(read) + 1))
    for at, one in enumerate(wanted):
        now = [at + 1]
        for place, other in enumerate(read):
            now.append(min(before[place + 1] + 1, now[place] + 1, before[place] + (one != other)))
        before = now
    return before[-1]


def _page_row(what: str, pages: Sequence[Page], network: Recognizer) -> Row:
    total = wrong = 0
    for page in pages:
        wanted = "".join("".join(page.lines).split())
        read = "".join(read_picture(_grey(page.picture), network).text.split())
        total += len(wanted)
        wrong += min(len(wanted), wrong_digits(wanted, read))
    share = 100 * (1 - wrong / total)
    goals = (at_least(share, 95, Unit.PER_CENT),)
    interval = wilson_interval(total - wrong, total)
    return Row(what, share, Unit.PER_CENT, total, goals=goals, interval=interval)


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


def _speed_rows(digits: Digits, plan: Plan) -> list[Row]:
    """`qtdigits recognize` over a folder: pictures a second once the first is read, and memory."""
    count = plan.runs(_SMALL)
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

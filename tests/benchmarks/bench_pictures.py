"""Pictures read in the window's background while a person draws: how alive the window stays."""

from __future__ import annotations

import tempfile
import time
from itertools import count, takewhile
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image, ImageDraw

from bench_latency import pen_up_times
from freeze import FreezeWatch
from plan import Plan
from qtdigits.app import Program
from qtdigits.core.picture_sheet import PictureState
from qtdigits.core.synthetic_pen import synthetic_digits
from stage import wait_until, warm_program
from table import Row, Section, Unit, at_most
from timing import median, percentile

_PAGES: Final = 6
_LINES: Final = 4
_IN_A_LINE: Final = 8
_SIZE: Final = (1200, 900)
_HEIGHT_PX: Final = 70
_ALONE: Final = 40
_PATIENCE_S: Final = 600
_NEVER: Final = 10**9


def measure(plan: Plan) -> Section:
    """Draw with nothing beside it, then while pages of digits are read."""
    with tempfile.TemporaryDirectory() as folder, warm_program(plan.model) as program:
        pages = [_page(Path(folder, f"{number}.jpg"), number) for number in range(_PAGES)]
        watch = FreezeWatch(program)
        watch.begin()
        alone, _ = pen_up_times(program, range(plan.runs(_ALONE)), lambda: None, _NEVER)
        alone_freeze = watch.end()
        watch.begin()
        begun = time.monotonic()
        program.open_files(pages[: plan.runs(_PAGES)])
        wait_until(lambda: program.pictures.model.rowCount() > 0, _PATIENCE_S)
        runs = takewhile(lambda _: _is_reading(program), count())
        beside, _ = pen_up_times(program, runs, lambda: None, _NEVER)
        freeze = watch.end()
        wait_until(lambda: not _is_reading(program), _PATIENCE_S)
        seconds = (time.monotonic() - begun) / plan.runs(_PAGES)
    against = f"no pictures (n {len(alone)})"
    middle, tail = median(beside), percentile(beside, 99)
    return Section(
        f"Pages of {_LINES * _IN_A_LINE} digits read while a person draws",
        (
            Row(
                "longest freeze of the window",
                freeze,
                Unit.MS,
                len(beside),
                alone_freeze,
                against,
                (at_most(freeze, 100, Unit.MS),),
            ),
            Row(
                "pen up to answer meanwhile, median",
                middle,
                Unit.MS,
                len(beside),
                median(alone),
                against,
            ),
            Row(
                "99th percentile",
                tail,
                Unit.MS,
                len(beside),
                percentile(alone, 99),
                against,
                (at_most(tail, 100, Unit.MS),),
            ),
            Row("a page meanwhile", seconds, Unit.SECONDS, plan.runs(_PAGES)),
        ),
    )


def _is_reading(program: Program) -> bool:
    done = (PictureState.READ, PictureState.FAILED)
    return any(picture.state not in done for picture in program.pictures.model.pictures())


def _page(path: Path, seed: int) -> Path:
    """A page of digits of the synthetic pen on paper with a shadow and noise."""
    rng = np.random.default_rng(seed)
    page = Image.new("L", _SIZE, 235)
    draw = ImageDraw.Draw(page)
    for at, (_, tracks) in enumerate(synthetic_digits(_LINES * _IN_A_LINE, seed)):
        line, column = divmod(at, _IN_A_LINE)
        points = np.concatenate(tracks)
        low, extent = points.min(axis=0), np.ptp(points, axis=0).max()
        corner = np.array([80 + column * 120, 60 + line * 135])
        for track in tracks:
            places = (track - low) / extent * _HEIGHT_PX + corner
            draw.line(places.ravel().tolist(), fill=40, width=5)
    shadow = np.linspace(0.7, 1, _SIZE[0])[None, :]
    levels = np.asarray(page, np.float64) * shadow + rng.normal(0, 3, page.size[::-1])
    Image.fromarray(np.clip(levels, 0, 255).astype(np.uint8)).save(path, quality=85)
    return path

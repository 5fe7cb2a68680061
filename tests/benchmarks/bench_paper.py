"""Composed numbers on pages of paper, and how many of their digits are read right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from held_out import PENDIGITS, drawings_kept_out
from networks import recognizer
from plan import Plan
from qtdigits.core.evaluation import wilson_interval
from qtdigits.core.numbers.compose import compose_numbers
from qtdigits.core.numbers.paper import Page, Paper, write_pages
from qtdigits.core.numbers.spacing import Spacing
from qtdigits.core.page import read_picture
from qtdigits.core.picture_ink import Grey
from qtdigits.core.recognizer import Recognizer
from table import Row, Section, Unit, at_least

_TITLE: Final = "Pages"
_NUMBERS: Final = 50
"""Of each spacing, on each kind of paper."""
_SEED: Final = 2026


def measure(plan: Plan) -> Section:
    """For each spacing a row of all pages, and one for each kind of paper."""
    if plan.data is None or not (plan.data / PENDIGITS).is_file():
        return Section(_TITLE, (), (f"Left out: {PENDIGITS} was not given.",))
    network = recognizer(plan.model)
    drawings = drawings_kept_out(plan.data / PENDIGITS, network.card)
    rows = []
    for spacing in Spacing:
        numbers = compose_numbers(drawings, spacing, plan.runs(_NUMBERS), _SEED)
        counts = {paper: _read(write_pages(numbers, paper, 1), network) for paper in Paper}
        wrong, total = (sum(column) for column in zip(*counts.values(), strict=True))
        rows.append(_row(f"digits on pages, {spacing}", wrong, total))
        rows += [_row(f"… {paper}", *count) for paper, count in counts.items()]
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


def _read(pages: Sequence[Page], network: Recognizer) -> tuple[int, int]:
    """How many digits of the pages are read wrong, and how many there are."""
    wrong = total = 0
    for page in pages:
        wanted = "".join("".join(page.lines).split())
        read = "".join(read_picture(_grey(page.picture), network).text.split())
        total += len(wanted)
        wrong += min(len(wanted), wrong_digits(wanted, read))
    return wrong, total


def _row(what: str, wrong: int, total: int) -> Row:
    share = 100 * (1 - wrong / total)
    goals = (at_least(share, 95, Unit.PER_CENT),)
    interval = wilson_interval(total - wrong, total)
    return Row(what, share, Unit.PER_CENT, total, goals=goals, interval=interval)


def _grey(picture: NDArray[np.uint8]) -> Grey:
    return picture.astype(np.float32) / np.float32(255)

"""Pictures that show no digits: how often nothing is read, and how often something surely."""

from __future__ import annotations

from typing import Final

import numpy as np

from networks import recognizer
from no_digits import KINDS
from plan import Plan
from qtdigits.core.evaluation import wilson_interval
from qtdigits.core.page import read_picture
from qtdigits.core.prediction import Verdict
from table import Row, Section, Unit, at_least, at_most

_OF_EACH: Final = 20
_SEED: Final = 2026


def measure(plan: Plan) -> Section:
    """One row for each kind of picture, and all of them together."""
    network = recognizer(plan.model)
    count = plan.runs(_OF_EACH)
    rows = []
    all_silent = all_sure = 0
    for at, (kind, draw) in enumerate(KINDS.items()):
        rng = np.random.default_rng([_SEED, at])
        silent = sure = 0
        for _ in range(count):
            reading = read_picture(draw(rng).astype(np.float32) / np.float32(255), network)
            silent += not reading.text
            sure += any(digit.prediction.verdict is Verdict.DIGIT for digit in reading)
        all_silent, all_sure = all_silent + silent, all_sure + sure
        rows.append(Row(f"{kind}: nothing read", 100 * silent / count, Unit.PER_CENT, count))
    n = count * len(KINDS)
    share, guessed = 100 * all_silent / n, 100 * all_sure / n
    rows += [
        Row(
            "pictures without digits: nothing read",
            share,
            Unit.PER_CENT,
            n,
            goals=(at_least(share, 98, Unit.PER_CENT),),
            interval=wilson_interval(all_silent, n),
        ),
        Row(
            "… some digit said surely",
            guessed,
            Unit.PER_CENT,
            n,
            goals=(at_most(guessed, 0, Unit.PER_CENT),),
            interval=wilson_interval(all_sure, n),
        ),
    ]
    return Section("Pictures without digits", tuple(rows))

"""Starting from source: until the window is painted, and until the first answer."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from plan import Plan
from table import Row, Section, Unit, at_most
from timing import median

_STARTS: Final = 5
_CHILD: Final = Path(__file__).resolve().with_name("start_child.py")
_PATIENCE_S: Final = 180
_AGAINST: Final = "plain import"


@dataclass(frozen=True, slots=True)
class Start:
    """One start of the program: seconds since the process began, and the longest freeze."""

    window_s: float
    answer_s: float
    freeze_ms: float
    keras_before_window: bool


def measure(plan: Plan) -> Section:
    """The program as it is, in turns with one that imports Keras the plain way."""
    start(plan.model)  # fills the system's file cache, and Python's own
    starts = plan.runs(_STARTS)
    ours, plain = [], []
    for _ in range(starts):
        ours.append(start(plan.model))
        plain.append(start(plan.model, plain_import=True))
    window = median([one.window_s for one in ours])
    answer = median([one.answer_s for one in ours])
    freeze = median([one.freeze_ms for one in ours])
    early = sum(one.keras_before_window for one in ours)
    return Section(
        "Start from source, median",
        (
            Row(
                "start to window painted",
                window,
                Unit.SECONDS,
                starts,
                median([one.window_s for one in plain]),
                _AGAINST,
                (at_most(window, 1.2, Unit.SECONDS),),
            ),
            Row(
                "Keras imported before the window was painted",
                early,
                Unit.STARTS,
                starts,
                goals=(at_most(early, 0, Unit.STARTS),),
            ),
            Row(
                "start to first answer",
                answer,
                Unit.SECONDS,
                starts,
                median([one.answer_s for one in plain]),
                _AGAINST,
            ),
            Row(
                "longest freeze of the window until the first answer",
                freeze,
                Unit.MS,
                starts,
                median([one.freeze_ms for one in plain]),
                _AGAINST,
                (at_most(freeze, 60, Unit.MS),),
            ),
        ),
    )


def start(model: Path, plain_import: bool = False, drawings: Path | None = None) -> Start:
    """Start the program once in a process of its own, and write a digit as soon as it shows.

    drawings: the file of its store, None for a new one. Raises RuntimeError with what the process
    said when it failed.
    """
    if drawings is None:
        with tempfile.TemporaryDirectory() as folder:
            return start(model, plain_import, Path(folder) / "drawings.sqlite")
    command = [sys.executable, str(_CHILD), "--model", str(model), "--drawings", str(drawings)]
    if plain_import:
        command.append("--plain-import")
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    begun = time.monotonic()
    try:
        done = subprocess.run(
            command,
            env=environment,
            capture_output=True,
            text=True,
            timeout=_PATIENCE_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise RuntimeError(f"there was no answer within {_PATIENCE_S} s of the start") from None
    if done.returncode != 0:
        raise RuntimeError(f"the program did not start: {done.stderr.strip()}")
    stamps = json.loads(done.stdout)
    return Start(
        stamps["window"] - begun,
        stamps["answer"] - begun,
        stamps["freeze_ms"],
        stamps["keras_before_window"],
    )

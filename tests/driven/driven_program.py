"""What makes the program one that a test drives: Python lines in, one JSON object a line out.

Each line is run in the window's thread; what it evaluates to, if anything, is the answer. The
network answers 7 to everything unless QTDIGITS_TEST_NETWORK says 'real' (the one that ships),
'none' (it cannot be loaded), 'missing' (TensorFlow is not installed) or 'slow' (its loading takes a
minute and cannot be interrupted).
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Slot

from qtdigits import app
from qtdigits.core.model_card import ModelCard
from qtdigits.core.prediction import Prediction, Verdict
from qtdigits.core.recognizer import Recognizer
from qtdigits.core.samples import sample_drawings
from qtdigits.core.training_plan import DataSource, TrainingPlan
from qtdigits.ui.replay import replay

REAL = app.load_recognizer
ANSWER = tuple(0.91 if digit == 7 else 0.01 for digit in range(10))


class Seven:
    """A network that reads a 7 in everything."""

    card = ModelCard("seven", "small", 1, "", "")

    def logits(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.tile(np.float32(np.log(ANSWER)), (len(images), 1))

    def predict(self, images: NDArray[np.float32]) -> list[Prediction]:
        return [Prediction(ANSWER, Verdict.DIGIT, (7,)) for _ in images]


def load(path: Path) -> Recognizer:
    match os.environ.get("QTDIGITS_TEST_NETWORK"):
        case "real":
            return REAL(path)
        case "none":
            raise ValueError("there is no network in this test")
        case "missing":
            sys.modules["keras"] = sys.modules["tensorflow"] = None  # type: ignore[assignment]
            return REAL(path)
        case "slow":
            time.sleep(60)
    return Seven()


class Driver(QObject):
    """Owns the lines that come in."""

    def __init__(self, program: app.Program) -> None:
        super().__init__(program)
        self._names: dict[str, Any] = {
            **{"program": program, "window": program.window, "canvas": program.canvas},
            **{"draw": self.draw, "train": self.train, "QTimer": QTimer, "os": os, "sys": sys},
        }
        self._rest = b""
        self._notifier = QSocketNotifier(0, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_input)
        program.people.changed.connect(self._on_ready)

    def draw(self, digit: int) -> int:
        """Write a sample drawing by real mouse events; returns how many strokes there are now."""
        canvas = self._names["canvas"]
        drawing = next(one for one in sample_drawings() if one.label == str(digit))
        for _ in replay(canvas, drawing.ink):
            pass
        return len(canvas.ink().strokes)

    def train(self) -> None:
        """Start a training that takes its time."""
        plan = TrainingPlan((DataSource("synthetic:4000", 4000, drawn=True),))
        self._names["program"].networks.session.start(plan, [])

    @Slot(object, object)
    def _on_ready(self) -> None:
        """The store is open and it is known who draws."""
        self._names["program"].people.changed.disconnect(self._on_ready)
        # What was asked of the store before this is answered first.
        self._names["program"].store.read(lambda store: None, lambda _: say({"ready": os.getpid()}))

    @Slot()
    def _on_input(self) -> None:
        chunk = os.read(0, 65536)
        if not chunk:
            self._notifier.setEnabled(False)
        *lines, self._rest = (self._rest + chunk).split(b"\n")
        for line in lines:
            self._run(line.decode())

    def _run(self, line: str) -> None:
        try:
            say({"answer": self._value(line)})
        except Exception as error:  # the test is told of whatever its line came to
            say({"answer": None, "raised": f"{line}: {error!r}"})

    def _value(self, line: str) -> object:
        try:
            code = compile(line, "<test>", "eval")
        except SyntaxError:
            exec(line, self._names)
            return None
        return eval(code, self._names)


def say(what: dict[str, Any]) -> None:
    with open(1, "w", closefd=False) as out:
        out.write(json.dumps(what, default=repr) + "\n")


class Program(app.Program):
    """The program with a driver."""

    def __init__(self, *args: object, **named: object) -> None:
        super().__init__(*args, **named)  # type: ignore[arg-type]  # passed on as they come
        self.driver = Driver(self)


def install() -> None:
    """From now on the program has a driver, and the network that the test wants."""
    app.load_recognizer = load
    app.Program = Program  # type: ignore[misc]  # the program as a test needs it

"""One prediction through the compiled function, beside what Keras offers."""

from __future__ import annotations

from typing import Final

import numpy as np

from networks import keras_network, recognizer
from plan import Plan
from table import Row, Section, Unit
from timing import interleaved, median

_RUNS: Final = 200


def measure(plan: Plan) -> Section:
    """The compiled function, the model called, and its predict, in turns."""
    compiled = recognizer(plan.model)
    network = keras_network(plan.model)
    images = np.zeros((1, 28, 28), np.float32)
    tensors = images[..., None]
    works = {
        "the compiled function": lambda: compiled.logits(images),
        "model(x)": lambda: network(tensors, training=False).numpy(),
        "model.predict(x)": lambda: network.predict(tensors, verbose=0),
    }
    interleaved(works, 2)  # the first calls build what the later ones use
    runs = plan.runs(_RUNS)
    times = {name: median(taken) for name, taken in interleaved(works, runs).items()}
    slowest = times.pop("model.predict(x)")
    return Section(
        "One prediction, median",
        tuple(
            Row(name, taken, Unit.MS, runs, slowest, "model.predict")
            for name, taken in times.items()
        ),
    )

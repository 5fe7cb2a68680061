"""Many readings at once: what all of them ask of the network goes there together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from qtdigits.core.page.reader import Steps
from qtdigits.core.reading import NOTHING_READ, Reading
from qtdigits.core.recognizer import Recognizer


def read_all(readings: Sequence[Steps], recognizer: Recognizer) -> list[Reading]:
    """Bring the steps of several readings to their ends; one reading for each, in their order."""
    done = [NOTHING_READ] * len(readings)
    asked = {}
    for at, steps in enumerate(readings):
        try:
            asked[at] = next(steps)
        except StopIteration as end:
            done[at] = end.value
    while asked:
        logits = recognizer.logits(np.concatenate(list(asked.values())))
        answers = np.split(logits, np.cumsum([len(images) for images in asked.values()])[:-1])
        again = {}
        for at, answer in zip(asked, answers, strict=True):
            try:
                again[at] = readings[at].send(answer)
            except StopIteration as end:
                done[at] = end.value
        asked = again
    return done

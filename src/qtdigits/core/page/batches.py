"""Many readings at once: what all of them ask of the network goes there together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qtdigits.core.page.reader import Steps
from qtdigits.core.reading import NOTHING_READ, Reading
from qtdigits.core.recognizer import Recognizer


@dataclass(frozen=True, slots=True, eq=False)
class Begun:
    """A reading that has asked its first question: digit images of shape (n, 28, 28)."""

    steps: Steps
    images: NDArray[np.float32]


def begin(steps: Steps) -> Begun | Reading:
    """Find the ink of a picture; the reading itself where there is nothing to ask."""
    try:
        return Begun(steps, next(steps))
    except StopIteration as end:
        reading: Reading = end.value
        return reading


def finish(begun: Sequence[Begun | Reading], recognizer: Recognizer) -> list[Reading]:
    """Bring readings to their ends, their questions in batches together; in their order."""
    done = [one if isinstance(one, Reading) else NOTHING_READ for one in begun]
    asking = {at: one for at, one in enumerate(begun) if isinstance(one, Begun)}
    while asking:
        images = [one.images for one in asking.values()]
        logits = recognizer.logits(np.concatenate(images))
        ends = np.cumsum([len(each) for each in images])
        again = {}
        for (at, one), answer in zip(asking.items(), np.split(logits, ends[:-1]), strict=True):
            try:
                again[at] = Begun(one.steps, one.steps.send(answer))
            except StopIteration as end:
                done[at] = end.value
        asking = again
    return done

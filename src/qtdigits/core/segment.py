"""A whole number out of ink: which strokes, or parts of them, are its digits, and what they say."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from qtdigits.core.arrangement import Arrangement, still_valid
from qtdigits.core.ink import Ink
from qtdigits.core.reading import NOTHING_READ, ReadDigit, Reading
from qtdigits.core.recognizer import Recognizer
from qtdigits.core.segmenting.divide import divide
from qtdigits.core.segmenting.layout import reading_order
from qtdigits.core.segmenting.line_cut import cut_ink
from qtdigits.core.segmenting.memory import ShapeMemory
from qtdigits.core.verdict import interpret

__all__ = ["ShapeMemory", "cut_ink", "read_ink"]


def read_ink(
    ink: Ink,
    recognizer: Recognizer,
    arrangements: Sequence[Arrangement] = (),
    memory: ShapeMemory | None = None,
) -> Reading:
    """Read the digits of a drawing, in reading order.

    Strokes, and parts of strokes that run through several digits, are put together to shapes so
    that the sum of the shapes' scores is highest: what the network says of them, their form and
    place. What a person arranged is taken as they said, where it still holds. bounds are in the
    units of the ink. memory, kept from one call to the next for the same recognizer, spares asking
    again about shapes that are still there.
    """
    memory = ShapeMemory() if memory is None else memory
    arranged = still_valid(arrangements, ink)
    fixed = {stroke for arrangement in arranged for stroke in arrangement.strokes}
    digits = divide([stroke for stroke in ink.strokes if stroke not in fixed], recognizer, memory)
    digits += [digit for arrangement in arranged for digit in arrangement.digits if digit.strokes]
    if not digits:
        return NOTHING_READ
    answers = memory.answers(digits, recognizer)
    predictions = interpret(np.stack([logits for _, logits in answers]), recognizer.card)
    boxes = [box for digit in digits if (box := digit.bounds()) is not None]
    return Reading(
        tuple(
            ReadDigit(boxes[at], answers[at][0], predictions[at], digits[at], line, number)
            for at, line, number in reading_order(boxes)
        )
    )

"""Drawings as bytes: exact, and nothing is believed that does not fit together."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from qtdigits.core.arrangement import ArrangedInk, Arrangement
from qtdigits.core.drawing_codec import decode_drawing, encode_drawing
from qtdigits.core.ink import Ink, PenSample, Stroke
from qtdigits.core.segment import cut_ink
from qtdigits.core.store.ink_codec import encode_ink

ONE = Stroke((PenSample(1 / 3, 0.0, 1.5, 0.25), PenSample(30.0, 40.0, 2.5), PenSample(60.0, 1e-9)))
TWO, THREE = Stroke.from_points([(70, 0), (80, 30)]), Stroke.from_points([(90, 5)])
INK = Ink((ONE, TWO, THREE))
CUT = Arrangement((ONE,), cut_ink(Ink((ONE,)), (31.0, 0.0), (29.0, 40.0)))
JOINED = Arrangement((TWO, THREE), (Ink((TWO, THREE)),))
DRAWING = ArrangedInk(INK, (CUT, JOINED))


def written(pieces: Ink, numbers: list[int], ink: Ink = INK) -> bytes:
    """Bytes of the form that encode_drawing describes."""
    parts = (encode_ink(ink), encode_ink(pieces))
    inks = b"".join(struct.pack("<I", len(part)) + part for part in parts)
    return inks + np.array(numbers, "<u4").tobytes()


@pytest.mark.parametrize("drawing", [DRAWING, ArrangedInk(INK), ArrangedInk()])
def test_drawing_comes_back_to_the_last_bit(drawing: ArrangedInk) -> None:
    assert decode_drawing(encode_drawing(drawing)) == drawing


def test_cut_runs_through_a_stroke() -> None:
    (left, right) = decode_drawing(encode_drawing(DRAWING)).arrangements[0].digits
    assert not left.is_empty
    assert left.strokes[0].samples[-1] == right.strokes[0].samples[0]


def test_strokes_that_are_the_same_are_told_apart() -> None:
    twice = ArrangedInk(Ink((TWO, TWO, ONE)), (Arrangement((TWO, TWO), (Ink((TWO, TWO)),)),))
    assert decode_drawing(encode_drawing(twice)) == twice


def test_arrangement_that_does_not_hold_any_more_is_left_out() -> None:
    shorter = replace(DRAWING, ink=Ink((ONE, TWO)))
    assert decode_drawing(encode_drawing(shorter)).arrangements == (CUT,)


ONE_DIGIT = Ink((ONE,))
BAD: dict[str, Callable[[], bytes]] = {
    "stroke that is not there": lambda: written(ONE_DIGIT, [1, 3, 1, 1]),
    "stroke twice in one": lambda: written(ONE_DIGIT, [2, 0, 0, 1, 1]),
    "stroke in two": lambda: written(Ink((ONE, ONE)), [1, 0, 1, 1, 1, 0, 1, 1]),
    "no strokes": lambda: written(ONE_DIGIT, [0, 1, 1]),
    "no digits": lambda: written(ONE_DIGIT, [1, 0, 0]),
    "digit without pieces": lambda: written(ONE_DIGIT, [1, 0, 2, 1, 0]),
    "more pieces than there are": lambda: written(ONE_DIGIT, [1, 0, 1, 2]),
    "pieces left over": lambda: written(Ink((ONE, ONE)), [1, 0, 1, 1]),
    "numbers that end early": lambda: written(ONE_DIGIT, [1, 0, 1]),
    "counts without end": lambda: written(ONE_DIGIT, [2**32 - 1, 0]),
    "digit that lies elsewhere": lambda: written(Ink((TWO,)), [1, 0, 1, 1]),
    "half a number": lambda: written(ONE_DIGIT, [1, 0, 1, 1])[:-1],
    "nothing": lambda: b"",
    "ink only": lambda: written(ONE_DIGIT, [])[: 4 + len(encode_ink(INK))],
}


@pytest.mark.parametrize("name", BAD)
def test_what_does_not_fit_together_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="a drawing"):
        decode_drawing(BAD[name]())

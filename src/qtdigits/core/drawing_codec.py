"""A drawing as bytes and back, with what a person said of how it is divided."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final, TypeVar

import numpy as np

from qtdigits.core.arrangement import ArrangedInk, Arrangement, still_valid
from qtdigits.core.ink import Bounds, Ink, Stroke
from qtdigits.core.store.ink_codec import decode_ink, encode_ink

_LENGTH: Final = struct.Struct("<I")
_DAMAGED: Final = "a drawing and how it is divided do not fit together"
_SLACK: Final = 1e-6
"""A piece may lie so far outside its strokes, as a share of their size: it ends at a cut."""

_ROUNDING: Final = 1e-12
"""The same as a share of how far they lie from the page's corner."""

Item = TypeVar("Item")


def encode_drawing(drawing: ArrangedInk) -> bytes:
    """The drawing with the arrangements that hold for it, every number exactly as it is.

    The length (uint32) of the ink, and the ink by encode_ink; the same of the pieces, the strokes
    of all arranged digits one after another; then numbers (uint32). For each arrangement these
    are: how many strokes it has, and which ones of the ink; how many digits, and how many pieces
    each of them has. All little-endian.
    """
    arrangements = still_valid(drawing.arrangements, drawing.ink)
    digits = [digit for arrangement in arrangements for digit in arrangement.digits]
    numbers: list[int] = []
    for arrangement, places in zip(arrangements, _places(drawing.ink, arrangements), strict=True):
        numbers += [len(places), *places, len(arrangement.digits)]
        numbers += [len(digit.strokes) for digit in arrangement.digits]
    pieces = Ink(tuple(piece for digit in digits for piece in digit.strokes))
    parts = (encode_ink(drawing.ink), encode_ink(pieces))
    inks = b"".join(_LENGTH.pack(len(part)) + part for part in parts)
    return inks + np.array(numbers, "<u4").tobytes()


def decode_drawing(data: bytes) -> ArrangedInk:
    """What encode_drawing was given; raises ValueError for bytes that it did not make."""
    inks = []
    for _ in range(2):
        if len(data) < _LENGTH.size:
            raise ValueError(_DAMAGED)
        (length,) = _LENGTH.unpack_from(data)
        inks.append(decode_ink(data[_LENGTH.size : _LENGTH.size + length]))
        data = data[_LENGTH.size + length :]
    if len(data) % _LENGTH.size:
        raise ValueError(_DAMAGED)
    ink, pieces = inks
    numbers, unused = iter(np.frombuffer(data, "<u4").tolist()), iter(pieces.strokes)
    arrangements: list[Arrangement] = []
    taken: set[int] = set()
    for count in numbers:
        places = _next(numbers, count)
        if max(places) >= len(ink.strokes) or not taken.isdisjoint(places):
            raise ValueError(_DAMAGED)
        if len(set(places)) < count:
            raise ValueError(_DAMAGED)
        taken.update(places)
        strokes = tuple(ink.strokes[place] for place in places)
        counts = _next(numbers, next(numbers, 0))
        digits = tuple(Ink(_next(unused, pieces_in)) for pieces_in in counts)
        _check_places(digits, Ink(strokes).bounds())
        arrangements.append(Arrangement(strokes, digits))
    if next(unused, None) is not None:
        raise ValueError(_DAMAGED)
    return ArrangedInk(ink, tuple(arrangements))


def _places(ink: Ink, arrangements: Sequence[Arrangement]) -> list[list[int]]:
    """Which strokes of the ink each arrangement has; strokes that are the same count apart."""
    left: dict[Stroke, list[int]] = {}
    if arrangements:
        for at in reversed(range(len(ink.strokes))):
            left.setdefault(ink.strokes[at], []).append(at)
    return [[left[stroke].pop() for stroke in each.strokes] for each in arrangements]


def _next(source: Iterator[Item], count: int) -> tuple[Item, ...]:
    """So many of what comes next, at least one; ValueError where there are fewer."""
    found = tuple(islice(source, count))
    if not found or len(found) < count:
        raise ValueError(_DAMAGED)
    return found


def _check_places(digits: Sequence[Ink], whole: Bounds | None) -> None:
    """Raise ValueError unless all digits lie where their strokes do."""
    for digit in digits:
        own = digit.bounds()
        if own is None or whole is None:
            raise ValueError(_DAMAGED)
        slack = _SLACK * max(whole.width, whole.height) + _ROUNDING * max(map(abs, whole))
        if (
            min(own.left - whole.left, own.top - whole.top) < -slack
            or max(own.right - whole.right, own.bottom - whole.bottom) > slack
        ):
            raise ValueError(_DAMAGED)

"""Putting right how a number is divided: digits joined, split, or parted at another place."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np

from qtdigits.core.arrangement import ArrangedInk, Arrangement
from qtdigits.core.ink import Ink, PenSample, Stroke
from qtdigits.core.reading import ReadDigit, Reading
from qtdigits.core.segment import cut_ink

Point = tuple[float, float]

_BINS: Final = 24
_MIDDLE: Final = (0.3, 0.7)
"""Where in a digit a cut is looked for that the person did not place."""


def joined(drawing: ArrangedInk, reading: Reading, at: int) -> ArrangedInk | None:
    """The digits `at` and `at + 1` of a reading of this drawing as one.

    None where there is no such pair on one line.
    """
    if not are_neighbours(reading, at):
        return None
    return _arranged(drawing, reading, at, at + 2, (_together(drawing.ink, reading, at, 2),))


def split(drawing: ArrangedInk, reading: Reading, at: int) -> ArrangedInk | None:
    """The digit `at` as two, upright where there is least ink around its middle.

    None where there is no such digit, or nothing to be parted.
    """
    if not 0 <= at < len(reading):
        return None
    ink = _together(drawing.ink, reading, at, 1)
    x = _quiet_place(ink)
    left, right = cut_ink(ink, (x, 0.0), (x, 1.0))
    if left.is_empty or right.is_empty:
        return None
    return _arranged(drawing, reading, at, at + 1, (left, right))


def cut_between(
    drawing: ArrangedInk,
    reading: Reading,
    at: int,
    top: Point,
    bottom: Point,
    may_join: bool = True,
) -> ArrangedInk | None:
    """The digits `at` and `at + 1` parted by the straight line through two points of the page.

    A line that leaves nothing at one side joins them, if it may. None where there is no such pair.
    """
    if not are_neighbours(reading, at):
        return None
    sides = cut_ink(_together(drawing.ink, reading, at, 2), top, bottom)
    digits = tuple(ink for ink in sides if not ink.is_empty)
    if len(digits) < 2 and not may_join:
        return None
    return _arranged(drawing, reading, at, at + 2, digits)


def are_neighbours(reading: Reading, at: int) -> bool:
    """Whether the digits `at` and `at + 1` stand beside each other on one line."""
    return 0 <= at < len(reading) - 1 and reading.digits[at].line == reading.digits[at + 1].line


def cut_place(reading: Reading, at: int) -> float:
    """About where the digits `at` and `at + 1` are parted: an x of the page."""
    left, right = reading.digits[at], reading.digits[at + 1]
    ends = _ends(left) & _ends(right)
    if ends:
        return sum(x for x, _ in ends) / len(ends)
    return (left.bounds.right + right.bounds.left) / 2


def _arranged(
    drawing: ArrangedInk, reading: Reading, first: int, end: int, digits: tuple[Ink, ...]
) -> ArrangedInk:
    """The drawing with the digits first..end replaced.

    An arrangement speaks of whole strokes: what else is made of them, or was arranged together
    with them, stays as it is read now, and becomes part of it.
    """
    strokes = drawing.ink.strokes
    owners = [_owners(drawing.ink, digit) for digit in reading]
    said = [{strokes.index(one) for one in each.strokes} for each in drawing.arrangements]
    taken = set().union(*owners[first:end])
    while True:
        held = {at for at, own in enumerate(owners) if own & taken} | set(range(first, end))
        touched = [each for each in said if each & taken]
        more = taken.union(*(owners[at] for at in held), *touched)
        if more == taken:
            break
        taken = more
    apart = [
        arrangement
        for arrangement, each in zip(drawing.arrangements, said, strict=True)
        if not each & taken
    ]
    inks = [
        *(reading.digits[at].ink or Ink() for at in sorted(held) if at < first),
        *digits,
        *(reading.digits[at].ink or Ink() for at in sorted(held) if at >= end),
    ]
    whole = tuple(strokes[at] for at in sorted(taken))
    return ArrangedInk(drawing.ink, (*apart, Arrangement(whole, tuple(inks))))


def _together(ink: Ink, reading: Reading, first: int, count: int) -> Ink:
    """The ink of some neighbouring digits as one, cuts between them mended."""
    pieces = [
        piece
        for digit in reading.digits[first : first + count]
        for piece in (digit.ink or Ink()).strokes
    ]
    samples = {sample for piece in pieces for sample in piece.samples}
    whole = [at for at, stroke in enumerate(ink.strokes) if samples.issuperset(stroke.samples)]
    loose = [piece for piece in pieces if _owner(ink, piece) not in whole]
    return Ink((*(ink.strokes[at] for at in whole), *_mended(loose)))


def _mended(pieces: Sequence[Stroke]) -> list[Stroke]:
    """Pieces of strokes, those that end where another begins put together."""
    left = list(pieces)
    done: list[Stroke] = []
    while left:
        piece = left.pop(0)
        after = next((one for one in left if one.samples[0] == piece.samples[-1]), None)
        before = next((one for one in left if one.samples[-1] == piece.samples[0]), None)
        if after is not None:
            left.remove(after)
            left.insert(0, Stroke(piece.samples + after.samples[1:]))
        elif before is not None:
            left.remove(before)
            left.insert(0, Stroke(before.samples + piece.samples[1:]))
        else:
            done.append(piece)
    return done


def _owners(ink: Ink, digit: ReadDigit) -> set[int]:
    """Which strokes of the ink a digit is made of, or of parts of them."""
    return {_owner(ink, piece) for piece in (digit.ink or Ink()).strokes}


def _owner(ink: Ink, piece: Stroke) -> int:
    """Which stroke a piece is cut out of, or is."""
    if piece in ink.strokes:
        return ink.strokes.index(piece)
    samples = set(piece.samples)
    shared = [len(samples.intersection(stroke.samples)) for stroke in ink.strokes]
    if any(shared):
        return shared.index(max(shared))
    # Both of its ends are cuts, between two samples of a long straight piece.
    distances = [_distance(stroke, piece.samples[0]) for stroke in ink.strokes]
    return distances.index(min(distances))


def _distance(stroke: Stroke, sample: PenSample) -> float:
    """How far a sample lies from a stroke's track."""
    points = stroke.points()
    place = np.array((sample.x, sample.y))
    if len(points) == 1:
        return float(np.hypot(*(points[0] - place)))
    starts, ways = points[:-1], np.diff(points, axis=0)
    lengths = np.maximum((ways**2).sum(axis=1), 1e-12)
    shares = np.clip(((place - starts) * ways).sum(axis=1) / lengths, 0.0, 1.0)
    return float(np.hypot(*(starts + shares[:, None] * ways - place).T).min())


def _ends(digit: ReadDigit) -> set[Point]:
    ink = digit.ink or Ink()
    ends = (end for stroke in ink.strokes for end in (stroke.samples[0], stroke.samples[-1]))
    return {(end.x, end.y) for end in ends}


def _quiet_place(ink: Ink) -> float:
    """An x near the middle of ink where an upright line crosses least of it."""
    bounds = ink.bounds()
    if bounds is None or bounds.width == 0:
        return 0.0 if bounds is None else bounds.left
    edges = np.linspace(bounds.left, bounds.right, _BINS + 1)
    crossed = np.zeros(_BINS)
    for stroke in ink.strokes:
        points = stroke.points()
        for (x, _), (u, _) in pairwise(points.tolist()):
            low, high = min(x, u), max(x, u)
            crossed += (edges[1:] >= low) & (edges[:-1] <= high)
    middles = (edges[:-1] + edges[1:]) / 2
    places = (np.arange(_BINS) + 0.5) / _BINS
    inner = (places >= _MIDDLE[0]) & (places <= _MIDDLE[1])
    score = crossed + abs(places - 0.5)
    score[~inner] = np.inf
    return float(middles[int(np.argmin(score))])

"""Whole numbers out of single digits of one writer each, as somebody writes them in one go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from qtdigits.core.data_files.strokes import Drawing
from qtdigits.core.ink import Ink, Stroke
from qtdigits.core.ink_variation import Tracks
from qtdigits.core.numbers.spacing import PEN, Spacing, apart_by, at_distance

SHORTEST: Final = 2
LONGEST: Final = 6
_LEAST: Final = 5
"""Writers with fewer digits than this write no numbers: they would repeat themselves."""
_UNITS: Final = 100.0
"""The height of the writing in a composed drawing, in its units."""
_SIZES: Final = (0.7, 1.35)
"""A writer's digits differ in height at most so much from their usual height."""
_DELAYED: Final = 0.25
"""The share of numbers whose bars and crosses are written at the end."""
_BARRED: Final = (4, 5, 7)
"""Digits whose last stroke is often a bar or a cross."""
_JOINED: Final = 0.9
"""The share of touching pairs that are written without lifting the pen, where one can."""
_LONGEST_LINK: Final = 0.75


@dataclass(frozen=True, slots=True)
class ComposedNumber:
    """A number and how it was made.

    label: its digits. sources: the line of the strokes file that each comes from. digits: for each
    sample of each stroke the place of its digit in the label, from 0. joined: how many pairs were
    written without lifting the pen. ink: 100 units high, about.
    """

    label: str
    writer: str
    spacing: Spacing
    ink: Ink
    digits: tuple[tuple[int, ...], ...]
    sources: tuple[int, ...]
    joined: int


@dataclass(slots=True)
class _Line:
    """The writing so far: tracks with, for each of their points, the place of its digit."""

    tracks: Tracks = field(default_factory=list)
    digits: list[list[int]] = field(default_factory=list)
    last: Tracks = field(default_factory=list)
    joined: int = 0
    touching: int = 0


def compose_numbers(
    drawings: Sequence[Drawing], spacing: Spacing, count: int, seed: int
) -> list[ComposedNumber]:
    """Compose `count` numbers of 2 to 6 digits, each from the digits of one writer.

    Writers and digits are drawn at random; lengths come equally often. A number has one slant and
    a baseline that drifts. The same drawings, count and seed give the same numbers. Raises
    ValueError where no writer has written five digits.
    """
    rng = np.random.default_rng([seed, list(Spacing).index(spacing)])
    by_writer: dict[str, list[Drawing]] = {}
    for drawing in drawings:
        if drawing.digit >= 0 and not drawing.ink.is_empty:
            by_writer.setdefault(drawing.writer, []).append(drawing)
    writers = sorted(writer for writer, own in by_writer.items() if len(own) >= _LEAST)
    if not writers:
        raise ValueError(f"numbers need a writer of at least {_LEAST} digits, and there is none")
    numbers: list[ComposedNumber] = []
    while len(numbers) < count:
        own = by_writer[writers[rng.integers(len(writers))]]
        length = int(rng.integers(SHORTEST, LONGEST + 1))
        labels = sorted({drawing.digit for drawing in own})
        wanted = [labels[at] for at in rng.integers(len(labels), size=length)]
        chosen = [_one_of([one for one in own if one.digit == digit], rng) for digit in wanted]
        made = _compose(chosen, _usual_height(own), spacing, rng)
        if made is not None:
            numbers.append(made)
    return numbers


def _one_of(drawings: Sequence[Drawing], rng: np.random.Generator) -> Drawing:
    return drawings[int(rng.integers(len(drawings)))]


def _usual_height(drawings: Sequence[Drawing]) -> float:
    boxes = [box for drawing in drawings if (box := drawing.ink.bounds()) is not None]
    return float(np.median([max(box.height, 0.5 * box.width) for box in boxes]))


def _compose(
    drawings: Sequence[Drawing], usual: float, spacing: Spacing, rng: np.random.Generator
) -> ComposedNumber | None:
    """One number; None if it should touch and its digits do not happen to."""
    slant = np.tan(np.deg2rad(np.clip(rng.normal(0, 7), -20, 20)))
    drift = np.tan(np.deg2rad(np.clip(rng.normal(0, 2.5), -7, 7)))
    touches = spacing is Spacing.TOUCHING
    pairs = rng.random(len(drawings) - 1) < 0.6
    if touches and not pairs.any():
        pairs[rng.integers(len(pairs))] = True
    base = _base_gap(spacing, rng)
    line = _Line()
    for place, drawing in enumerate(drawings):
        digit = _standing([stroke.points() for stroke in drawing.ink.strokes], usual, slant, rng)
        if place == 0:
            _append(line, digit, place)
            continue
        reach = max(float(track[:, 0].max()) for track in line.tracks)
        offset = drift * reach + rng.normal(0, 0.03)
        digit = [track + np.array([0.0, offset]) for track in digit]
        if spacing is Spacing.APART:
            move = apart_by(line.last, digit, base * rng.uniform(0.7, 1.3))
            _append(line, _moved(digit, move), place)
        elif touches and pairs[place - 1]:
            _touch(line, digit, place, rng)
        else:
            move, _ = at_distance(line.last, digit, base * rng.uniform(0.8, 1.2))
            _append(line, _moved(digit, move), place)
    if touches and not line.touching:
        return None
    if rng.random() < _DELAYED:
        _delay_bars(line, [drawing.digit for drawing in drawings])
    strokes = [Stroke.from_points((track * _UNITS).round(2).tolist()) for track in line.tracks]
    return ComposedNumber(
        "".join(str(drawing.digit) for drawing in drawings),
        drawings[0].writer,
        spacing,
        Ink(tuple(strokes)),
        tuple(tuple(digits) for digits in line.digits),
        tuple(drawing.line for drawing in drawings),
        line.joined,
    )


def _base_gap(spacing: Spacing, rng: np.random.Generator) -> float:
    """The usual gap of one number, between the middles of the pen's traces."""
    if spacing is Spacing.APART:
        return float(PEN + rng.uniform(0.1, 0.5))
    return float(PEN + rng.uniform(0.04, 0.14))


def _standing(tracks: Tracks, usual: float, slant: float, rng: np.random.Generator) -> Tracks:
    """A digit about 1 high that stands on y = 0 and slants to the right by x = -slant * y."""
    points = np.concatenate(tracks)
    low, high = points.min(axis=0), points.max(axis=0)
    height = max(high[1] - low[1], 0.5 * (high[0] - low[0]))
    size = float(np.clip(height / usual, *_SIZES)) * float(np.exp(rng.normal(0, 0.05)))
    scale = size / height if height > 0 else 1.0
    placed = [(track - [low[0], high[1]]) * scale for track in tracks]
    return [np.stack([t[:, 0] - slant * t[:, 1], t[:, 1]], axis=1) for t in placed]


def _moved(tracks: Tracks, move: float) -> Tracks:
    return [track + np.array([move, 0.0]) for track in tracks]


def _append(line: _Line, digit: Tracks, place: int) -> None:
    line.tracks += digit
    line.digits += [[place] * len(track) for track in digit]
    line.last = digit


def _touch(line: _Line, digit: Tracks, place: int, rng: np.random.Generator) -> None:
    """Write the next digit so that it touches the last one, or with one stroke through both."""
    if rng.random() < _JOINED:
        move, _ = at_distance(line.last, digit, PEN + rng.uniform(0.02, 0.2))
        if _join(line, _moved(digit, move), place):
            return
    overlap = rng.uniform(0.0, 0.06)
    move, touches = at_distance(line.last, digit, 0.6 * PEN)
    line.touching += touches
    _append(line, _moved(digit, move - overlap), place)


def _join(line: _Line, digit: Tracks, place: int) -> bool:
    """Go on from the end of the last digit into the next one, if the way there is natural.

    That is a short way to the right, which begins in the right part of the last digit and ends in
    the left part of the next.
    """
    last, first = line.tracks[-1], digit[0]
    start, end = last[-1], first[0]
    way = end - start
    if way[0] < 0.05 or float(np.hypot(*way)) > _LONGEST_LINK:
        return False
    if _part_of_width(line.last, start) < 0.35 or _part_of_width(digit, end) > 0.65:
        return False
    steps = max(2, int(np.hypot(*way) / 0.05))
    along = np.linspace(0.0, 1.0, steps + 1)[1:-1, None]
    # A hand swings down a little on its way.
    sag = np.array([0.0, 0.25 * float(way[0])]) * 4 * along * (1 - along)
    link = start + way * along + sag
    half = len(link) // 2
    line.tracks[-1] = np.concatenate((last, link, first))
    line.digits[-1] += [place - 1] * half + [place] * (len(link) - half + len(first))
    line.tracks += digit[1:]
    line.digits += [[place] * len(track) for track in digit[1:]]
    line.last = digit
    line.joined += 1
    line.touching += 1
    return True


def _part_of_width(tracks: Tracks, point: NDArray[np.float64]) -> float:
    """Where a point lies in the width of a digit, 0 at its left to 1 at its right."""
    across = np.concatenate([track[:, 0] for track in tracks])
    width = float(np.ptp(across))
    return float((point[0] - across.min()) / width) if width > 0 else 0.5


def _delay_bars(line: _Line, labels: Sequence[int]) -> None:
    """Put the last strokes of digits with bars behind all others, in the order of the digits."""
    own = [{*digits} for digits in line.digits]
    late = []
    for place, label in enumerate(labels):
        strokes = [at for at, places in enumerate(own) if places == {place}]
        written = sum(place in places for places in own)
        if label in _BARRED and written > 1 and strokes:
            late.append(strokes[-1])
    order = [at for at in range(len(line.tracks)) if at not in late] + late
    line.tracks = [line.tracks[at] for at in order]
    line.digits = [line.digits[at] for at in order]

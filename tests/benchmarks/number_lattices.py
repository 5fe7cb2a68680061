"""Drawings with their right division among all those that reading them could choose from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qtdigits.core.ink import Ink
from qtdigits.core.numbers.compose import ComposedNumber
from qtdigits.core.raster import rasterize
from qtdigits.core.recognizer import Recognizer
from qtdigits.core.segmenting.candidates import Scale, clusters
from qtdigits.core.segmenting.divide import Lattice, cut_shape
from qtdigits.core.segmenting.pieces import Piece, whole_strokes
from qtdigits.core.segmenting.score import features

_MOST_DIVISIONS = 4_000
_BATCH = 500


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """A lattice of drawing of some kind, and the shapes of its right division."""

    kind: str
    lattice: Lattice
    right: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """The summed features of each possible division, shape (n, k), and which one is right."""

    kind: str
    divisions: NDArray[np.float64]
    right: int


def number_examples(number: ComposedNumber) -> Iterator[Example]:
    """The lattices of whole strokes, and of those with cuts.

    Whole strokes that run through several digits are one shape, which is to be cut then.
    """
    strokes = number.ink.strokes
    pieces = whole_strokes(strokes)
    scale = Scale.of([piece.bounds for piece in pieces])
    for members in clusters(pieces, scale):
        own = [pieces[at] for at in members]
        groups = _joined_groups([set(number.digits[piece.stroke]) for piece in own])
        right = tuple(tuple(shape) for shape, _ in groups)
        yield Example(number.spacing.value, Lattice.of(own, strokes, scale), right)
        for shape, _ in groups:
            parts = cut_shape([own[at] for at in shape], scale)
            if parts is not None:
                owners = [_owner(part, number) for part in parts]
                right = tuple(
                    tuple(at for at, owner in enumerate(owners) if owner == digit)
                    for digit in sorted(set(owners))
                )
                kind = f"{number.spacing.value}, cut"
                yield Example(kind, Lattice.of(parts, strokes, scale), right)


def single_examples(ink: Ink, kind: str) -> Iterator[Example]:
    """The lattices of a drawing that is one shape, of whole strokes and with cuts."""
    pieces = whole_strokes(ink.strokes)
    scale = Scale.of([piece.bounds for piece in pieces])
    if len(clusters(pieces, scale)) > 1:
        return
    yield Example(kind, Lattice.of(pieces, ink.strokes, scale), (tuple(range(len(pieces))),))
    parts = cut_shape(pieces, scale)
    if parts is not None:
        lattice = Lattice.of(parts, ink.strokes, scale)
        yield Example(f"{kind}, cut", lattice, (tuple(range(len(parts))),))


def choices(examples: Sequence[Example], recognizer: Recognizer) -> list[Choice]:
    """What there is to choose from; examples whose right division is not possible are left out."""
    images = [rasterize(ink) for example in examples for ink in example.lattice.inks]
    logits = np.concatenate(
        [
            recognizer.logits(np.stack(images[at : at + _BATCH]))
            for at in range(0, len(images), _BATCH)
        ]
    )
    found, at = [], 0
    for example in examples:
        lattice = example.lattice
        rows = features(logits[at : at + len(lattice.inks)], lattice.forms, recognizer.card)
        at += len(lattice.inks)
        places = {shape: place for place, shape in enumerate(lattice.shapes)}
        if any(shape not in places for shape in example.right):
            continue
        right = tuple(sorted(places[shape] for shape in example.right))
        divisions = {*_divisions(len(lattice.pieces), lattice.shapes), right}
        ordered = sorted(divisions)
        sums = np.array([rows[list(division)].sum(axis=0) for division in ordered])
        found.append(Choice(example.kind, sums, ordered.index(right)))
    return [choice for choice in found if len(choice.divisions) > 1]


def _divisions(count: int, shapes: Sequence[tuple[int, ...]]) -> set[tuple[int, ...]]:
    """Divisions of `count` pieces, as places of their shapes, rising: all, if they are not many."""
    masks = [sum(1 << at for at in shape) for shape in shapes]
    found: set[tuple[int, ...]] = set()

    def go_on(done: int, chosen: tuple[int, ...]) -> None:
        if len(found) >= _MOST_DIVISIONS:
            return
        if done == (1 << count) - 1:
            found.add(tuple(sorted(chosen)))
            return
        next_piece = ~done & (done + 1)
        for at, mask in enumerate(masks):
            if mask & next_piece and not mask & done:
                go_on(done | mask, (*chosen, at))

    go_on(0, ())
    return found


def _joined_groups(digits: Sequence[set[int]]) -> list[tuple[list[int], set[int]]]:
    """Pieces of the same digits, a piece of several digits joining them: places and digits."""
    groups: list[tuple[list[int], set[int]]] = []
    for at, own in enumerate(digits):
        members, together = [at], set(own)
        for group in [group for group in groups if group[1] & own]:
            groups.remove(group)
            members += group[0]
            together |= group[1]
        groups.append((sorted(members), together))
    return groups


def _owner(part: Piece, number: ComposedNumber) -> int:
    """The digit that most samples of a part belong to."""
    samples = number.ink.strokes[part.stroke].samples
    count = len(part.ink.samples)
    start = next(at for at in range(len(samples)) if samples[at : at + count] == part.ink.samples)
    digits = number.digits[part.stroke][start : start + count]
    return max(sorted(set(digits)), key=digits.count)

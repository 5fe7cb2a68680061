"""Strokes divided into digits: first whole strokes are put together, then, in doubt, cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

import numpy as np
from numpy.typing import NDArray

from qtdigits.core.ink import Ink, Stroke
from qtdigits.core.prediction import Verdict
from qtdigits.core.recognizer import Recognizer
from qtdigits.core.segmenting.candidates import Scale, clusters, shapes_in
from qtdigits.core.segmenting.columns import in_columns
from qtdigits.core.segmenting.cuts import cut_places
from qtdigits.core.segmenting.form import Form, form_of
from qtdigits.core.segmenting.meetings import Meetings
from qtdigits.core.segmenting.memory import ShapeMemory
from qtdigits.core.segmenting.one_thing import is_one_thing, may_be_one_thing
from qtdigits.core.segmenting.pieces import (
    Piece,
    bounds_of,
    cut_piece,
    joined,
    whole_strokes,
)
from qtdigits.core.segmenting.score import WIDE_INK, scores
from qtdigits.core.segmenting.search import best_division
from qtdigits.core.verdict import interpret

_MOST_STROKES: Final = 500
"""More strokes than this are a scribble: one shape."""
_CUT_FROM: Final = 0.35
"""Strokes narrower than this, in heights of the writing, run through one digit only."""
_MOST_CUT: Final = 3
"""So many strokes of a shape are cut at most, the widest: each asks for many more images."""
_MOST_PIECES: Final = 20
"""Where a doubtful shape and its neighbours have more pieces, it is looked at alone."""
_WIDE: Final = 1.0
"""A shape wider than this, in heights of the writing, may be two digits, however sure it looks."""


@dataclass(frozen=True, slots=True, eq=False)
class Lattice:
    """All that a cluster of pieces may be divided into.

    shapes: places in `pieces`, one tuple for each shape. inks, forms: the ink and the form of each.
    """

    pieces: tuple[Piece, ...]
    shapes: tuple[tuple[int, ...], ...]
    inks: tuple[Ink, ...]
    forms: tuple[Form, ...]

    @classmethod
    def of(
        cls,
        pieces: Sequence[Piece],
        strokes: Sequence[Stroke],
        scale: Scale,
        known: Sequence[tuple[int, ...]] = (),
    ) -> Lattice:
        """known: shapes that must be among those to choose from, as places in `pieces`."""
        shapes = list(dict.fromkeys([*shapes_in(pieces, scale), *known]))
        meetings = Meetings.of(pieces, scale.height)
        inks, forms = [], []
        for shape in shapes:
            inks.append(joined([pieces[at] for at in shape], strokes))
            forms.append(form_of(shape, pieces, meetings, scale.height))
        return cls(tuple(pieces), tuple(shapes), tuple(inks), tuple(forms))

    def best(self, values: Sequence[float]) -> list[int]:
        """Which shapes together have the highest score, given that of each."""
        masks = [sum(1 << at for at in shape) for shape in self.shapes]
        return best_division(len(self.pieces), list(zip(masks, values, strict=True)))


def divide(strokes: Sequence[Stroke], recognizer: Recognizer, memory: ShapeMemory) -> list[Ink]:
    """The inks of the digits, in no particular order; a scribble, or a letter, is one."""
    if not strokes:
        return []
    ink = Ink(tuple(strokes))
    if len(strokes) > _MOST_STROKES:
        return [ink]
    found = best_parts(strokes, recognizer, memory)
    parts = [part for one in found for part in in_columns(one, recognizer, memory)]
    if may_be_one_thing(ink, parts):
        logits = np.stack([row for _, row in memory.answers([ink, *parts], recognizer)])
        if is_one_thing(ink, parts, logits, recognizer.card):
            return [ink]
    return parts


def best_parts(strokes: Sequence[Stroke], recognizer: Recognizer, memory: ShapeMemory) -> list[Ink]:
    """The parts of at least one stroke with the highest sum of scores, in no particular order."""
    pieces = whole_strokes(strokes)
    boxes = [piece.bounds for piece in pieces]
    scale = Scale.of(boxes)
    wide = bounds_of(boxes).width > WIDE_INK * scale.height
    lattices = [
        Lattice.of([pieces[at] for at in members], strokes, scale)
        for members in clusters(pieces, scale)
    ]
    digits: list[Ink] = []
    doubtful: list[Lattice] = []
    divisions = _best(lattices, recognizer, memory, wide=wide)
    answers = iter(interpret(np.concatenate([rows for _, rows in divisions]), recognizer.card))
    for lattice, (chosen, rows) in zip(lattices, divisions, strict=True):
        verdicts = list(islice(answers, len(rows)))
        cut: dict[tuple[int, ...], list[Piece]] = {}
        for at, prediction in zip(chosen, verdicts, strict=True):
            shape = lattice.shapes[at]
            if prediction.verdict is Verdict.DIGIT and lattice.forms[at].width <= _WIDE:
                continue
            parts = cut_shape([lattice.pieces[piece] for piece in shape], scale)
            if parts is not None:
                cut[shape] = parts
        groups: list[list[tuple[int, ...]]] = []
        for group in _with_neighbours([lattice.shapes[at] for at in chosen], list(cut)):
            many = sum(len(cut.get(shape, shape)) for shape in group) > _MOST_PIECES
            groups += [[shape] for shape in group if shape in cut] if many else [group]
        for group in groups:
            pieces = [
                part
                for shape in group
                for part in cut.get(shape) or [lattice.pieces[piece] for piece in shape]
            ]
            pieces.sort(key=lambda piece: (piece.stroke, piece.part))
            # A digit cut in many parts is still one of the shapes, as it was before.
            owners = [{lattice.pieces[at].stroke for at in shape} for shape in group]
            known = [
                tuple(at for at, piece in enumerate(pieces) if piece.stroke in own)
                for own in owners
            ]
            doubtful.append(Lattice.of(pieces, strokes, scale, known))
        again = {shape for group in groups for shape in group}
        digits += [lattice.inks[at] for at in chosen if lattice.shapes[at] not in again]
    cut_again = _best(doubtful, recognizer, memory, wide=wide)
    for lattice, (chosen, _) in zip(doubtful, cut_again, strict=True):
        digits += [lattice.inks[at] for at in chosen]
    return digits


def _with_neighbours(
    shapes: Sequence[tuple[int, ...]], doubtful: Sequence[tuple[int, ...]]
) -> list[list[tuple[int, ...]]]:
    """The doubtful shapes, each with those that were written just before and after it.

    A stroke may begin with the bar of the digit before, and run on into the next one. Groups that
    share a shape are one.
    """
    groups: list[list[tuple[int, ...]]] = []
    for shape in doubtful:
        beside = {shape[0] - 1, shape[-1] + 1}
        group = [other for other in shapes if other == shape or not beside.isdisjoint(other)]
        for earlier in [one for one in groups if not set(one).isdisjoint(group)]:
            groups.remove(earlier)
            group = [*earlier, *(one for one in group if one not in earlier)]
        groups.append(group)
    return groups


def _best(
    lattices: Sequence[Lattice], recognizer: Recognizer, memory: ShapeMemory, *, wide: bool
) -> list[tuple[list[int], NDArray[np.float32]]]:
    """Of each lattice the shapes that together have the highest score, and their logits.

    All of all lattices are asked about, and scored, at once. wide: whether all ink is wider than
    one thing.
    """
    inks = [ink for lattice in lattices for ink in lattice.inks]
    if not inks:
        return []
    logits = np.stack([row for _, row in memory.answers(inks, recognizer)])
    forms = [form for lattice in lattices for form in lattice.forms]
    values = scores(logits, forms, recognizer.card, wide=wide)
    ends = np.cumsum([len(lattice.inks) for lattice in lattices])[:-1]
    found = []
    for lattice, own, rows in zip(
        lattices, np.split(values, ends), np.split(logits, ends), strict=True
    ):
        chosen = lattice.best(own.tolist())
        found.append((chosen, rows[chosen]))
    return found


def cut_shape(shape: Sequence[Piece], scale: Scale) -> list[Piece] | None:
    """The pieces of a shape of whole strokes with its wide strokes cut; None if none can be."""
    wide = [piece for piece in shape if piece.bounds.width >= _CUT_FROM * scale.height]
    wide = sorted(wide, key=lambda piece: -piece.bounds.width)[:_MOST_CUT]
    parts: list[Piece] = []
    for piece in shape:
        places = cut_places(piece.track, scale.height) if piece in wide else []
        parts += cut_piece(piece, places) if places else [piece]
    return parts if len(parts) > len(shape) else None

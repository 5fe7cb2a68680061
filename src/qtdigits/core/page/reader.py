"""One picture read step by step: each step gives digit images and is sent the network's answers."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from qtdigits.core.ink import Bounds
from qtdigits.core.model_card import ModelCard
from qtdigits.core.page.division import Division, Span
from qtdigits.core.page.ink import page_shapes
from qtdigits.core.page.lines import Line, lines_of
from qtdigits.core.page.search import Score, best_spans, cost_of, never_divided, promising, scores
from qtdigits.core.page.sense import numbers_of, sensible
from qtdigits.core.page.shapes import Shape, cut_out
from qtdigits.core.picture_ink import Grey
from qtdigits.core.pictures import as_digit_image, digit_image, framed_ink
from qtdigits.core.raster import SIDE, DigitImage
from qtdigits.core.reading import NOTHING_READ, ReadDigit, Reading
from qtdigits.core.verdict import interpret

_WIDE: Final = 1.0
"""A shape wider than this share of its line's height may be several digits."""
_LOW: Final = 0.55
"""A shape lower than this share may be a part of one."""

_NARROW: Final = 0.9
"""Shapes no wider than this are one letter or digit each. Digits are refused where they touch, and
then they are wide; so where many narrow ones are refused, there is a text …"""
_TEXTS: Final = ((3, 0.5), (5, 0.4))
"""… which so many of them tell, and such a share refused; of a whole page, the last."""

_BROAD: Final = 1.3
"""A shape no wider than this may be one thing that is no digit: it is divided only where …"""
_GAIN: Final = 1.5
"""… all parts are digits beyond doubt, or where they cost so much less, in nats."""

Answers: TypeAlias = NDArray[np.float32]
Steps: TypeAlias = Generator[NDArray[np.float32], Answers, Reading]
"""Gives digit images (n, 28, 28), is sent their logits (n, 10), and returns the reading."""


@dataclass(frozen=True, slots=True, eq=False)
class _Read:
    """A shape, the digit image made of it, and the network's raw answer."""

    shape: Shape
    image: DigitImage
    logits: Answers
    score: Score


def reading_steps(grey: Grey, card: ModelCard) -> Steps:
    """Read a picture (see read_picture) by a network that keeps to this card's contract."""
    image = as_digit_image(grey)
    if image is not None:
        bounds = Bounds(0.0, 0.0, float(SIDE), float(SIDE))
        return (yield from _one_digit(image, bounds, card))
    page = page_shapes(grey)
    coverage = page.coverage
    lines = lines_of(page.shapes)
    if not lines:
        return NOTHING_READ
    found: list[list[_Read]] = []
    heights: list[float] = []
    whole = yield from _read([shape for line in lines for shape in line.shapes], coverage, card)
    ends = list(accumulate(len(line.shapes) for line in lines))
    by_line = [whole[end - len(line.shapes) : end] for end, line in zip(ends, lines, strict=True)]
    if _is_page_of_text(by_line, lines):
        return NOTHING_READ
    for line, mine in zip(lines, by_line, strict=True):
        if _is_text(mine, line.height):
            continue
        heights.append(line.height)
        if _is_alone(mine, line.height) or all(_is_settled(read, line.height) for read in mine):
            found.append(mine)
        else:
            found.append((yield from _divide(line, mine, coverage, card)))
    if not page.plain and sum(len(line) for line in found) == 1:
        (only,) = (read for line in found for read in line)
        image = digit_image(grey)
        if image is not None and not np.array_equal(image, only.image):
            return (yield from _one_digit(image, only.shape.bounds(), card))
    return _reading(found, heights, card) if found else NOTHING_READ


def _one_digit(image: DigitImage, bounds: Bounds, card: ModelCard) -> Steps:
    logits = yield image[None]
    return Reading((ReadDigit(bounds, image, interpret(logits, card)[0]),))


def _read(
    shapes: Sequence[Shape], coverage: NDArray[np.float32], card: ModelCard
) -> Generator[NDArray[np.float32], Answers, list[_Read]]:
    """Have the network read each shape by itself."""
    if not shapes:
        return []
    images = np.zeros((len(shapes), SIDE, SIDE), np.float32)
    for at, shape in enumerate(shapes):
        images[at] = framed_ink(*cut_out(coverage, shape))
    logits = yield images
    return [_Read(*each) for each in zip(shapes, images, logits, scores(logits, card), strict=True)]


def _is_text(reads: Sequence[_Read], height: float) -> bool:
    """Is it a line of letters or of other things? Then it would be cut into digits in vain."""
    letters = _letters(reads, height)
    return any(
        len(letters) >= fewest and sum(letters) >= share * len(letters) for fewest, share in _TEXTS
    )


def _is_page_of_text(by_line: Sequence[Sequence[_Read]], lines: Sequence[Line]) -> bool:
    fewest, share = _TEXTS[-1]
    letters = [
        letter
        for reads, line in zip(by_line, lines, strict=True)
        for letter in _letters(reads, line.height)
    ]
    return len(letters) >= fewest and sum(letters) >= share * len(letters)


def _letters(reads: Sequence[_Read], height: float) -> list[bool]:
    """Which of the shapes that may be one letter or digit each are refused."""
    return [
        read.score.refused
        for read in reads
        if read.shape.width <= _NARROW * height and read.shape.height >= _LOW * height
    ]


def _is_alone(reads: Sequence[_Read], height: float) -> bool:
    """Is it a line of one shape that would not be divided whatever its parts read as?"""
    return len(reads) == 1 and never_divided(reads[0].shape, reads[0].score, height)


def _is_settled(read: _Read, height: float) -> bool:
    """Is it one digit beyond doubt, neither several nor a part of one?"""
    shape = read.shape
    return read.score.sure and shape.width <= _WIDE * height and shape.height >= _LOW * height


def _divide(
    line: Line, whole: list[_Read], coverage: NDArray[np.float32], card: ModelCard
) -> Generator[NDArray[np.float32], Answers, list[_Read]]:
    """Divide a line among digits anew: some shapes are several digits, others parts of one."""
    settled = [_is_settled(read, line.height) for read in whole]
    division = Division(line.shapes, settled, line.height)
    parts = division.parts()
    known = {division.whole(number): read for number, read in enumerate(whole)}
    while new := promising(division.end, line.height, parts, _scores(known)):
        read = yield from _read([parts[span].shape for span in new], coverage, card)
        known |= dict(zip(new, read, strict=True))
    chosen = best_spans(
        division.end, line.height, {span: parts[span] for span in known}, _scores(known)
    )
    costs = {span: cost_of(parts[span], read.score, line.height) for span, read in known.items()}
    for number, one in enumerate(whole):
        # A face falls into digits, too, but neither into sure ones nor into good ones.
        first, last = division.whole(number)
        inside = [span for span in chosen if first <= span[0] and span[1] <= last]
        if (
            len(inside) > 1
            and (inside[0][0], inside[-1][1]) == (first, last)
            and one.shape.width <= _BROAD * line.height
            and not all(known[span].score.sure for span in inside)
            and sum(costs[span] for span in inside) > costs[first, last] - _GAIN
        ):
            at = chosen.index(inside[0])
            chosen[at : at + len(inside)] = [(first, last)]
    return [known[span] for span in chosen]


def _scores(reads: Mapping[Span, _Read]) -> dict[Span, Score]:
    return {span: read.score for span, read in reads.items()}


def _reading(found: list[list[_Read]], heights: list[float], card: ModelCard) -> Reading:
    predictions = interpret(np.stack([read.logits for line in found for read in line]), card)
    digits: list[ReadDigit] = []
    for number, (line, height) in enumerate(zip(found, heights, strict=True)):
        numbers = numbers_of([read.shape for read in line], height)
        for read, place in zip(line, numbers, strict=True):
            prediction = predictions[len(digits)]
            digits.append(
                ReadDigit(read.shape.bounds(), read.image, prediction, None, number, place)
            )
    return sensible(Reading(tuple(digits)))

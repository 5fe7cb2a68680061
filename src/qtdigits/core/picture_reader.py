"""Reads pictures one after another, and single boxes on them; the last few stay unpacked."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from qtdigits.core.ink import Bounds
from qtdigits.core.page import read_picture
from qtdigits.core.page.ink import page_shapes
from qtdigits.core.page.shapes import Shape, cut_out, shape_of
from qtdigits.core.picture_files import Picture
from qtdigits.core.pictures import framed_ink
from qtdigits.core.prediction import Prediction
from qtdigits.core.raster import DigitImage
from qtdigits.core.reading import Reading
from qtdigits.core.recognizer import Recognizer
from qtdigits.core.verdict import NOTHING_WRITTEN

_KEPT: Final = 3
"""Pictures that stay unpacked: the one looked at, and those beside it."""
_BELONGS: Final = 0.15
"""A shape with less than this share of its ink inside a box belongs to another one."""
_CUT_MARGIN: Final = 0.2
"""A box is cut in two no nearer to its sides than this share of its width."""

Source = Callable[[], Picture]
"""Unpacks a picture; raises ValueError with a sentence if that cannot be done."""


@dataclass(slots=True)
class _Unpacked:
    """A picture, and its ink once somebody asked for that."""

    picture: Picture
    coverage: NDArray[np.float32] | None = None
    shapes: tuple[Shape, ...] = ()


class PictureReader:
    """Reads with one recognizer. Pictures are known by a number of the caller's. For one thread."""

    def __init__(self, recognizer: Recognizer) -> None:
        self._recognizer = recognizer
        self._unpacked: OrderedDict[int, _Unpacked] = OrderedDict()

    def picture(self, number: int, source: Source) -> Picture:
        """The picture itself; raises what the source raises."""
        return self._known(number, source).picture

    def read(self, number: int, source: Source) -> Reading:
        """Its numbers; bounds are pixels of the picture."""
        return read_picture(self._known(number, source).picture.grey, self._recognizer)

    def read_box(self, number: int, source: Source, bounds: Bounds) -> Prediction:
        """What one box on it holds, taken for one digit; NOTHING_WRITTEN where it has no ink."""
        image = self._box_image(number, source, bounds)
        return NOTHING_WRITTEN if image is None else self._recognizer.predict(image[None])[0]

    def cut_place(self, number: int, source: Source, bounds: Bounds) -> float:
        """Where a box is best cut in two: the x, well inside, of the column with the least ink."""
        coverage, _ = self._ink(number, source)
        margin = _CUT_MARGIN * bounds.width
        first = max(0, int(bounds.left + margin))
        last = max(first + 1, int(bounds.right - margin))
        top, bottom = max(0, int(bounds.top)), max(1, round(bounds.bottom))
        ink = coverage[top:bottom, first:last].sum(axis=0)
        middle = (bounds.left + bounds.right) / 2
        if not ink.size:
            return middle
        places = first + 0.5 + np.flatnonzero(ink <= ink.min() + 1e-6)
        return float(places[np.argmin(np.abs(places - middle))])

    def forget(self, number: int) -> None:
        """The picture is not needed any more."""
        self._unpacked.pop(number, None)

    def _box_image(self, number: int, source: Source, bounds: Bounds) -> DigitImage | None:
        coverage, shapes = self._ink(number, source)
        height, width = coverage.shape
        left, top = max(0, int(bounds.left)), max(0, int(bounds.top))
        right, bottom = min(width, round(bounds.right)), min(height, round(bounds.bottom))
        if right <= left or bottom <= top:
            return None
        mask = np.zeros((bottom - top, right - left), np.bool_)
        for shape in shapes:
            part = _inside(shape, left, top, right, bottom)
            if np.count_nonzero(part) >= _BELONGS * shape.area:
                down, across = max(0, shape.top - top), max(0, shape.left - left)
                rows, columns = part.shape
                mask[down : down + rows, across : across + columns] |= part
        if not mask.any():
            # What is too small or too large for a digit by itself is ink to the person.
            mask = coverage[top:bottom, left:right] > 0.5
        if not mask.any():
            return None
        return framed_ink(*cut_out(coverage, shape_of(mask, left, top)))

    def _ink(self, number: int, source: Source) -> tuple[NDArray[np.float32], tuple[Shape, ...]]:
        known = self._known(number, source)
        if known.coverage is None:
            page = page_shapes(known.picture.grey)
            known.coverage, known.shapes = page.coverage, tuple(page.shapes)
        return known.coverage, known.shapes

    def _known(self, number: int, source: Source) -> _Unpacked:
        if number not in self._unpacked:
            self._unpacked[number] = _Unpacked(source())
        self._unpacked.move_to_end(number)
        while len(self._unpacked) > _KEPT:
            self._unpacked.popitem(last=False)
        return self._unpacked[number]


def thumbnail(picture: Picture, side: int) -> NDArray[np.uint8]:
    """The picture made small: uint8 of shape (height, width, 3), at most `side` pixels each way."""
    image = Image.fromarray(picture.colours)
    image.thumbnail((side, side))
    return np.asarray(image, np.uint8)


def _inside(shape: Shape, left: int, top: int, right: int, bottom: int) -> NDArray[np.bool_]:
    """The part of a shape's mask that lies inside a box."""
    rows = slice(max(0, top - shape.top), max(0, bottom - shape.top))
    columns = slice(max(0, left - shape.left), max(0, right - shape.left))
    return np.asarray(shape.mask[rows, columns])

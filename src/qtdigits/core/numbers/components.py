"""The plain method beside which numbers are read: each connected piece of ink is a digit."""

from __future__ import annotations

import numpy as np

from qtdigits.core.ink import Ink
from qtdigits.core.numbers.spacing import PEN, dense
from qtdigits.core.raster import rasterize
from qtdigits.core.recognizer import Recognizer
from qtdigits.core.segmenting.tracks import come_near


def connected_components(ink: Ink) -> list[Ink]:
    """The connected pieces of ink drawn with a pen of PEN times its height, from left to right.

    A stroke is connected in itself, so pieces are sets of strokes: two strokes belong together if
    the middles of their traces come nearer to each other than the pen is wide.
    """
    box = ink.bounds()
    if box is None:
        return []
    height = box.height or box.width or 1.0
    points = [dense([stroke.points() / height]) for stroke in ink.strokes]
    pieces: list[list[int]] = []
    for at, own in enumerate(points):
        near = {it for it in range(at) if come_near(own, points[it], PEN)}
        touched = [piece for piece in pieces if not near.isdisjoint(piece)]
        pieces = [piece for piece in pieces if piece not in touched]
        pieces.append(sorted([at, *(it for piece in touched for it in piece)]))
    pieces.sort(key=lambda piece: min(float(points[at][:, 0].min()) for at in piece))
    return [Ink(tuple(ink.strokes[at] for at in piece)) for piece in pieces]


def read_components(ink: Ink, recognizer: Recognizer) -> str:
    """The text of the connected components, each read as one digit by the same network."""
    pieces = connected_components(ink)
    if not pieces:
        return ""
    images = np.stack([rasterize(piece) for piece in pieces])
    return "".join(prediction.text for prediction in recognizer.predict(images))

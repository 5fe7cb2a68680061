"""A template: one style of writing a character, as strokes of control points."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from qtdigits.core.synthetic_pen.curves import StrokeBasis, stroke_basis


@dataclass(frozen=True, slots=True)
class ControlStroke:
    """The control points of one stroke.

    points has the shape (k, 2), x to the right and y down, 1.0 being the height of a character.
    corners has the shape (k,): True where the pen turns sharply. Everything before the point
    `lead` and after the point `tail` is what some people write and others do not: an entry stroke,
    a flourish, the over-run of a loop.
    """

    points: NDArray[np.float64]
    corners: NDArray[np.bool_]
    lead: int
    tail: int


@dataclass(frozen=True)
class Template:
    """One style of one character; `weight` says how common the style is beside its others."""

    name: str
    style: str
    weight: float
    strokes: tuple[ControlStroke, ...]

    @cached_property
    def bases(self) -> tuple[StrokeBasis, ...]:
        """One curve basis a stroke, worked out once."""
        return tuple(stroke_basis(s.points, s.corners, s.lead, s.tail) for s in self.strokes)


def template(name: str, style: str, drawing: str, weight: float = 1.0) -> Template:
    """Read a template from its notation; raises ValueError where it breaks the rules.

    A drawing is strokes parted by '/', a stroke is points 'x,y' in hundredths of the height. '!'
    after a point makes it a corner; '<' ends the entry stroke that may be missing and '>' starts
    the tail that may be.
    """
    strokes = tuple(_stroke(part, f"template {name} ({style})") for part in drawing.split("/"))
    return Template(name, style, weight, strokes)


def _stroke(notation: str, where: str) -> ControlStroke:
    points: list[tuple[float, float]] = []
    corners: list[bool] = []
    lead, tail = 0, -1
    for token in notation.split():
        if token == "<":
            lead = len(points)
        elif token == ">":
            tail = len(points) - 1
        else:
            x, comma, y = token.rstrip("!").partition(",")
            if not comma:
                raise ValueError(f"{where}: a point is 'x,y', got {token!r}")
            points.append((float(x) / 100, float(y) / 100))
            corners.append(token.endswith("!"))
    if len(points) < 2:
        raise ValueError(f"{where}: a stroke needs at least two points, got {len(points)}")
    if tail < 0:
        tail = len(points) - 1
    if not lead < tail:
        raise ValueError(f"{where}: nothing is left between the entry stroke and the tail")
    return ControlStroke(np.array(points), np.array(corners), lead, tail)

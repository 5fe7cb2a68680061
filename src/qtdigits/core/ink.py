"""The drawing as vectors: pen samples make strokes, strokes make ink."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from qtdigits.core.foreign_text import brief


@dataclass(frozen=True, slots=True)
class PenSample:
    """One reading of the pen.

    x grows to the right and y down, in page units (any unit will do: recognition normalises);
    time_ms is milliseconds since an arbitrary start; pressure lies in 0..1 and is only shown.
    """

    x: float
    y: float
    time_ms: float = 0.0
    pressure: float = 1.0


class Bounds(NamedTuple):
    """The smallest upright rectangle around some points, in page units."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """In page units, 0 for a single point."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """In page units, 0 for a single point."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Stroke:
    """What the pen wrote from touching down to lifting: at least one sample (one is a dot)."""

    samples: tuple[PenSample, ...]

    def __post_init__(self) -> None:
        if not self.samples:
            raise ValueError("a stroke needs at least one pen sample, got none")

    @classmethod
    def from_points(cls, points: Iterable[Sequence[float]]) -> Stroke:
        """Make a stroke of (x, y) pairs; raises ValueError on anything that is not a number."""
        samples = []
        for point in points:
            if not isinstance(point, Sequence | np.ndarray) or len(point) < 2:
                raise ValueError(f"a point is a pair of numbers, got {brief(point)}")
            x, y = point[0], point[1]
            if not (_is_finite(x) and _is_finite(y)):
                raise ValueError(
                    f"a point is a pair of finite numbers, got {brief(x)} and {brief(y)}"
                )
            samples.append(PenSample(float(x), float(y)))
        return cls(tuple(samples))

    def points(self) -> NDArray[np.float64]:
        """The track as an array of shape (n, 2), page units."""
        return np.array([(s.x, s.y) for s in self.samples], dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Ink:
    """All strokes of one drawing, in the order they were written. A value: changes make new ink."""

    strokes: tuple[Stroke, ...] = ()

    def __eq__(self, other: object) -> bool:
        """Whether all samples are the same. Quick for most ink that is not: while the pen moves,
        what it writes is compared with what was written before at every sample.
        """
        if not isinstance(other, Ink):
            return NotImplemented
        ours, theirs = self.strokes, other.strokes
        if len(ours) != len(theirs):
            return False
        if ours and len(ours[-1].samples) != len(theirs[-1].samples):
            return False
        return ours == theirs

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written."""
        return not self.strokes

    def with_stroke(self, stroke: Stroke) -> Ink:
        """This ink with one more stroke, the newest."""
        return Ink((*self.strokes, stroke))

    def bounds(self) -> Bounds | None:
        """The rectangle around all samples (pen width not counted), or None for empty ink."""
        if self.is_empty:
            return None
        xs = [s.x for stroke in self.strokes for s in stroke.samples]
        ys = [s.y for stroke in self.strokes for s in stroke.samples]
        return Bounds(min(xs), min(ys), max(xs), max(ys))

    def to_json(self) -> list[list[list[float]]]:
        """Strokes of [x, y] pairs, the 'strokes' field of a strokes file."""
        return [[[round(s.x, 2), round(s.y, 2)] for s in stroke.samples] for stroke in self.strokes]

    @classmethod
    def from_json(cls, strokes: Any) -> Ink:  # noqa: ANN401 - it is the checking of foreign data
        """Read what to_json wrote, or any list of strokes of [x, y, ...] points.

        Raises ValueError saying what is wrong. Strokes without points are left out.
        """
        if not isinstance(strokes, list | tuple):
            raise ValueError(f"strokes must be a list, got {type(strokes).__name__}")
        for stroke in strokes:
            if not isinstance(stroke, list | tuple):
                raise ValueError(f"a stroke must be a list of points, got {type(stroke).__name__}")
        return cls(tuple(Stroke.from_points(stroke) for stroke in strokes if len(stroke)))


def _is_finite(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float | np.floating | np.integer):
        return False
    # Compared as they are: a whole number may be too large for a float. False for NaN too.
    return bool(-1e9 < value < 1e9)

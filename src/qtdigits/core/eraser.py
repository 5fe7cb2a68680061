"""The eraser: it cuts strokes where its disc passes, and what is left stays strokes."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Final, NamedTuple

from qtdigits.core.ink import Ink, PenSample, Stroke

Point = tuple[float, float]

_LEAST_PIECE: Final = 1e-6
"""Pieces shorter than this share of the eraser's radius are rounding, not ink."""


class _Span(NamedTuple):
    """A part of a segment, 0 at its beginning to 1 at its end."""

    start: float
    end: float


def erased(ink: Ink, from_point: Point, to_point: Point, radius: float) -> Ink:
    """Take away all ink that a disc touches while it moves straight from one point to another.

    Points and radius are in page units, (x, y). Strokes are cut exactly at the disc's edge, also
    between samples that lie far apart; untouched strokes stay the same objects, and untouched ink
    is returned as it is. Raises ValueError unless the radius is above 0.
    """
    if not radius > 0:
        raise ValueError(f"the eraser's radius must be above 0, got {radius}")
    path = _Capsule(from_point, to_point, radius)
    strokes: list[Stroke] = []
    for stroke in ink.strokes:
        strokes.extend(_cut(stroke, path))
    if len(strokes) == len(ink.strokes) and all(
        new is old for new, old in zip(strokes, ink.strokes, strict=True)
    ):
        return ink
    return Ink(tuple(strokes))


class _Capsule:
    """The convex shape that a disc sweeps over on a straight way."""

    def __init__(self, a: Point, b: Point, radius: float) -> None:
        self.radius = radius
        self._a, self._b = a, b
        self._length = math.hypot(b[0] - a[0], b[1] - a[1])
        if self._length > 0:
            self._ux = (b[0] - a[0]) / self._length
            self._uy = (b[1] - a[1]) / self._length
        self._left = min(a[0], b[0]) - radius
        self._right = max(a[0], b[0]) + radius
        self._top = min(a[1], b[1]) - radius
        self._bottom = max(a[1], b[1]) + radius

    def span(self, p: PenSample, q: PenSample) -> _Span | None:
        """The part of the segment from p to q that lies inside, or None."""
        px, py, qx, qy = p.x, p.y, q.x, q.y
        if (
            (px < self._left and qx < self._left)
            or (px > self._right and qx > self._right)
            or (py < self._top and qy < self._top)
            or (py > self._bottom and qy > self._bottom)
        ):
            return None
        # The capsule is two discs and the rectangle between them. It is convex, so the part
        # inside is one span: the hull of the three.
        spans = [_in_disc(px, py, qx, qy, *self._a, self.radius)]
        if self._length > 0:
            spans.append(_in_disc(px, py, qx, qy, *self._b, self.radius))
            spans.append(self._in_rectangle(px, py, qx, qy))
        found = [span for span in spans if span is not None]
        if not found:
            return None
        return _Span(min(s.start for s in found), max(s.end for s in found))

    def _in_rectangle(self, px: float, py: float, qx: float, qy: float) -> _Span | None:
        ax, ay = self._a
        along_p = (px - ax) * self._ux + (py - ay) * self._uy
        along_q = (qx - ax) * self._ux + (qy - ay) * self._uy
        across_p = (py - ay) * self._ux - (px - ax) * self._uy
        across_q = (qy - ay) * self._ux - (qx - ax) * self._uy
        first = _between(along_p, along_q, 0.0, self._length)
        second = _between(across_p, across_q, -self.radius, self.radius)
        if first is None or second is None:
            return None
        start, end = max(first.start, second.start), min(first.end, second.end)
        return _Span(start, end) if start <= end else None


def _between(p: float, q: float, low: float, high: float) -> _Span | None:
    """Where a value that runs evenly from p to q lies in low..high (Liang and Barsky 1984)."""
    if p == q:
        return _Span(0.0, 1.0) if low <= p <= high else None
    first, second = sorted(((low - p) / (q - p), (high - p) / (q - p)))
    start, end = max(first, 0.0), min(second, 1.0)
    return _Span(start, end) if start <= end else None


def _in_disc(
    px: float, py: float, qx: float, qy: float, cx: float, cy: float, radius: float
) -> _Span | None:
    """Where |p + t (q - p) - c| <= radius for t in 0..1: between a quadratic equation's roots."""
    dx, dy = qx - px, qy - py
    fx, fy = px - cx, py - cy
    a = dx * dx + dy * dy
    c = fx * fx + fy * fy - radius * radius
    if a == 0:
        return _Span(0.0, 1.0) if c <= 0 else None
    half_b = fx * dx + fy * dy
    root = half_b * half_b - a * c
    if root < 0:
        return None
    root = math.sqrt(root)
    start, end = max((-half_b - root) / a, 0.0), min((-half_b + root) / a, 1.0)
    return _Span(start, end) if start <= end else None


def _cut(stroke: Stroke, path: _Capsule) -> list[Stroke]:
    """What is left of a stroke: itself if untouched, else its pieces."""
    samples = stroke.samples
    if len(samples) == 1:
        return [] if path.span(samples[0], samples[0]) else [stroke]
    touched = False
    pieces: list[list[PenSample]] = [[samples[0]]]
    for p, q in pairwise(samples):
        span = path.span(p, q)
        if span is None:
            pieces[-1].append(q)
            continue
        touched = True
        if span.start > 0:
            pieces[-1].append(_mix(p, q, span.start))
        pieces.append([_mix(p, q, span.end)] if span.end < 1 else [q])
        if span.end < 1:
            pieces[-1].append(q)
    if not touched:
        return [stroke]
    least = _LEAST_PIECE * path.radius
    return [Stroke(tuple(piece)) for piece in pieces if _length(piece) > least]


def _mix(p: PenSample, q: PenSample, share: float) -> PenSample:
    return PenSample(
        p.x + share * (q.x - p.x),
        p.y + share * (q.y - p.y),
        p.time_ms + share * (q.time_ms - p.time_ms),
        p.pressure + share * (q.pressure - p.pressure),
    )


def _length(samples: list[PenSample]) -> float:
    steps = pairwise(samples)
    return math.fsum(math.hypot(q.x - p.x, q.y - p.y) for p, q in steps)

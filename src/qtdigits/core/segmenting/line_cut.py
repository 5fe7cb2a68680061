"""Cutting ink along a straight line."""

from __future__ import annotations

from qtdigits.core.ink import Ink, PenSample, Stroke


def cut_ink(ink: Ink, top: tuple[float, float], bottom: tuple[float, float]) -> tuple[Ink, Ink]:
    """The ink at the left and at the right of the straight line through two points of the page.

    Left and right are those of somebody who looks at the page with `top` above `bottom`; the line
    goes on beyond both points. A stroke that crosses it is cut there: both parts have a sample on
    the line. Raises ValueError if both points are the same.
    """
    if top == bottom:
        raise ValueError(f"a line needs two different points, got {top} twice")
    sides: tuple[list[Stroke], list[Stroke]] = ([], [])
    for stroke in ink.strokes:
        places = [_side(sample, top, bottom) for sample in stroke.samples]
        if all(place <= 0 for place in places):
            sides[0].append(stroke)
        elif all(place >= 0 for place in places):
            sides[1].append(stroke)
        else:
            for is_right, part in _parts(stroke, places):
                sides[is_right].append(part)
    return Ink(tuple(sides[0])), Ink(tuple(sides[1]))


def _side(sample: PenSample, top: tuple[float, float], bottom: tuple[float, float]) -> float:
    """Below 0 at the left of the line, 0 on it, above 0 at the right."""
    across, down = bottom[0] - top[0], bottom[1] - top[1]
    return (sample.x - top[0]) * down - (sample.y - top[1]) * across


def _parts(stroke: Stroke, places: list[float]) -> list[tuple[bool, Stroke]]:
    """The parts of a stroke that crosses the line: whether it lies at the right, and the part."""
    parts: list[tuple[bool, Stroke]] = []
    first = next(place for place in places if place)
    is_right, samples = first > 0, [stroke.samples[0]]
    for at in range(1, len(places)):
        before, place = stroke.samples[at - 1], places[at]
        if place and (place > 0) != is_right:
            crossing = _between(before, stroke.samples[at], places[at - 1], place)
            if crossing != samples[-1]:
                samples.append(crossing)
            parts.append((is_right, Stroke(tuple(samples))))
            is_right, samples = place > 0, [crossing]
        samples.append(stroke.samples[at])
    parts.append((is_right, Stroke(tuple(samples))))
    return parts


def _between(before: PenSample, after: PenSample, here: float, there: float) -> PenSample:
    """The sample where the way from one to the next, on either side, crosses the line."""
    share = here / (here - there)

    def mixed(first: float, second: float) -> float:
        return first + (second - first) * share

    return PenSample(
        mixed(before.x, after.x),
        mixed(before.y, after.y),
        mixed(before.time_ms, after.time_ms),
        mixed(before.pressure, after.pressure),
    )

"""Writing a template many times at once, each time as another hand would."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from qtdigits.core.synthetic_pen.curves import StrokeBasis
from qtdigits.core.synthetic_pen.hand import WAVES, Hands
from qtdigits.core.synthetic_pen.template import Template

Floats = NDArray[np.float64]
Tracks = list[NDArray[np.float64]]
"""One drawing: an array (n, 2) a stroke, x to the right and y down."""

_OWN_SHAPE: Final = 0.030
"""Standard deviation of a writer's own control points from the template's."""
_LIFT: Final = 0.012
"""Share of strokes in which the pen leaves the paper for a moment."""


def write(
    template: Template, hands: Hands, writers: NDArray[np.intp], rng: np.random.Generator
) -> list[Tracks]:
    """Write the template once for each entry of `writers`, which are rows of `hands`.

    Returns as many drawings, in heights of a character (about 1.0 high before slant and scale).
    """
    if not len(writers):
        return []
    hand = hands.of(writers)
    controls = _vary_controls(template, hand, writers, rng)
    curves = [
        _draw_curve(basis, points, hand, rng)
        for basis, points in zip(template.bases, controls, strict=True)
    ]
    sizes = [curve.shape[1] for curve in curves]
    # Warp, slant and turn belong to the whole drawing, so its strokes go through them as one.
    whole = _place(np.concatenate(curves, axis=1), hand, rng)
    drawings: list[Tracks] = [[] for _ in writers]
    starts = np.cumsum([0, *sizes])
    for basis, start, end in zip(template.bases, starts[:-1], starts[1:], strict=True):
        _sample_pen(whole[:, start:end], basis, hand, rng, drawings)
    return drawings


def _vary_controls(
    template: Template, hand: Hands, writers: NDArray[np.intp], rng: np.random.Generator
) -> list[Floats]:
    """The control points of each stroke, shape (drawings, k, 2): the writer's, this time."""
    people, of_drawing = np.unique(writers, return_inverse=True)
    count = len(writers)
    controls = []
    for index, (stroke, basis) in enumerate(zip(template.strokes, template.bases, strict=True)):
        shape = stroke.points.shape
        own = rng.normal(0.0, _OWN_SHAPE, (len(people), *shape))[of_drawing]
        now = rng.normal(0.0, 1.0, (count, *shape)) * hand.wobble[:, None, None]
        points = stroke.points + basis.spread @ (own + now)
        if index:
            moved = rng.normal(0.0, 1.0, (count, 1, 2)) * hand.joining[:, None, None]
            scale = 1 + 2.5 * rng.normal(0.0, 1.0, (count, 1, 1)) * hand.joining[:, None, None]
            middle = points.mean(axis=1, keepdims=True)
            points = (points - middle) * scale + middle + moved
        controls.append(points)
    return controls


def _draw_curve(
    basis: StrokeBasis, points: Floats, hand: Hands, rng: np.random.Generator
) -> Floats:
    """Samples of one stroke, shape (drawings, n, 2), with bent ends and tremor."""
    count, n = len(points), len(basis.sharp)
    haste = np.clip(hand.roundness + rng.normal(0.0, 0.1, count), 0.0, 1.0)[:, None, None]
    straight = np.clip(hand.angularity + rng.normal(0.0, 0.06, count), 0.0, 1.0)[:, None, None]
    curve = ((1 - haste) * (basis.sharp @ points) + haste * (basis.rounded @ points)) * (
        1 - straight
    ) + straight * (basis.straight @ points)
    place = np.linspace(0.0, 1.0, n)
    for from_end in (place, 1 - place):
        bend = np.clip(1 - from_end / 0.22, 0.0, None)[None, :, None] ** 2
        flick = rng.normal(0.0, 1.0, (count, 1, 2)) * hand.flick[:, None, None]
        curve = curve + bend * flick
    return curve + _tremor(count, n, rng) * hand.tremor[:, None, None]


def _tremor(count: int, n: int, rng: np.random.Generator) -> Floats:
    """Smooth noise of variance about 1 along a stroke, shape (count, n, 2)."""
    raw = rng.normal(0.0, 1.0, (count, n + 4, 2))
    return (raw[:, :-4] + 2 * raw[:, 1:-3] + 3 * raw[:, 2:-2] + 2 * raw[:, 3:-1] + raw[:, 4:]) / 4.4


def _place(points: Floats, hand: Hands, rng: np.random.Generator) -> Floats:
    """Give whole drawings (count, n, 2) their proportions, warp, slant and turn."""
    count = len(points)

    def each(mean: Floats, spread: float) -> Floats:
        return np.asarray((mean + rng.normal(0.0, spread, count))[:, None])

    x, y = points[..., 0], points[..., 1]
    low = y.min(axis=1, keepdims=True)
    height = np.maximum(y.max(axis=1, keepdims=True) - low, 0.2)
    balance = np.exp(each(np.log(hand.balance), 0.06))
    y = low + height * ((y - low) / height) ** (1 / balance)
    middle = x.mean(axis=1, keepdims=True)
    x = (x - middle) * np.exp(each(np.log(hand.width), 0.08))
    y = y - 0.5
    x = x * (1 + each(hand.taper, 0.05) * y)
    amplitude = hand.warp + rng.normal(0.0, 0.008, (count, WAVES, 2))
    for wave in range(WAVES):
        fx, fy = (hand.frequency[:, wave, axis][:, None] for axis in (0, 1))
        swing = np.sin(2 * np.pi * (fx * x + fy * y) + hand.phase[:, wave][:, None])
        x = x + amplitude[:, wave, 0][:, None] * swing
        y = y + amplitude[:, wave, 1][:, None] * swing
    x = x - each(hand.slant, 0.05) * y
    turn = each(hand.rotation, 0.04)
    return np.stack((np.cos(turn) * x - np.sin(turn) * y, np.sin(turn) * x + np.cos(turn) * y), -1)


def _sample_pen(
    curves: Floats,
    basis: StrokeBasis,
    hand: Hands,
    rng: np.random.Generator,
    drawings: list[Tracks],
) -> None:
    """Read one stroke of each drawing as a tablet does, and add it to the drawings."""
    count: int = curves.shape[0]
    n: int = curves.shape[1]
    loose = np.clip(hand.looseness[:, None] + rng.normal(0.0, 0.25, (count, 2)), 0.0, 1.0)
    start = basis.lead * (1 - loose[:, 0])
    end = basis.tail + (1 - basis.tail) * loose[:, 1]
    spacing = hand.spacing * np.exp(rng.normal(0.0, 0.12, count))
    length = np.hypot(*np.moveaxis(np.diff(curves, axis=1), -1, 0)).sum(axis=1)
    sizes = np.maximum(2, np.ceil(length * (end - start) / spacing).astype(np.intp) + 1)
    first = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    row = np.repeat(np.arange(count), sizes)
    time = (np.arange(sizes.sum()) - first[row]) / (sizes - 1)[row]
    # The pen starts and ends slowly: mix even speed with a smooth start and stop.
    ease = rng.uniform(0.0, 0.6, count)[row]
    along = (1 - ease) * time + ease * time * time * (3 - 2 * time)
    place = (start[row] + (end - start)[row] * along) * (n - 1)
    left = np.minimum(place.astype(np.intp), n - 2)
    share = (place - left)[:, None]
    points = curves[row, left] * (1 - share) + curves[row, left + 1] * share
    grid = hand.grid[row][:, None]
    points = np.round(points / grid) * grid
    lifts = rng.random(count) < _LIFT
    where = rng.uniform(0.2, 0.8, count)
    for index, (begin, size) in enumerate(zip(first.tolist(), sizes.tolist(), strict=True)):
        track = points[begin : begin + size]
        if lifts[index] and size >= 8:
            cut = int(size * where[index])
            drawings[index] += [track[:cut], track[cut + 1 :]]
        else:
            drawings[index].append(track)

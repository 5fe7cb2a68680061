"""Smooth curves through control points, as matrices: samples = basis @ control points.

A curve is a cubic Hermite spline over centripetal knots (Yuksel, Schaefer, Keyser, 'On the
parameterization of Catmull-Rom curves', 2009). The knots come from the template's own points, so
the curve is linear in the control points, and a thousand varied drawings cost one product.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_DENSITY: Final = 36.0
"""Samples per unit of length, a unit being the height of a character."""
_SHARED: Final = 0.20
"""Along how much of the stroke, in the same unit, control points move together."""
_SMOOTHING: Final = 0.085
"""How far the hasty hand looks ahead, in the same unit: the width of the rounding kernel."""


@dataclass(frozen=True)
class StrokeBasis:
    """What turns the k control points of a stroke into n samples about evenly spaced.

    The first three matrices have the shape (n, k): `sharp` keeps the corners, `rounded` cuts them
    as haste does, `straight` goes from point to point in straight lines. `spread` (k, k) turns
    independent noise of variance 1 into noise of variance 1 that neighbours share, so that the
    form is varied and not its smoothness. `lead` and `tail`, in 0..1 of the samples, are where the
    optional entry stroke ends and the optional tail starts.
    """

    sharp: Floats
    rounded: Floats
    straight: Floats
    spread: Floats
    lead: float
    tail: float


def stroke_basis(points: Floats, corners: NDArray[np.bool_], lead: int, tail: int) -> StrokeBasis:
    """Work out the basis of one stroke from its control points (k, 2) and corner flags (k,)."""
    chords = np.hypot(*np.diff(points, axis=0).T)
    length = np.concatenate(([0.0], np.cumsum(chords)))
    samples = max(8, round(length[-1] * _DENSITY))
    places = np.linspace(0.0, length[-1], samples)
    # Which segment a sample lies in, and how far along it.
    segment = np.clip(np.searchsorted(length, places, side="right") - 1, 0, len(chords) - 1)
    along = (places - length[segment]) / chords[segment]
    unit = np.eye(len(points))
    straight = (1 - along)[:, None] * unit[segment] + along[:, None] * unit[segment + 1]
    sharp = _hermite(np.sqrt(chords), corners, segment, along)
    kernel = _rounding_kernel(places)
    return StrokeBasis(
        sharp=sharp,
        rounded=kernel @ sharp,
        straight=straight,
        spread=_shared_noise(length),
        lead=float(length[lead] / length[-1]),
        tail=float(length[tail] / length[-1]),
    )


def _hermite(
    knots: Floats, corners: NDArray[np.bool_], segment: NDArray[np.intp], along: Floats
) -> Floats:
    """Rows of the spline at `along` (0..1) in each segment; knots (k - 1,) are knot intervals."""
    arriving, leaving = _tangents(knots, corners)
    unit = np.eye(len(corners))
    t = along[:, None]
    interval = knots[segment][:, None]
    return (
        (2 * t**3 - 3 * t**2 + 1) * unit[segment]
        + (t**3 - 2 * t**2 + t) * interval * leaving[segment]
        + (3 * t**2 - 2 * t**3) * unit[segment + 1]
        + (t**3 - t**2) * interval * arriving[segment + 1]
    )


def _tangents(knots: Floats, corners: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """The tangent arriving at and leaving each point, as rows over the control points."""
    count = len(corners)
    unit = np.eye(count)
    slopes = (unit[1:] - unit[:-1]) / knots[:, None]
    arriving = np.zeros((count, count))
    leaving = np.zeros((count, count))
    ends = corners.copy()
    ends[[0, -1]] = True
    for i in range(1, count - 1):
        if not ends[i]:
            before, after = knots[i - 1], knots[i]
            parabola = (after * slopes[i - 1] + before * slopes[i]) / (before + after)
            arriving[i] = leaving[i] = parabola
    # At an end or a corner the curve goes on bending as it does at the segment's other side.
    for i in range(count - 1):
        if ends[i]:
            leaving[i] = slopes[i] if ends[i + 1] else 1.5 * slopes[i] - 0.5 * arriving[i + 1]
    for i in range(1, count):
        if ends[i]:
            arriving[i] = (
                slopes[i - 1] if ends[i - 1] else 1.5 * slopes[i - 1] - 0.5 * leaving[i - 1]
            )
    return arriving, leaving


def _rounding_kernel(places: Floats) -> Floats:
    """A Gaussian mean over neighbouring samples that narrows to nothing at the two ends."""
    to_end = np.minimum(places, places[-1] - places)
    width = np.clip(np.minimum(_SMOOTHING, to_end / 2), 1e-6, None)[:, None]
    weights = np.exp(-0.5 * ((places[None, :] - places[:, None]) / width) ** 2)
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))


def _shared_noise(length: Floats) -> Floats:
    """Weights (k, k) that mix the noise of control points near each other along the stroke."""
    weights = np.exp(-0.5 * ((length[None, :] - length[:, None]) / _SHARED) ** 2)
    return np.asarray(weights / np.sqrt((weights**2).sum(axis=1, keepdims=True)))

"""The habits of writers: what stays the same from one drawing of a person to the next."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

WAVES: Final = 3
"""Waves that a hand's own warp of the plane is made of."""


@dataclass(frozen=True)
class Hands:
    """The habits of n writers, one row each: every array has n rows.

    Lengths are in heights of a character, angles in radians.
    """

    slant: Floats
    """Shear to the right, the tangent of the angle."""
    rotation: Floats
    width: Floats
    """Width over the template's width."""
    taper: Floats
    """How much wider the foot of a character is than its head."""
    balance: Floats
    """Exponent on the height: above 1 the upper part takes more room."""
    roundness: Floats
    """0 keeps corners, 1 cuts them all."""
    angularity: Floats
    """0 writes curves, 1 straight lines from point to point."""
    wobble: Floats
    """Standard deviation of the control points from drawing to drawing."""
    looseness: Floats
    """0..1: how much of entry strokes, tails and over-runs is written."""
    joining: Floats
    """Standard deviation of where a further stroke is set down."""
    flick: Floats
    """Standard deviation of the bend at the ends of a stroke."""
    tremor: Floats
    """Amplitude of the shaking."""
    spacing: Floats
    """Mean distance between pen samples: speed times the tablet's sampling interval."""
    grid: Floats
    """Step of the tablet's coordinates."""
    warp: Floats
    """Shape (n, WAVES, 2): amplitudes of the warp of the plane, towards x and y."""
    frequency: Floats
    """Shape (n, WAVES, 2): its waves across a unit of x and y."""
    phase: Floats
    """Shape (n, WAVES)."""

    def __len__(self) -> int:
        return len(self.slant)

    def of(self, writers: NDArray[np.intp]) -> Hands:
        """The rows of these writers, in this order; a writer may come more than once."""
        return Hands(**{field.name: getattr(self, field.name)[writers] for field in fields(self)})


def random_hands(count: int, rng: np.random.Generator) -> Hands:
    """Draw the habits of `count` different people."""
    # Care goes through everything: a careful hand wobbles, flicks and overruns less.
    haste = rng.beta(2.0, 2.6, count)
    return Hands(
        slant=rng.normal(0.10, 0.23, count),
        rotation=rng.normal(0.0, 0.06, count),
        width=np.exp(rng.normal(0.0, 0.23, count)),
        taper=rng.normal(0.0, 0.12, count),
        balance=np.exp(rng.normal(0.0, 0.13, count)),
        roundness=rng.beta(1.0, 1.6, count) * (0.4 + 0.6 * haste),
        angularity=0.5 * rng.beta(1.0, 5.0, count),
        wobble=0.012 + 0.028 * haste,
        looseness=rng.beta(1.1, 1.3, count),
        joining=0.010 + 0.040 * haste,
        flick=0.006 + 0.032 * haste * rng.random(count),
        tremor=0.012 * rng.beta(1.0, 4.0, count),
        spacing=np.exp(rng.uniform(np.log(0.012), np.log(0.11), count)),
        grid=np.exp(rng.uniform(np.log(0.0015), np.log(0.02), count)),
        warp=rng.normal(0.0, 0.022, (count, WAVES, 2)),
        frequency=rng.normal(0.0, 0.65, (count, WAVES, 2)),
        phase=rng.uniform(0.0, 2 * np.pi, (count, WAVES)),
    )

"""From pen samples, one after another, to a stroke."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from qtdigits.core.ink import PenSample, Stroke

MIN_STEP: Final = 2.5
"""Samples nearer than this to the last one kept are the hand's and the sensor's jitter."""

DOT_RADIUS: Final = 3.0
"""A pen that never goes farther than this from where it touched down has made a dot."""

_SMOOTHING: Final = 1 / 3
_MAX_CORRECTION: Final = 0.5
"""Smoothing moves a sample by no more than this share of the step: jitter goes, shape stays."""


class StrokeBuilder:
    """Owns the stroke that is being written.

    Each sample but the ends is drawn a little towards the mean with its neighbours when the next
    one arrives, so only the newest sample can still change: what is seen never lags behind the
    pen, both ends stay exact, and adding one costs the same however long the stroke is.
    """

    def __init__(self) -> None:
        self._raw: list[PenSample] = []
        self._samples: list[PenSample] = []
        self._min_step = MIN_STEP
        self._dot_radius = DOT_RADIUS
        self._top_pressure = 0.0

    @property
    def is_writing(self) -> bool:
        return bool(self._samples)

    @property
    def samples(self) -> Sequence[PenSample]:
        """The stroke so far; all but the last sample are settled. Not a copy."""
        return self._samples

    def begin(self, sample: PenSample, unit: float = 1.0) -> None:
        """Touch down. `unit` is the size of a screen pixel in page units: jitter is the screen's.

        Raises ValueError while another stroke is being written.
        """
        if self.is_writing:
            raise ValueError("a stroke is being written already: finish or cancel it first")
        self._min_step = MIN_STEP * unit
        self._dot_radius = DOT_RADIUS * unit
        self._top_pressure = sample.pressure
        self._raw = [sample]
        self._samples = [sample]

    def add(self, sample: PenSample) -> bool:
        """Move the pen; says whether the stroke grew. Raises ValueError if none is written."""
        self._require_stroke()
        self._top_pressure = max(self._top_pressure, sample.pressure)
        needed = self._min_step if len(self._raw) > 1 else self._dot_radius
        if _distance(sample, self._raw[-1]) < needed:
            return False
        self._raw.append(sample)
        self._samples.append(sample)
        self._settle_last_but_one()
        return True

    def snapshot(self) -> Stroke:
        """What is written so far. Raises ValueError if no stroke is written."""
        self._require_stroke()
        return Stroke(tuple(self._samples))

    def finish(self, end: PenSample | None = None) -> Stroke:
        """Lift the pen, at `end` where that is known, and hand out the stroke.

        The pressure of a lifting pen says nothing, so that of the last sample is kept. Raises
        ValueError if no stroke is written.
        """
        self._require_stroke()
        if end is not None:
            end = replace(end, pressure=self._raw[-1].pressure)
            if not self.add(end) and len(self._raw) > 1:
                # Moving the newest sample, not adding one, leaves no hook at the end.
                self._raw[-1] = self._samples[-1] = end
                self._settle_last_but_one()
        if len(self._samples) == 1:
            # A stylus touches down lightly: the dot is as strong as the tap became.
            self._samples = [replace(self._samples[0], pressure=self._top_pressure)]
        stroke = self.snapshot()
        self.cancel()
        return stroke

    def cancel(self) -> None:
        """Forget the stroke that is being written, if any."""
        self._raw = []
        self._samples = []

    def _require_stroke(self) -> None:
        if not self.is_writing:
            raise ValueError("no stroke is being written: begin one first")

    def _settle_last_but_one(self) -> None:
        if len(self._raw) < 3:
            return
        before, sample, after = self._raw[-3:]
        dx = _SMOOTHING * (before.x + after.x - 2 * sample.x)
        dy = _SMOOTHING * (before.y + after.y - 2 * sample.y)
        length = math.hypot(dx, dy)
        limit = _MAX_CORRECTION * self._min_step
        share = limit / length if length > limit else 1.0
        self._samples[-2] = PenSample(
            sample.x + dx * share, sample.y + dy * share, sample.time_ms, sample.pressure
        )


def _distance(a: PenSample, b: PenSample) -> float:
    return math.hypot(a.x - b.x, a.y - b.y)

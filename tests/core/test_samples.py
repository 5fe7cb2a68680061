"""The sample drawings that ship."""

from __future__ import annotations

from collections import Counter

import numpy as np

from qtdigits.core.raster import rasterize
from qtdigits.core.samples import sample_drawings


def test_sample_drawings_have_each_digit_at_least_twice() -> None:
    counts = Counter(drawing.digit for drawing in sample_drawings())
    assert sorted(counts) == list(range(10))
    assert min(counts.values()) >= 2


def test_sample_drawings_are_all_different() -> None:
    images = [rasterize(drawing.ink).tobytes() for drawing in sample_drawings()]
    assert len(set(images)) == len(images)


def test_sample_drawings_are_written_as_a_pen_would() -> None:
    for drawing in sample_drawings():
        assert 1 <= len(drawing.ink.strokes) <= 4
        assert sum(len(stroke.samples) for stroke in drawing.ink.strokes) >= 8
        bounds = drawing.ink.bounds()
        assert bounds is not None
        longest = max(
            np.hypot(*np.diff(stroke.points(), axis=0).T).max()
            for stroke in drawing.ink.strokes
            if len(stroke.samples) > 1
        )
        assert longest < 0.5 * max(bounds.width, bounds.height), drawing.line

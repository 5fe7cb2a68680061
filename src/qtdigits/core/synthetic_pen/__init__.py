"""The synthetic pen: digits as many different people would write them, without any data set.

Hand-made templates, as smooth curves, are written by invented hands. Whoever draws the same count
with the same seed gets the same drawings.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from qtdigits.core.ink import Ink, PenSample, Stroke
from qtdigits.core.synthetic_pen import templates_0_to_4, templates_5_to_9
from qtdigits.core.synthetic_pen.hand import Hands, random_hands
from qtdigits.core.synthetic_pen.template import Template
from qtdigits.core.synthetic_pen.variation import Tracks, write

DIGIT_TEMPLATES: Final[tuple[Template, ...]] = (
    *templates_0_to_4.TEMPLATES,
    *templates_5_to_9.TEMPLATES,
)

DRAWINGS_PER_HAND: Final = 12
_HABIT: Final = 0.75
"""Share of drawings in which a writer keeps to the style that they like best."""


def synthetic_digits(count: int, seed: int) -> list[tuple[int, Tracks]]:
    """Write `count` digits; each label comes equally often (to within one), in random order.

    Returns (label, tracks) pairs: a track is an array float64 (n, 2), n >= 2, of x to the right and
    y down, a stroke each. The unit is about the height of a digit. Raises ValueError for a negative
    count or seed.
    """
    check_request(count, seed)
    rng = np.random.default_rng([seed, 1])
    labels = rng.permutation(np.arange(count) % 10)
    names = [str(label) for label in range(10)]
    drawings = write_characters(names, labels, DIGIT_TEMPLATES, rng)
    return list(zip(labels.tolist(), drawings, strict=True))


def write_characters(
    names: list[str],
    chosen: NDArray[np.intp],
    templates: tuple[Template, ...],
    rng: np.random.Generator,
) -> list[Tracks]:
    """Write names[i] for each i of `chosen`, in many hands, each with its own favourite styles."""
    hands, writers = hands_for(len(chosen), rng)
    drawings: list[Tracks] = [[] for _ in chosen]
    for index, name in enumerate(names):
        styles = [each for each in templates if each.name == name]
        where = np.flatnonzero(chosen == index)
        picked = _pick_styles(styles, len(hands), writers[where], rng)
        for style, template in enumerate(styles):
            rows = where[picked == style]
            written = write(template, hands, writers[rows], rng)
            for row, drawing in zip(rows.tolist(), written, strict=True):
                drawings[row] = drawing
    return drawings


def hands_for(drawings: int, rng: np.random.Generator) -> tuple[Hands, NDArray[np.intp]]:
    """Hands for that many drawings, and which of them makes each."""
    people = max(1, -(-drawings // DRAWINGS_PER_HAND))
    return random_hands(people, rng), rng.integers(0, people, drawings)


def tracks_to_ink(tracks: Tracks, height: float = 300.0, interval_ms: float = 8.0) -> Ink:
    """Make ink of a drawing: scaled to `height` page units at the unit, one sample an interval."""
    strokes: list[Stroke] = []
    time_ms = 0.0
    for track in tracks:
        samples = []
        for x, y in (track * height).tolist():
            samples.append(PenSample(x, y, time_ms))
            time_ms += interval_ms
        strokes.append(Stroke(tuple(samples)))
        time_ms += 20 * interval_ms
    return Ink(tuple(strokes))


def check_request(count: int, seed: int) -> None:
    """Raise ValueError unless both are whole numbers from 0 up."""
    if count < 0:
        raise ValueError(f"the number of drawings must be 0 or more, got {count}")
    if seed < 0:
        raise ValueError(f"the seed must be 0 or more, got {seed}")


def _pick_styles(
    styles: list[Template], people: int, writers: NDArray[np.intp], rng: np.random.Generator
) -> NDArray[np.intp]:
    """Which style each writer uses: mostly the favourite, now and then another."""
    weights = np.array([style.weight for style in styles])
    weights /= weights.sum()
    favourite = rng.choice(len(styles), people, p=weights)
    other = rng.choice(len(styles), len(writers), p=weights)
    keeps = rng.random(len(writers)) < _HABIT
    return np.where(keeps, favourite[writers], other)

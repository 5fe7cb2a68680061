"""Finds the weights of core/segmenting/one_thing.py: `fit_one_thing.py --data FOLDER` prints them.

They are fitted, after those of fit_numbers.py, on narrow ink that was divided: digits and
non-digits of one half of UNIPEN's writers, and narrow numbers and columns of digits of the same.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from held_out import NON_DIGITS, PENDIGITS, UNIPEN, WRONG_IN_UNIPEN, half_of_writers, learnt_from
from networks import recognizer
from qtdigits.cli.figures import LOOK_ALIKES
from qtdigits.core.data_files.strokes import Drawing
from qtdigits.core.ink import Ink
from qtdigits.core.numbers.compose import compose_numbers
from qtdigits.core.numbers.spacing import Spacing
from qtdigits.core.paths import shipped_model
from qtdigits.core.recognizer import Recognizer
from qtdigits.core.segmenting.divide import best_parts
from qtdigits.core.segmenting.memory import ShapeMemory
from qtdigits.core.segmenting.one_thing import (
    WEIGHTS,
    is_narrow,
    may_be_one_thing,
    one_thing_features,
)

_SEED: Final = 777
_ONE: Final = ("single", "other")
"""The kinds that are one thing."""
_COUNTS: Final = {"single": 20.0, "other": 6.0, "column": 1.0, "touching": 3.0}
"""How much an example of a kind counts."""
_USUAL: Final = 2.0
_SMALLEST: Final = 0.3
"""Keeps the weights small (L2)."""
_COMPOSED: Final = 2_500
"""Of so many numbers of each spacing, the narrow ones are taken."""
_LONGEST: Final = 4
_COLUMNS: Final = 150
_HEIGHT: Final = 100.0


@dataclass(frozen=True, slots=True, eq=False)
class Divided:
    """Ink of some kind that was divided into parts, as the features of one_thing.py."""

    kind: str
    features: NDArray[np.float64]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="where the data sets lie")
    parser.add_argument("--count", type=int, default=120, help="narrow numbers of each spacing")
    args = parser.parse_args()
    network = recognizer(shipped_model())
    found = divided(_drawings(args.data, args.count, network), network)
    weights = fit(found)
    for weight, (_, name) in zip(weights, WEIGHTS, strict=True):
        print(f'    ({weight:.2f}, "{name}"),')
    print("kind: divided, taken for one thing")
    of_kind = Counter(one.kind for one in found)
    taken = Counter(one.kind for one in found if one.features @ weights > 0)
    for kind in sorted(of_kind):
        print(f"{kind}: {of_kind[kind]}, {taken[kind]}")
    return 0


def divided(drawings: Iterator[tuple[str, Ink]], network: Recognizer) -> list[Divided]:
    """Those of some drawings of which one can ask whether they are one thing after all."""
    memory = ShapeMemory()
    found = []
    for kind, ink in drawings:
        parts = best_parts(ink.strokes, network, memory)
        if may_be_one_thing(ink, parts):
            logits = np.stack([row for _, row in memory.answers([ink, *parts], network)])
            found.append(Divided(kind, one_thing_features(ink, parts, logits, network.card)))
    return found


def fit(found: Sequence[Divided]) -> NDArray[np.float64]:
    """The weights of a logistic regression for what is one thing, by Newton's method."""
    features = np.stack([one.features for one in found])
    right = np.array([one.kind in _ONE for one in found], np.float64)
    counts = np.array([_COUNTS.get(one.kind, _USUAL) for one in found])
    weights = np.zeros(features.shape[1])
    while True:
        shares = 1 / (1 + np.exp(-features @ weights))
        gradient = features.T @ (counts * (shares - right)) + _SMALLEST * weights
        spread = counts * shares * (1 - shares)
        curvature = (features * spread[:, None]).T @ features + _SMALLEST * np.eye(len(weights))
        step = np.linalg.solve(curvature, gradient)
        # A long step leads out of where the quadratic that it solves is like the loss.
        weights = weights - step * min(1.0, 2.0 / float(np.abs(step).max()))
        if np.abs(step).max() < 1e-6:
            return weights


def _drawings(data: Path, count: int, network: Recognizer) -> Iterator[tuple[str, Ink]]:
    unipen = [one for one in half_of_writers(data / UNIPEN, 0) if one.line not in WRONG_IN_UNIPEN]
    pendigits = learnt_from(data / PENDIGITS, network.card)
    for drawing in half_of_writers(data / NON_DIGITS, 0):
        if drawing.label not in LOOK_ALIKES:
            yield "other", drawing.ink
    for source, share in ((unipen, 1.0), (pendigits, 0.4)):
        for spacing in Spacing:
            composed = compose_numbers(source, spacing, int(share * _COMPOSED), _SEED)
            narrow = [
                one.ink for one in composed if len(one.label) <= _LONGEST and is_narrow(one.ink)
            ]
            yield from ((spacing.value, ink) for ink in narrow[: int(share * count)])
    yield from (("column", ink) for ink in columns(unipen, _COLUMNS))
    yield from (("single", drawing.ink) for drawing in unipen)


def columns(drawings: Sequence[Drawing], count: int) -> Iterator[Ink]:
    """Two or three digits of one writer below each other, with paper between them."""
    rng = np.random.default_rng(_SEED)
    by_writer: dict[str, list[Drawing]] = {}
    for drawing in drawings:
        if (box := drawing.ink.bounds()) is not None and box.height > 0:
            by_writer.setdefault(drawing.writer, []).append(drawing)
    writers = sorted(by_writer)
    for _ in range(count):
        own = by_writer[writers[rng.integers(len(writers))]]
        top = 0.0
        strokes: list[list[list[float]]] = []
        for at in rng.integers(len(own), size=int(rng.integers(2, 4))):
            ink = own[at].ink
            box = ink.bounds()
            assert box is not None
            size = _HEIGHT / box.height * rng.uniform(0.8, 1.1)
            place = np.array([rng.normal(0, 0.1 * _HEIGHT), top])
            strokes += [
                ((stroke.points() - [box.left, box.top]) * size + place).tolist()
                for stroke in ink.strokes
            ]
            top += _HEIGHT * rng.uniform(1.15, 1.9)
        yield Ink.from_json(strokes)


if __name__ == "__main__":
    sys.exit(main())

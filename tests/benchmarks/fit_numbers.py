"""Finds the weights of core/segmenting/score.py: `fit_numbers.py --data FOLDER` prints them.

They are fitted on what nobody measures: digits, numbers and non-digits of one half of UNIPEN's
writers, and numbers of the writers of pendigits that the network learnt from.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from held_out import NON_DIGITS, PENDIGITS, UNIPEN, WRONG_IN_UNIPEN, half_of_writers, learnt_from
from networks import recognizer
from number_lattices import Choice, Example, choices, number_examples, single_examples
from qtdigits.cli.figures import LOOK_ALIKES
from qtdigits.core.numbers.compose import compose_numbers
from qtdigits.core.numbers.spacing import Spacing
from qtdigits.core.paths import shipped_model
from qtdigits.core.recognizer import Recognizer
from qtdigits.core.segmenting.score import WEIGHTS

_SEED: Final = 100
_COUNTS: Final[tuple[dict[str, float], ...]] = (
    {"single": 15.0, "single, cut": 15.0, "other": 2.0, "other, cut": 2.0},
    {"other": 0.1, "other, cut": 0.1},
)
"""How much an example of a kind counts, by how bad it is to divide it wrongly: in ink that may be
one thing, and in wide ink, where letters are rare."""
_USUAL: Final = 4.0
"""What the other kinds count."""
_SINGLES: Final = 5
"""Every so many single digits, and …"""
_OTHERS: Final = 2
"""… every so many non-digits are examples: that is enough for some twenty weights."""
_SMALLEST: Final = 0.2
"""Keeps the weights small (L2), so that none grows on a few examples."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="where the data sets lie")
    parser.add_argument("--count", type=int, default=130, help="numbers of each kind")
    args = parser.parse_args()
    network = recognizer(shipped_model())
    found = choices(_examples(args.data, args.count, network), network)
    fitted = [fit(found, counts) for counts in _COUNTS]
    for alone, wide, (*_, name) in zip(*fitted, WEIGHTS, strict=True):
        print(f'    ({alone:.2f}, {wide:.2f}, "{name}"),')
    print("kind: examples, divided wrongly by the first weights, by the second")
    all_of = Counter(choice.kind for choice in found)
    wrong = [_wrong(found, weights) for weights in fitted]
    for kind in sorted(all_of):
        print(f"{kind}: {all_of[kind]}, {wrong[0][kind]}, {wrong[1][kind]}")
    return 0


def fit(found: Sequence[Choice], counts: Mapping[str, float]) -> NDArray[np.float64]:
    """The weights that make the right divisions most probable, by Newton's method.

    The logarithm of a division's probability is concave in the weights: there is one maximum.
    """
    size = found[0].divisions.shape[1]
    weights = np.zeros(size)
    loss, gradient, curvature = _loss(found, counts, weights)
    while True:
        step = np.linalg.solve(curvature, gradient)
        share = 1.0
        while (trial := _loss(found, counts, weights - share * step))[0] > loss and share > 1e-6:
            share /= 2
        weights = weights - share * step
        gained = loss - trial[0]
        loss, gradient, curvature = trial
        if gained < 1e-4:
            return weights


def _loss(
    found: Sequence[Choice], counts: Mapping[str, float], weights: NDArray[np.float64]
) -> tuple[float, NDArray[np.float64], NDArray[np.float64]]:
    size = len(weights)
    loss = _SMALLEST / 2 * float(weights @ weights)
    gradient, curvature = _SMALLEST * weights, _SMALLEST * np.eye(size)
    for choice in found:
        count = counts.get(choice.kind, _USUAL)
        values = choice.divisions @ weights
        powers = np.exp(values - values.max())
        shares = powers / powers.sum()
        mean = shares @ choice.divisions
        loss -= count * float(np.log(max(shares[choice.right], 1e-300)))
        gradient = gradient - count * (choice.divisions[choice.right] - mean)
        spread = (choice.divisions * shares[:, None]).T @ choice.divisions - np.outer(mean, mean)
        curvature = curvature + count * spread
    return loss, gradient, curvature


def _examples(data: Path, count: int, network: Recognizer) -> list[Example]:
    unipen = [one for one in half_of_writers(data / UNIPEN, 0) if one.line not in WRONG_IN_UNIPEN]
    pendigits = learnt_from(data / PENDIGITS, network.card)
    found: list[Example] = []
    for spacing in Spacing:
        numbers = compose_numbers(unipen, spacing, count, _SEED)
        numbers += compose_numbers(pendigits, spacing, count // 3, _SEED)
        found += [example for number in numbers for example in number_examples(number)]
    for drawing in unipen[::_SINGLES]:
        found += single_examples(drawing.ink, "single")
    for drawing in half_of_writers(data / NON_DIGITS, 0)[::_OTHERS]:
        if drawing.label not in LOOK_ALIKES:
            found += single_examples(drawing.ink, "other")
    return found


def _wrong(found: Sequence[Choice], weights: NDArray[np.float64]) -> Counter[str]:
    return Counter(
        choice.kind
        for choice in found
        if int(np.argmax(choice.divisions @ weights)) != choice.right
    )


if __name__ == "__main__":
    sys.exit(main())

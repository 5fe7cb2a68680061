"""What is not a digit: letters, signs, doodles and spoiled digits, drawn by invented hands.

A network that has seen them knows when it does not know.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from qtdigits.core.non_digits import letters, symbols
from qtdigits.core.non_digits.doodles import DOODLES
from qtdigits.core.non_digits.spoiled import KINDS, ingredients, spoil
from qtdigits.core.synthetic_pen import (
    DIGIT_TEMPLATES,
    check_request,
    write_characters,
)
from qtdigits.core.synthetic_pen.template import Template
from qtdigits.core.synthetic_pen.variation import Tracks

_SHARES: Final = {"letter": 0.46, "symbol": 0.24, "doodle": 0.14, "spoiled": 0.16}
"""How often each kind is drawn; letters most, being what people do write."""


def synthetic_non_digits(count: int, seed: int) -> list[tuple[str, Tracks]]:
    """Draw `count` things that are not digits, of all kinds, in random order.

    Returns (name, tracks) pairs, tracks as in synthetic_digits: float64 (n, 2), x to the right and
    y down, n = 1 for a dot. A name says what it is: 'letter K', 'symbol heart',
    'doodle spiral', 'spoiled pair'. The same count and seed give the same drawings.
    Raises ValueError for a negative count or seed.
    """
    check_request(count, seed)
    rng = np.random.default_rng([seed, 2])
    kinds = list(_SHARES)
    chosen = rng.choice(len(kinds), count, p=list(_SHARES.values()))
    sizes = dict(zip(kinds, np.bincount(chosen, minlength=len(kinds)).tolist(), strict=True))
    drawn = {
        "letter": _characters("letter", sizes["letter"], letters.TEMPLATES, rng),
        "symbol": _characters("symbol", sizes["symbol"], symbols.TEMPLATES, rng),
        "doodle": _doodles(sizes["doodle"], rng),
        "spoiled": _spoiled(sizes["spoiled"], rng),
    }
    sources = [iter(drawn[kind]) for kind in kinds]
    return [next(sources[kind]) for kind in chosen]


def _characters(
    kind: str, count: int, templates: tuple[Template, ...], rng: np.random.Generator
) -> list[tuple[str, Tracks]]:
    names = list(dict.fromkeys(template.name for template in templates))
    chosen = rng.integers(0, len(names), count)
    drawings = write_characters(names, chosen, templates, rng)
    return [
        (f"{kind} {names[index]}", drawing)
        for index, drawing in zip(chosen.tolist(), drawings, strict=True)
    ]


def _doodles(count: int, rng: np.random.Generator) -> list[tuple[str, Tracks]]:
    names = list(DOODLES)
    picked = [names[index] for index in rng.integers(0, len(names), count)]
    return [(f"doodle {name}", DOODLES[name](rng)) for name in picked]


def _spoiled(count: int, rng: np.random.Generator) -> list[tuple[str, Tracks]]:
    kinds = [KINDS[index] for index in rng.integers(0, len(KINDS), count)]
    recipes = [ingredients(kind, rng) for kind in kinds]
    wanted = [digit for _, *digits in recipes for digit in digits]
    digits = iter(_digits(np.array(wanted, dtype=np.intp), rng))
    spoiled = []
    for kind, (recipe, *labels) in zip(kinds, recipes, strict=True):
        parts = [next(digits) for _ in labels]
        spoiled.append((f"spoiled {kind}", spoil(kind, recipe, parts, rng)))
    return spoiled


def _digits(labels: NDArray[np.intp], rng: np.random.Generator) -> list[Tracks]:
    return write_characters([str(label) for label in range(10)], labels, DIGIT_TEMPLATES, rng)

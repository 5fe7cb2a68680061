"""Gives damaged files to every parser in this process, and tells what came of it as JSON.

    python damage_all.py COUNT SEED

For each parser of parsers.py: how many of COUNT files were taken and refused, the processor time of
the slowest, by how much this process grew, and the first inputs that broke the rule.
"""

from __future__ import annotations

import base64
import json
import random
import resource
import sys
import tempfile
import time
import traceback
import warnings
from dataclasses import asdict, dataclass, field
from pathlib import Path

from mutation import mutated
from parsers import PARSERS, Parser, refusal

_SHOWN = 3


@dataclass
class Damage:
    """What came of one parser's damaged files."""

    taken: int = 0
    refused: int = 0
    slowest_s: float = 0.0
    grown_mb: float = 0.0
    broken: list[str] = field(default_factory=list)


def main() -> None:
    count, seed = int(sys.argv[1]), int(sys.argv[2])
    warnings.simplefilter("error")  # a warning would be a line on standard error
    found = {}
    for name, parser in PARSERS.items():
        with tempfile.TemporaryDirectory() as folder:
            found[name] = asdict(_damaged(parser, count, seed, Path(folder)))
    print(json.dumps(found))


def _damaged(parser: Parser, count: int, seed: int, folder: Path) -> Damage:
    seeds = parser.seeds()
    for whole in seeds:
        refusal(parser, whole, folder)  # what is made once is none of the growth
    damage, before = Damage(), _peak_mb()
    for number in range(count):
        rng = random.Random(seed + number)
        data = mutated(rng.choice(seeds), rng)
        began = time.process_time()
        try:
            is_refused = bool(refusal(parser, data, folder))
        except Exception:
            last = traceback.format_exc().splitlines()[-1]
            packed = base64.b64encode(data[:1000]).decode()
            damage.broken += [f"{last} at {packed}"][: _SHOWN - len(damage.broken)]
            continue
        damage.slowest_s = max(damage.slowest_s, time.process_time() - began)
        damage.refused += is_refused
        damage.taken += not is_refused
    damage.grown_mb = _peak_mb() - before
    return damage


def _peak_mb() -> float:
    """The most memory that this process ever held."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10


if __name__ == "__main__":
    main()

"""Files damaged at random, at every parser: taken or refused in a sentence, soon, in little memory.

`make test-faults` makes 10,000 of them anew each time; `make test` a few hundred, always the same.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from parsers import PARSERS

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no getrusage")
FUZZ = Path(__file__).parent
FILES = int(os.environ.get("QTDIGITS_MUTATIONS", "400"))
LONGEST_S = 10
MOST_MB = 100
PICTURES_MB = 700
"""A picture may have 64 million pixels, of four bytes, and be looked at on two grounds."""


@pytest.fixture(scope="module")
def damage(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What came of the damaged files, by parser; from one process, so that its growth counts."""
    each = -(-FILES // len(PARSERS))
    seed = time.time_ns() if "QTDIGITS_MUTATIONS" in os.environ else 1
    folder = tmp_path_factory.mktemp("damage")
    paths = (os.environ.get("PYTHONPATH", ""), str(FUZZ), str(FUZZ.parent / "corpus"))
    done = subprocess.run(
        [sys.executable, FUZZ / "damage_all.py", str(each), str(seed)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths)), "HOME": str(folder)},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, ""), f"seed {seed}"
    found: dict[str, dict[str, Any]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("name", PARSERS)
def test_mutated_files_are_taken_or_refused_in_a_sentence(
    name: str, damage: dict[str, dict[str, Any]]
) -> None:
    found = damage[name]
    assert found["broken"] == []
    assert found["taken"] + found["refused"] >= FILES // len(PARSERS)
    assert found["slowest_s"] < LONGEST_S
    assert found["grown_mb"] < (PICTURES_MB if "picture" in name else MOST_MB)


def test_mutations_reach_what_refuses(damage: dict[str, dict[str, Any]]) -> None:
    """Were all taken, or all refused at once, nothing would have been tried."""
    for name, parser in PARSERS.items():
        assert (damage[name]["refused"] > 0) == parser.refuses, name

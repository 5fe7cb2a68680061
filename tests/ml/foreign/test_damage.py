"""Files damaged at random: each is refused in a sentence, or holds a sound network all the same.

A thousand of each kind with `make test-faults`.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from foreign_networks import h5_file, keras_file

FILES = 1000 if "QTDIGITS_MUTATIONS" in os.environ else 100

READER = """
import random, sys
from pathlib import Path
from qtdigits.ml.foreign.limits import limit_this_process
from qtdigits.ml.foreign.reading import read_foreign

good, damaged = Path(sys.argv[1]), Path(sys.argv[2])
data = good.read_bytes()
limit_this_process(300)
rng = random.Random(len(data))
for _ in range(int(sys.argv[3])):
    changed = bytearray(data)
    for _ in range(rng.choice([1, 2, 8, 32])):
        # What is not mere numbers lies at both ends.
        near = rng.randrange(12_000)
        changed[near if rng.random() < 0.5 else -1 - near] = rng.randrange(256)
    damaged.write_bytes(changed)
    try:
        read_foreign(damaged)
        print("taken")
    except ValueError as refused:
        print(refused)
"""
"""In a process of its own, for HDF5 may come to harm over a damaged file."""


@pytest.mark.parametrize("make", [h5_file, keras_file], ids=["h5", "keras"])
def test_damaged_file_is_refused_in_one_sentence(
    make: Callable[[Path], Path], tmp_path: Path
) -> None:
    damaged = tmp_path / "damaged"
    done = subprocess.run(
        [sys.executable, "-c", READER, make(tmp_path / "good"), damaged, str(FILES)],
        capture_output=True,
        text=True,
        timeout=500,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert len(lines) == FILES
    refused = [line for line in lines if line != "taken"]
    assert len(refused) > 0.3 * FILES
    assert all(line.startswith(f"{damaged} ") for line in refused)

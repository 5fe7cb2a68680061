"""An import of drawings that is killed at any moment brought all of them, or none."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from qtdigits.core.store.query import HistoryQuery
from qtdigits.core.store.store import Store

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")
KILLS = int(os.environ.get("QTDIGITS_KILLS", "3"))
DRAWINGS = 1500


def stored() -> int:
    store = Store.open()
    assert store.note == ""
    count = len(store.drawings.ids(HistoryQuery(store.people.current().id)))
    store.close()
    return count


def test_killed_import_brings_all_drawings_or_none(tmp_path: Path) -> None:
    file = tmp_path / "theirs.jsonl"
    lines = [{"label": n % 10, "strokes": [[[0, 0], [n, 9 + n % 7]]]} for n in range(DRAWINGS)]
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    command = [sys.executable, "-m", "qtdigits", "history", "import", str(file)]
    rng = random.Random(3)
    for _ in range(KILLS):
        importing = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        assert importing.stderr is not None
        with importing.stderr as errors:
            with suppress(subprocess.TimeoutExpired):
                importing.wait(rng.uniform(0.2, 1.2))
            importing.kill()
            importing.wait()
            assert errors.read() == ""
        assert stored() in (0, DRAWINGS)
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert stored() == DRAWINGS

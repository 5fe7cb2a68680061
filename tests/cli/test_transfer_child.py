"""An import as a child process: how far it is, and its end when the parent wants no more."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from qtdigits.core.store.store import Store

CHILD = """
import sys
from qtdigits.__main__ import main
from qtdigits.cli import transfer_child
transfer_child._EVERY_S = 0
sys.exit(main(sys.argv[1:]))
"""
PATIENCE_S = 60


def started(tmp_path: Path, count: int) -> subprocess.Popen[str]:
    """An import of so many drawings that has just begun."""
    file = tmp_path / "drawings.jsonl"
    lines = [{"label": 1, "strokes": [[[0, 0], [number, 9]]]} for number in range(count)]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return subprocess.Popen(
        [sys.executable, "-c", CHILD, "history", "import", "--events", str(file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def drawings() -> int:
    return Store.open_to_read().people.current().drawings


def test_child_says_how_far_it_is_and_what_came_of_it(tmp_path: Path) -> None:
    with started(tmp_path, 3) as child:
        assert child.stdout is not None
        *before, last = [json.loads(line) for line in child.stdout]
    assert child.returncode == 0
    assert before == [{"done": 1}, {"done": 2}, {"done": 3}]
    assert last["added"] == 3
    assert drawings() == 3


def test_child_whose_parent_wants_no_more_adds_nothing(tmp_path: Path) -> None:
    Store.open().close()
    child = started(tmp_path, 5000)
    printed, said = child.communicate(timeout=PATIENCE_S)  # closes its standard input
    assert child.returncode == 2
    assert "added" not in printed
    assert "it was cancelled; nothing was changed" in said
    assert drawings() == 0

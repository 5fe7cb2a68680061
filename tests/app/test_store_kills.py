"""Processes killed while they write, label, delete and import: what was acknowledged is there.

QTDIGITS_KILLS says how often (`make test-faults`); by default it is quick.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import pytest

from qtdigits.core.store.query import HistoryQuery, Show
from qtdigits.core.store.store import Store

KILLS: Final = int(os.environ.get("QTDIGITS_KILLS", "3"))
ROUNDS: Final = 3
"""So often one file is written to and killed, one time after the other."""

CHANGES: Final = """
import json, random, sys
from dataclasses import replace
from pathlib import Path
from qtdigits.core.history import HistoryEntry
from qtdigits.core.ink import Ink
from qtdigits.core.store.query import HistoryQuery, Show
from qtdigits.core.store.store import Store
from qtdigits.core.transfer.imports import import_drawings
from qtdigits.core.verdict import UNREAD
from datetime import datetime

file, seed = Path(sys.argv[1]), int(sys.argv[2])
rng = random.Random(seed)
store = Store.open(file)
assert store.is_saved, store.note
me = store.people.current().id

def drawing(number=0):
    ink = Ink.from_json([[[rng.random(), rng.random()] for _ in range(rng.randrange(1, 90))]])
    return HistoryEntry(number, ink, UNREAD, datetime.now().astimezone())

def tell(**what):
    print(json.dumps(what), flush=True)

lines = file.with_suffix(".jsonl")
lines.write_text("".join(
    json.dumps({"label": 5, "strokes": [[[rng.random(), n] for n in range(20)]]}) + "\\n"
    for _ in range(40)
))
tell(begin=len(store.drawings.ids(HistoryQuery(me))), note=store.note)
while True:
    known = list(store.drawings.ids(HistoryQuery(me)))
    match rng.randrange(7):
        case 0 | 1 | 2:
            saved = store.drawings.save(drawing(), me)
            tell(saved=saved.id, ink=saved.ink.to_json())
        case 3 if known:
            grown = store.drawings.save(drawing(rng.choice(known)), me)
            tell(saved=grown.id, ink=grown.ink.to_json())
        case 4 if known:
            number, label = rng.choice(known), rng.randrange(10)
            store.drawings.set_label([number], label)
            tell(labelled=number, label=label)
        case 5 if len(known) > 5:
            number = rng.choice(known)
            store.drawings.delete([number])
            tell(deleted=number)
        case 6:
            added = import_drawings(lines, store, me).added
            tell(imported=added)
            store.back_up()
"""


class Acknowledged:
    """What a child said was done, and what must therefore be there."""

    def __init__(self) -> None:
        self.inks: dict[int, Any] = {}
        self.labels: dict[int, int] = {}
        self.deleted: set[int] = set()
        self.imports: list[int] = []

    def take(self, said: dict[str, Any]) -> None:
        if "saved" in said:
            self.inks[said["saved"]] = said["ink"]
            self.labels.pop(said["saved"], None)  # the label is that of what was saved: none
        elif "labelled" in said:
            self.labels[said["labelled"]] = said["label"]
        elif "deleted" in said:
            self.deleted.add(said["deleted"])
        elif "imported" in said:
            self.imports.append(said["imported"])


def killed_after(file: Path, seed: int, seconds: float) -> Iterator[dict[str, Any]]:
    """What a child said until it was killed."""
    errors = file.with_suffix(".errors")
    with (
        errors.open("w") as complaints,
        subprocess.Popen(
            [sys.executable, "-c", CHANGES, str(file), str(seed)],
            stdout=subprocess.PIPE,
            stderr=complaints,
            text=True,
        ) as child,
    ):
        assert child.stdout is not None
        first = child.stdout.readline()
        with suppress(subprocess.TimeoutExpired):
            child.wait(seconds)
        child.kill()
        # Not communicate(): it would not see what readline() has read ahead.
        said = first + child.stdout.read()
    assert errors.read_text() == ""
    for line in said.splitlines():
        with suppress(ValueError):  # the last line may be cut
            yield json.loads(line)


@pytest.mark.parametrize("seed", range(KILLS))
def test_nothing_acknowledged_is_lost_by_a_process_killed_at_its_store(
    seed: int, tmp_path: Path
) -> None:
    file = tmp_path / "drawings.sqlite"
    rng = random.Random(seed)
    acknowledged = Acknowledged()
    for turn in range(ROUNDS):
        last: dict[str, Any] = {}
        for said in killed_after(file, 1000 * seed + turn, rng.uniform(0.0, 0.4)):
            acknowledged.take(said)
            last = said
        assert last.get("note", "") == ""
        check(file, acknowledged)


def check(file: Path, acknowledged: Acknowledged) -> None:
    """The child may have done one thing more than it could say: that is allowed to differ."""
    store = Store.open(file)
    assert (store.note, store.is_saved) == ("", True)
    me = store.people.current().id
    there = set(store.drawings.ids(HistoryQuery(me)))
    deleted = set(store.drawings.ids(HistoryQuery(me, Show.DELETED)))
    everything = store.drawings.entries(sorted(there | deleted))
    assert len(everything) == len(there | deleted)
    inks = {entry.id: entry.ink.to_json() for entry in everything}
    labels = {entry.id: entry.label for entry in everything}
    assert set(acknowledged.inks) <= set(inks)
    assert sum(inks[number] != ink for number, ink in acknowledged.inks.items()) <= 1
    assert sum(labels[number] != label for number, label in acknowledged.labels.items()) <= 1
    assert acknowledged.deleted <= deleted
    imported = [one for one in everything if one.origin == "imported"]
    # A first import of a file is whole: forty drawings, or none. A later one brings back those
    # that were changed or deleted meanwhile.
    unsaid = len(imported) - sum(acknowledged.imports)
    assert unsaid in (0, 40) or (0 < unsaid < 40 and sum(acknowledged.imports) > 0)
    store.close()
    acknowledged.inks = inks
    acknowledged.labels = {number: label for number, label in labels.items() if label is not None}
    acknowledged.deleted = deleted
    acknowledged.imports = [len(imported)]

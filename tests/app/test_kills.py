"""Processes killed at random moments: the library and the network in use stay whole.

QTDIGITS_KILLS says how often (`make test-faults`); by default it is quick.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

import pytest

from qtdigits.core import paths
from qtdigits.core.library import SHIPPED, LibraryEntry, ModelLibrary
from qtdigits.core.model_card import card_path, file_sha256

LIBRARY_KILLS: Final = int(os.environ.get("QTDIGITS_KILLS", "15"))
TRAINING_KILLS: Final = int(os.environ.get("QTDIGITS_KILLS", "2"))
LONGEST_RUN_S: Final = 6.0
TRAINING: Final = [
    *("--data", "synthetic:300", "--network", "small", "--epochs", "2", "--batch-size", "32"),
    *("--learning-rate", "0.01", "--averaging", "0.9", "--variation", "0"),
]

CHANGES: Final = """
import itertools, random, sys
from pathlib import Path
from qtdigits.core import paths
from qtdigits.core.library import ModelLibrary
from qtdigits.core.model_card import card_path

library = ModelLibrary(Path(sys.argv[1]))
rng = random.Random(int(sys.argv[2]))
source = paths.shipped_model()
print("ready", flush=True)
for number in itertools.count():
    draft = library.new_draft()
    draft.network.write_bytes(source.read_bytes())
    card_path(draft.network).write_bytes(card_path(source).read_bytes())
    library.keep(draft, f"network {number}")
    own = [entry.id for entry in library.entries()[1:]]
    library.use(rng.choice(own))
    library.rename(rng.choice(own), f"renamed {number}")
    if len(own) > 3:
        library.delete(rng.choice(own))
"""


@pytest.fixture
def library(tmp_path: Path) -> ModelLibrary:
    return ModelLibrary(tmp_path / "models")


def kill_after(child: subprocess.Popen[str], seconds: float) -> None:
    with child:
        with suppress(subprocess.TimeoutExpired):
            child.wait(seconds)
        child.kill()


@pytest.mark.parametrize("seed", range(LIBRARY_KILLS))
def test_library_survives_a_process_killed_while_it_changes_it(
    seed: int, library: ModelLibrary, tmp_path: Path
) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", CHANGES, str(tmp_path / "models"), str(seed)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    child.stdout.readline()
    kill_after(child, random.Random(seed).uniform(0.0, 0.3))
    assert [entry.problem for entry in library.entries() if entry.problem] == []
    assert library.current_problem() == ""
    library.clean_up()
    # A lock this young may be one whose folder is about to be made: it stays for an hour.
    drafts = (tmp_path / "models").glob(".drafts/*")
    assert [draft for draft in drafts if draft.is_dir()] == []
    assert not (tmp_path / "models" / ".trash").exists()


def whole(entry: LibraryEntry) -> bool:
    return entry.card is not None and file_sha256(entry.path) == entry.card.sha256


@pytest.mark.parametrize("seed", range(TRAINING_KILLS))
def test_library_survives_a_training_that_is_killed(seed: int, library: ModelLibrary) -> None:
    draft = library.new_draft()
    source = paths.shipped_model()
    draft.network.write_bytes(source.read_bytes())
    card_path(draft.network).write_bytes(card_path(source).read_bytes())
    chosen = library.use(library.keep(draft, "mine").id)
    draft = library.new_draft()
    child = subprocess.Popen(
        [
            *(sys.executable, "-m", "qtdigits", "train", "--events"),
            *("--out", str(draft.network), "--compare", str(chosen.path), *TRAINING),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    kill_after(child, random.Random(seed).uniform(0.0, LONGEST_RUN_S))
    assert library.current() == chosen
    assert [entry.id for entry in library.entries()] == [SHIPPED, chosen.id]
    assert all(whole(entry) for entry in library.entries())
    draft.discard()

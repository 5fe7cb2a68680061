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
from qtdigits.core.lesson import LessonDrawing, to_strokes
from qtdigits.core.lesson_book import LessonBook
from qtdigits.core.library import SHIPPED, LibraryEntry, ModelLibrary
from qtdigits.core.model_card import card_path, file_sha256, read_card
from qtdigits.core.samples import sample_drawings

LIBRARY_KILLS: Final = int(os.environ.get("QTDIGITS_KILLS", "15"))
BOOK_KILLS: Final = int(os.environ.get("QTDIGITS_KILLS", "5"))
TRAINING_KILLS: Final = int(os.environ.get("QTDIGITS_KILLS", "2"))
LESSON_KILLS: Final = int(os.environ.get("QTDIGITS_KILLS", "1"))
LONGEST_RUN_S: Final = 6.0
LONGEST_LESSON_S: Final = 12.0
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

LESSONS: Final = """
import dataclasses, itertools, random, sys
from pathlib import Path
from qtdigits.core import paths
from qtdigits.core.lesson_book import LessonBook
from qtdigits.core.library import SHIPPED, ModelLibrary
from qtdigits.core.model_card import card_path, read_card

library = ModelLibrary(Path(sys.argv[1]))
book = LessonBook(library)
rng = random.Random(int(sys.argv[2]))
source = paths.shipped_model()
shipped = read_card(source)
lesson = {"lesson": {"adapted_from": shipped.sha256, "drawings": 20}}
card = dataclasses.replace(shipped, settings=lesson).to_json()
print("ready", flush=True)
for number in itertools.count():
    draft = library.new_draft()
    draft.network.write_bytes(source.read_bytes())
    card_path(draft.network).write_text(card)
    person = rng.randrange(1, 3)
    book.keep(draft, f"lesson {number}", person)
    book.note_offer(person, number)
    if rng.random() < 0.3:
        book.use(SHIPPED, person)
    held = book.lessons(person)
    if len(held) > 2:
        book.take_back(rng.choice(held).network.id, person)
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


@pytest.mark.parametrize("seed", range(BOOK_KILLS))
def test_lessons_survive_a_process_killed_while_it_keeps_and_takes_back(
    seed: int, library: ModelLibrary, tmp_path: Path
) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", LESSONS, str(tmp_path / "models"), str(seed)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    child.stdout.readline()
    kill_after(child, random.Random(seed).uniform(0.0, 0.4))
    book = LessonBook(library)
    assert [entry.problem for entry in library.entries() if entry.problem] == []
    assert library.current_problem() == ""
    assert book.base().id == SHIPPED
    for person in (1, 2):
        reads = book.network_for(person)
        assert whole(reads)
        assert book.owner(reads.id) in (None, person)
        assert all(whole(lesson.network) for lesson in book.lessons(person))


@pytest.mark.parametrize("seed", range(LESSON_KILLS))
def test_lesson_that_is_killed_leaves_a_whole_network_or_none(
    seed: int, library: ModelLibrary, tmp_path: Path
) -> None:
    strokes = tmp_path / "drawings.jsonl"
    samples = [LessonDrawing(one.ink, one.digit) for one in sample_drawings()]
    strokes.write_text(to_strokes(samples))
    draft = library.new_draft()
    shipped = library.entry(SHIPPED)
    child = subprocess.Popen(
        [
            *(sys.executable, "-m", "qtdigits", "learn", "--strokes", str(strokes)),
            *("--model", str(shipped.path), "--out", str(draft.network)),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    kill_after(child, random.Random(seed).uniform(0.0, LONGEST_LESSON_S))
    assert library.current() == shipped
    assert whole(shipped)
    if card_path(draft.network).exists():
        assert file_sha256(draft.network) == read_card(draft.network).sha256
    draft.discard()


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

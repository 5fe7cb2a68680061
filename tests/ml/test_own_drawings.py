"""Own labelled drawings as data to train on."""

from __future__ import annotations

from datetime import datetime

import pytest

from qtdigits.core.history import HistoryEntry
from qtdigits.core.ink import Ink
from qtdigits.core.store.store import Store
from qtdigits.core.training import TrainingConfig
from qtdigits.core.verdict import UNREAD
from qtdigits.ml.datasets import TrainingData, read_training_data

CONFIG = TrainingConfig(renderings=2, validation_share=0.2)


def read(source: str) -> TrainingData:
    return read_training_data([source], None, CONFIG)


def own_drawings(person: str, count: int) -> None:
    """Labelled drawings of a person in the store: bars that lean, each in its own way."""
    store = Store.open()
    names = [one.name for one in (store.people.current(), *store.people.all())]
    whose = store.people.named(person) if person in names else store.people.add(person)
    now = datetime.now().astimezone()
    entries = [
        HistoryEntry(0, Ink.from_json([[[0, 0], [n, 90 + len(person)]]]), UNREAD, now, n % 10)
        for n in range(count)
    ]
    unlabelled = HistoryEntry(0, Ink.from_json([[[0, 0], [90, 1]]]), UNREAD, now)
    store.drawings.add([*entries, unlabelled], whose.id)
    store.close()


def test_own_labelled_drawings_are_learnt_from_and_nobody_elses() -> None:
    own_drawings("Me", 40)
    own_drawings("Anna", 50)
    mine, hers = read("drawings"), read("drawings:anna")
    for data, count in ((mine, 40), (hers, 50)):
        learnt = len(data.labels) // CONFIG.renderings
        assert learnt + len(data.validation_labels) == count
        assert set(data.labels.tolist()) == set(range(10))


def test_without_own_labelled_drawings_there_is_nothing_to_learn() -> None:
    with pytest.raises(ValueError, match="no drawings of yours yet"):
        read("drawings")
    own_drawings("Me", 0)
    with pytest.raises(ValueError, match="none of the drawings of Me has a label"):
        read("drawings")
    with pytest.raises(ValueError, match="nobody called 'Otto'"):
        read("drawings:Otto")

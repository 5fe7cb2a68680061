"""What a data file holds is found out, and why it cannot be learnt from, before it is."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from qtdigits.core.data_summary import DRAWINGS, summarize
from qtdigits.core.history import HistoryEntry
from qtdigits.core.ink import Ink
from qtdigits.core.store.store import Store
from qtdigits.core.verdict import UNREAD

RNG = np.random.default_rng(5)


def archive(path: Path, labels: list[int], *, blank: bool = False) -> Path:
    images = np.zeros((len(labels), 28, 28), np.uint8)
    if not blank:
        images[:, 8:20, 12:16] = RNG.integers(100, 255, (len(labels), 12, 4), np.uint8)
    np.savez(path, x_train=images, y_train=np.array(labels, np.uint8))
    return path


def test_usable_file_is_counted_by_digit(tmp_path: Path) -> None:
    found = summarize(archive(tmp_path / "a.npz", [0, 1, 1, 7] * 10))
    assert (found.problem, found.count) == ("", 40)
    assert found.per_digit == (10, 20, 0, 0, 0, 0, 0, 10, 0, 0)
    assert found.samples is not None
    assert found.samples.shape == (3, 28, 28)


@pytest.mark.parametrize(
    ("labels", "reason"),
    [
        ([3, 4, 5], "only 3 digits"),
        ([4] * 50, "only pictures of 4"),
    ],
)
def test_too_little_is_refused_with_the_reason(
    tmp_path: Path, labels: list[int], reason: str
) -> None:
    assert reason in summarize(archive(tmp_path / "a.npz", labels)).problem


def test_blank_pictures_are_refused(tmp_path: Path) -> None:
    found = summarize(archive(tmp_path / "a.npz", [1, 2] * 20, blank=True))
    assert found.problem == "All its pictures are blank."


@pytest.mark.parametrize("content", [b"", b"nonsense", b"PK\x03\x04nonsense"])
def test_damaged_file_gives_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.npz"
    path.write_bytes(content)
    problem = summarize(path).problem
    assert problem[0].isupper()
    assert problem.endswith(".")


def test_missing_file_gives_a_sentence(tmp_path: Path) -> None:
    assert summarize(tmp_path / "none.npz").problem


def draw(label: int | None, count: int) -> None:
    """So many drawings of who is at the desk, each of its own."""
    entries = [
        HistoryEntry(
            0, Ink.from_json([[[n, label or 0], [n + 9, 90]]]), UNREAD, datetime.now(UTC), label
        )
        for n in range(count)
    ]
    store = Store.open()
    store.drawings.add(entries, store.people.current().id)
    store.close()


def test_own_drawings_with_a_label_are_counted_by_digit() -> None:
    draw(None, 4)
    assert "None has a label yet" in summarize(DRAWINGS).problem
    draw(7, 3)
    draw(2, 1)
    found = summarize(DRAWINGS)
    assert (found.problem, found.count) == ("", 4)
    assert found.per_digit == (0, 0, 1, 0, 0, 0, 0, 3, 0, 0)
    assert found.samples is not None
    assert found.samples.shape == (2, 28, 28)


def test_without_any_drawing_there_is_nothing_to_learn_from() -> None:
    assert "None has a label yet" in summarize(DRAWINGS).problem

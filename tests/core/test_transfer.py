"""Drawings out and in again: nothing lost, nothing twice, nothing half."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from qtdigits.core.data_files.reader import read_digit_set
from qtdigits.core.history import HistoryEntry, Origin
from qtdigits.core.prediction import Verdict
from qtdigits.core.raster import rasterize
from qtdigits.core.samples import sample_drawings
from qtdigits.core.store.query import HistoryQuery, Order
from qtdigits.core.store.store import Store
from qtdigits.core.transfer.export import export_drawings
from qtdigits.core.transfer.imports import Imported, import_drawings
from qtdigits.core.transfer.progress import reported

MakeDrawing = Callable[..., HistoryEntry]
KINDS = ["out.jsonl.gz", "out.jsonl", "out.npz", "out"]
ME = 1


@pytest.fixture
def own(make_drawing: MakeDrawing) -> list[HistoryEntry]:
    """The sample drawings as somebody's own, the last two without a label."""
    template = make_drawing()
    samples = sample_drawings()
    return [
        replace(template, ink=one.ink, label=one.digit if at < len(samples) - 2 else None)
        for at, one in enumerate(samples)
    ]


def stored(store: Store) -> list[HistoryEntry]:
    return list(store.drawings.iterate(HistoryQuery(ME, order=Order.OLDEST)))


@pytest.mark.parametrize("name", KINDS)
def test_exported_drawings_come_in_again_once(
    own: list[HistoryEntry], store: Store, tmp_path: Path, name: str
) -> None:
    out = tmp_path / name
    done = export_drawings(own, "Anna", out)
    labelled = [one for one in own if one.label is not None]
    expected = own if "jsonl" in name else labelled
    assert (done.drawings, done.left_out) == (len(expected), len(own) - len(expected))
    assert import_drawings(out, store, ME) == Imported(len(expected), 0, 0)
    assert import_drawings(out, store, ME) == Imported(0, len(expected), 0)
    entries = sorted(stored(store), key=lambda one: json.dumps(one.ink.to_json()))
    for entry, drawn in zip(
        entries, sorted(expected, key=lambda one: json.dumps(one.ink.to_json())), strict=True
    ):
        assert entry.ink.to_json() == drawn.ink.to_json()
        assert (entry.label, entry.created) == (drawn.label, drawn.created)
        assert (entry.origin, entry.prediction.verdict) == (Origin.IMPORTED, Verdict.UNREAD)


@pytest.mark.parametrize("name", ["out.jsonl.gz", "out.npz", "out"])
def test_exported_labelled_drawings_are_data_to_learn_from(
    own: list[HistoryEntry], tmp_path: Path, name: str
) -> None:
    labelled = [one for one in own if one.label is not None]
    export_drawings(labelled, "Anna", tmp_path / name)
    digit_set = read_digit_set(tmp_path / name, "train")
    assert sorted(digit_set.labels.tolist()) == sorted(one.label or 0 for one in labelled)
    wanted = {np.rint(rasterize(one.ink) * 255).astype(np.uint8).tobytes() for one in labelled}
    assert {image.tobytes() for image in digit_set.images} == wanted


def test_strokes_file_has_the_fields_of_the_format(own: list[HistoryEntry], tmp_path: Path) -> None:
    export_drawings(own, "Anna", tmp_path / "out.jsonl.gz")
    lines = gzip.decompress((tmp_path / "out.jsonl.gz").read_bytes()).decode().splitlines()
    first = json.loads(lines[0])
    assert (first["label"], first["writer"]) == (own[0].label, "Anna")
    assert first["strokes"] == own[0].ink.to_json()


@pytest.mark.parametrize("name", KINDS)
def test_export_that_fails_leaves_nothing(
    own: list[HistoryEntry], tmp_path: Path, name: str
) -> None:
    def broken() -> object:
        yield own[0]
        raise ValueError("the drawings cannot be read")

    folder = tmp_path / "exports"
    folder.mkdir()
    with pytest.raises(ValueError, match="cannot be read"):
        export_drawings(broken(), "Anna", folder / name)  # type: ignore[arg-type] # a generator
    assert list(folder.iterdir()) == []


def test_export_that_fails_leaves_the_older_file(own: list[HistoryEntry], tmp_path: Path) -> None:
    out = tmp_path / "out.npz"
    out.write_bytes(b"older")
    with pytest.raises(ValueError, match="no labelled drawings to export"):
        export_drawings([replace(own[0], label=None)], "Anna", out)
    assert out.read_bytes() == b"older"


def test_folder_that_exists_and_unknown_names_are_refused(
    own: list[HistoryEntry], tmp_path: Path
) -> None:
    (tmp_path / "there").mkdir()
    with pytest.raises(ValueError, match="exists already"):
        export_drawings(own, "Anna", tmp_path / "there")
    with pytest.raises(ValueError, match=r"end it in \.jsonl\.gz"):
        export_drawings(own, "Anna", tmp_path / "drawings.csv")
    with pytest.raises(ValueError, match="make it first"):
        export_drawings(own, "Anna", tmp_path / "none" / "out.npz")


def test_broken_line_imports_nothing(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "drawings.jsonl"
    file.write_text('{"label": 1, "strokes": [[[0, 0], [1, 5]]]}\n{"label": 1, "strokes": 7}\n')
    with pytest.raises(ValueError, match="line 2"):
        import_drawings(file, store, ME)
    assert stored(store) == []


def test_letters_and_empty_drawings_are_left_out(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "drawings.jsonl"
    lines = [
        {"label": "B", "strokes": [[[0, 0], [1, 5]]]},
        {"label": 3, "strokes": []},
        {"strokes": [[[0, 0], [1, 6]]]},
        {"label": 3, "strokes": [[[0, 0], [1, 7]]], "created": "not a time"},
    ]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert import_drawings(file, store, ME) == Imported(2, 0, 2)
    assert [one.label for one in stored(store)] == [None, 3]


@pytest.mark.parametrize("name", ["mnist.npz", "folder", "note.txt", "missing", "damaged.npz"])
def test_what_holds_no_strokes_is_refused_in_a_sentence(
    store: Store, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    if name == "mnist.npz":
        np.savez(path, x_train=np.zeros((3, 28, 28), np.uint8), y_train=np.zeros(3, np.uint8))
    elif name == "damaged.npz":
        np.savez(path, strokes=np.frombuffer(b"no gzip at all", np.uint8))
    elif name == "folder":
        (path / "7").mkdir(parents=True)
        Image.new("L", (28, 28)).save(path / "7" / "a.png")
    elif name == "note.txt":
        path.write_text("hello")
    with pytest.raises(ValueError, match=name):
        import_drawings(path, store, ME)
    assert stored(store) == []


def test_import_that_is_ended_from_outside_adds_nothing(
    own: list[HistoryEntry], store: Store, tmp_path: Path
) -> None:
    out = tmp_path / "out.jsonl"
    export_drawings(own, "Anna", out)
    heard: list[int] = []

    def end_at_three(done: int) -> None:
        heard.append(done)
        if done == 3:
            raise ValueError("enough")

    with pytest.raises(ValueError, match="enough"):
        import_drawings(out, store, ME, end_at_three)
    assert heard == [1, 2, 3]
    assert stored(store) == []


@pytest.mark.parametrize("name", KINDS)
def test_export_that_is_ended_from_outside_leaves_nothing(
    own: list[HistoryEntry], tmp_path: Path, name: str
) -> None:
    def end_at_three(done: int) -> None:
        if done == 3:
            raise ValueError("enough")

    folder = tmp_path / "exports"
    folder.mkdir()
    with pytest.raises(ValueError, match="enough"):
        export_drawings(reported(own, end_at_three), "Anna", folder / name)
    assert list(folder.iterdir()) == []

"""qtdigits history: list, export and import from the command line."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from qtdigits.__main__ import main
from qtdigits.core.history import HistoryEntry
from qtdigits.core.prediction import Prediction, Verdict
from qtdigits.core.samples import sample_drawings
from qtdigits.core.store.store import Store, store_path


@pytest.fixture
def drawings() -> int:
    """The samples, drawn by Anna, each read as a 3; returns how many."""
    store = Store.open()
    store.people.current()
    anna = store.people.add("Anna")
    read = Prediction((0.0, 0.0, 0.0, 0.93, *[0.07 / 6] * 6), Verdict.DIGIT, (3,))
    noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
    samples = sample_drawings()
    store.drawings.add(
        [HistoryEntry(0, one.ink, read, noon, one.digit, "ab") for one in samples], anna.id
    )
    store.close()
    return len(samples)


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["history", *arguments]) == 0
    return capsys.readouterr().out


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["history", *arguments]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    (sentence,) = printed.err.splitlines()
    return sentence


def test_list_shows_all_people_and_who_is_at_the_desk(
    drawings: int, capsys: pytest.CaptureFixture[str]
) -> None:
    anna, me = said(capsys, "list").splitlines()
    assert anna.startswith(f"  Anna  {drawings} drawings, {drawings} labelled, ")
    assert me == "* Me    0 drawings, 0 labelled"


def test_list_of_a_person_has_their_drawings_newest_first(
    drawings: int, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = said(capsys, "list", "--person", "anna").splitlines()
    assert len(lines) == drawings
    assert lines[0].split()[0] == str(drawings)
    about = json.loads(said(capsys, "list", "--person", "Anna", "--json"))
    assert (about["person"], len(about["drawings"])) == ("Anna", drawings)
    assert about["drawings"][0]["digit"] == 3


def test_drawings_go_from_one_person_to_another(
    drawings: int, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    out = tmp_path / "anna.jsonl.gz"
    assert f"{drawings} drawings of Anna" in said(capsys, "export", "--person", "Anna", str(out))
    done = json.loads(said(capsys, "import", str(out), "--json"))
    assert done == {"person": "Me", "added": drawings, "duplicates": 0, "left_out": 0}
    done = json.loads(said(capsys, "import", str(out), "--json"))
    assert (done["added"], done["duplicates"]) == (0, drawings)


def test_export_as_json_tells_what_was_left_out(
    drawings: int, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    out = tmp_path / "anna.npz"
    done = json.loads(said(capsys, "export", "--person", "Anna", str(out), "--json"))
    assert done == {"file": str(out), "kind": "arrays", "drawings": drawings, "left_out": 0}


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["export", "--person", "Otto", "out.npz"], "nobody called 'Otto'"),
        (["export", "out.npz"], "label some first"),
        (["import", "missing.jsonl"], "missing.jsonl does not exist"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    drawings: int, capsys: pytest.CaptureFixture[str], arguments: list[str], why: str
) -> None:
    assert why in refused(capsys, *arguments)


def test_without_drawings_there_is_nothing_to_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert "no drawings of yours yet" in refused(capsys, "list")


def test_import_where_nothing_can_be_saved_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    store_path().parent.parent.mkdir(parents=True, exist_ok=True)
    store_path().parent.write_text("a file in the folder's place")
    file = tmp_path / "one.jsonl"
    file.write_text('{"label": 1, "strokes": [[[0, 0], [1, 5]]]}\n')
    assert "cannot be saved" in refused(capsys, "import", str(file))

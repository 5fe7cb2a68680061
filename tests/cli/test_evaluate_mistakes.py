"""qtdigits evaluate shows what was read wrong, by whom it was written, and on a contact sheet."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from qtdigits.__main__ import main

pytestmark = pytest.mark.usefixtures("network")

BAR = [[[0, 0], [0, 9]]]
SQUARE = [[[0, 0], [9, 0], [9, 9], [0, 9], [0, 0]]]


def write(path: Path, *drawings: tuple[object, str, object]) -> str:
    """A strokes file of drawings: label, writer, strokes."""
    lines = [
        json.dumps({"label": label, "writer": writer, "strokes": strokes})
        for label, writer, strokes in drawings
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


@pytest.fixture
def two_writers(tmp_path: Path) -> str:
    """Anna's are read right but for one; of Ben's both are not."""
    return write(
        tmp_path / "pen.jsonl",
        (1, "anna", BAR),
        (0, "anna", SQUARE),
        (6, "anna", SQUARE),
        (7, "ben", BAR),
        (3, "ben", SQUARE),
    )


def run_json(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert main(["evaluate", "--json", *arguments]) == 0
    result: dict[str, Any] = json.loads(capsys.readouterr().out)
    return result


def test_mistakes_name_their_place_the_most_confident_first(
    two_writers: str, capsys: pytest.CaptureFixture[str]
) -> None:
    first, *rest = run_json(capsys, two_writers)["mistakes"]
    assert first == {
        "file": two_writers,
        "line": 4,
        "writer": "ben",
        "label": "7",
        "answer": 1,
        "confidence": 0.9,
        "verdict": "digit",
    }
    assert [(one["line"], one["verdict"]) for one in rest] == [(3, "unsure"), (5, "unsure")]


def test_mistake_in_a_folder_names_the_picture(
    one_png: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "set" / "7").mkdir(parents=True)
    shutil.copy(one_png, tmp_path / "set" / "7" / "anna.png")
    (mistake,) = run_json(capsys, str(tmp_path / "set"))["mistakes"]
    assert mistake["name"] == str(Path("7") / "anna.png")


def test_non_digits_alone_list_what_was_taken_for_a_digit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path / "x.jsonl", ("x", "", BAR), ("x", "", [[[0, 0], [9, 0]]]))
    (mistake,) = run_json(capsys, path)["mistakes"]
    assert (mistake["line"], mistake["label"], mistake["answer"]) == (1, "x", 1)


def test_mistakes_of_several_files_stand_together(
    two_writers: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = write(tmp_path / "other.jsonl", (4, "", BAR), ("x", "", BAR))
    result = run_json(capsys, two_writers, other)
    assert [one["label"] for one in result["mistakes"]] == ["7", "4", "6", "3"]
    assert [len(one["mistakes"]) for one in result["sets"]] == [3, 1]


def test_at_most_a_hundred_mistakes_are_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path / "pen.jsonl", *[(5, "", BAR)] * 120)
    result = run_json(capsys, path)
    assert (result["errors"], len(result["mistakes"])) == (120, 100)


def test_writers_come_worst_first(two_writers: str, capsys: pytest.CaptureFixture[str]) -> None:
    writers = run_json(capsys, two_writers)["per_writer"]
    assert list(writers) == ["ben", "anna"]
    assert writers["ben"] == {"n": 2, "right": 0, "accuracy": 0.0}
    assert writers["anna"]["accuracy"] == pytest.approx(2 / 3)


def test_text_lists_the_worst_writers(two_writers: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", two_writers]) == 0
    lines = capsys.readouterr().out.splitlines()
    at = next(number for number, line in enumerate(lines) if "read worst" in line)
    assert lines[at - 1].split(None, 1) == ["writers", "2, 0 of them read without an error"]
    assert "ben" in lines[at]
    assert "(0 of 2)" in lines[at]
    assert "anna" in lines[at + 1]


def test_sheet_has_a_cell_for_each_mistake(
    two_writers: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "sheet.png"
    assert main(["evaluate", "--json", "--sheet", str(file), two_writers]) == 0
    assert json.loads(capsys.readouterr().out)["errors"] == 3
    with Image.open(file) as sheet:
        cells = np.asarray(sheet.convert("L"))[40:160].reshape(120, 5, 136)
    assert (cells.min(axis=(0, 2)) < 60).tolist() == [True, True, True, False, False]


def test_sheet_without_mistakes_says_so(tmp_path: Path) -> None:
    path = write(tmp_path / "pen.jsonl", (1, "", BAR))
    assert main(["evaluate", "--sheet", str(tmp_path / "sheet.png"), path]) == 0
    assert (tmp_path / "sheet.png").exists()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("sheet.jpg", "does not end in .png"),
        ("gone/sheet.png", "does not exist"),
        ("folder.png", "is a folder"),
    ],
)
def test_sheet_in_a_bad_place_is_refused_first(
    name: str,
    words: str,
    two_writers: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "folder.png").mkdir()
    assert main(["evaluate", "--sheet", str(tmp_path / name), two_writers]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    (sentence,) = captured.err.splitlines()
    assert words in sentence

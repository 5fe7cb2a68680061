"""qtdigits numbers composes numbers, and qtdigits evaluate measures how they are read."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from qtdigits.cli import number_figures
from qtdigits.cli.parser import run_command
from qtdigits.core.synthetic_pen import synthetic_digits, tracks_to_ink

NUMBERS = (
    '{"label": "11", "writer": "anna", "kind": "apart", "strokes": '
    "[[[0, 0], [0, 9]], [[20, 0], [20, 9]]]}\n"
    '{"label": "11", "writer": "ben", "kind": "touching", "strokes": '
    "[[[0, 0], [0, 9]], [[20, 0], [20, 9]], [[40, 0], [40, 9]]]}\n"
    '{"label": "1", "writer": "ben", "kind": "apart", "strokes": [[[0, 0], [0, 9]]]}\n'
    '{"label": "1a", "writer": "ben", "strokes": [[[0, 0], [0, 9]]]}\n'
)


@pytest.fixture
def digits_file(tmp_path: Path) -> Path:
    path = tmp_path / "digits.jsonl"
    lines = [
        json.dumps({"label": label, "writer": "anna", "strokes": tracks_to_ink(tracks).to_json()})
        for label, tracks in synthetic_digits(40, 3)
    ]
    path.write_text("\n".join(lines))
    return path


@pytest.fixture
def numbers_file(tmp_path: Path, network: object, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two elevens, of which one has a third stroke, a one, and something else."""
    monkeypatch.setattr(number_figures, "load_network", lambda path: network)
    path = tmp_path / "numbers.jsonl"
    path.write_text(NUMBERS)
    return path


def read_lines(path: Path) -> list[dict[str, Any]]:
    content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in content.decode().splitlines()]


def measured(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert run_command(["evaluate", *arguments, "--json"]) == 0
    result: dict[str, Any] = json.loads(capsys.readouterr().out)
    return result


def test_make_tells_what_it_made_as_one_json_object(
    digits_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "numbers.jsonl"
    command = ["numbers", "--make", str(digits_file), "--out", str(out), "--count", "2"]
    assert run_command([*command, "--spacing", "close", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "out": str(out),
        "pictures": None,
        "numbers": 2,
        "pages": 0,
        "spacing": ["close"],
    }


def test_make_saves_numbers_of_each_spacing(
    digits_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "numbers.jsonl.gz"
    arguments = ["numbers", "--make", str(digits_file), "--out", str(out), "--count", "3"]
    assert run_command(arguments) == 0
    lines = read_lines(out)
    assert [line["kind"] for line in lines] == ["apart"] * 3 + ["close"] * 3 + ["touching"] * 3
    assert all(2 <= len(line["label"]) <= 6 and line["label"].isdigit() for line in lines)
    assert "9 numbers" in capsys.readouterr().out
    first = out.read_bytes()
    assert run_command(arguments) == 0
    assert out.read_bytes() == first


def test_make_may_have_one_spacing(digits_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "numbers.jsonl"
    arguments = ["numbers", "--make", str(digits_file), "--out", str(out)]
    assert run_command([*arguments, "--spacing", "close", "--count", "2"]) == 0
    assert [line["kind"] for line in read_lines(out)] == ["close", "close"]


def test_make_leaves_out_lines(
    digits_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    labels = [line["label"] for line in read_lines(digits_file)]
    out = tmp_path / "numbers.jsonl"
    arguments = ["numbers", "--make", str(digits_file), "--out", str(out), "--count", "20"]
    zeros = ",".join(str(at) for at, label in enumerate(labels, start=1) if label == 0)
    assert run_command([*arguments, "--leave-out", zeros]) == 0
    assert not any("0" in line["label"] for line in read_lines(out))
    assert f"left out {labels.count(0)} of the drawings" in capsys.readouterr().err


def test_make_names_a_line_that_is_not_there(
    digits_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "numbers.jsonl"
    arguments = ["numbers", "--make", str(digits_file), "--out", str(out)]
    assert run_command([*arguments, "--leave-out", "3, 40-42"]) == 2
    assert "no drawing in line 41" in capsys.readouterr().err
    assert not out.exists()


def test_make_without_enough_digits_names_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    few = tmp_path / "few.jsonl"
    few.write_text('{"label": 1, "strokes": [[[0, 0], [0, 9]]]}\n')
    out = tmp_path / "numbers.jsonl"
    assert run_command(["numbers", "--make", str(few), "--out", str(out)]) == 2
    assert "few.jsonl" in capsys.readouterr().err
    assert not out.exists()


def test_make_never_replaces_the_digits(
    digits_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = digits_file.read_bytes()
    arguments = ["numbers", "--make", str(digits_file), "--out", str(digits_file)]
    assert run_command(arguments) == 2
    assert "give two files" in capsys.readouterr().err
    assert digits_file.read_bytes() == before


def test_evaluate_counts_whole_numbers_and_their_digits(
    numbers_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    result = measured(capsys, str(numbers_file))
    assert (result["n"], result["errors"], result["digits"]) == (3, 1, 5)
    assert result["accuracy"] == pytest.approx(2 / 3)
    assert result["digit_accuracy"] == 1.0
    assert result["components"]["accuracy"] == pytest.approx(2 / 3)
    assert result["skipped"] == 1
    assert result["kinds"]["apart"]["n"] == 2
    assert result["kinds"]["touching"]["accuracy"] == 0.0
    assert result["mistakes"] == [{"place": "line 2", "label": "11", "answer": "111"}]
    assert result["model"]["name"] == "fake"


def test_evaluate_shows_a_row_for_each_kind(
    numbers_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["evaluate", str(numbers_file)]) == 0
    shown = capsys.readouterr()
    rows = [line.split()[:2] for line in shown.out.splitlines()[2:]]
    assert rows == [["apart", "2"], ["touching", "1"], ["all", "3"]]
    assert "left out 1 drawing" in shown.err


def test_evaluate_limits_numbers(numbers_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert measured(capsys, str(numbers_file), "--limit", "2")["n"] == 2


def test_evaluate_refuses_numbers_among_digits(
    numbers_file: Path, strokes_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["evaluate", str(numbers_file), str(strokes_file)]) == 2
    assert "one at a time" in capsys.readouterr().err


def test_evaluate_refuses_what_is_for_digits_only(
    numbers_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(["evaluate", str(numbers_file), "--sweep"]) == 2
    assert "--sweep is for single digits" in capsys.readouterr().err

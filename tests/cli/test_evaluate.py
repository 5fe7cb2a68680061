"""qtdigits evaluate reports the figures of each of the data and of all together."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from qtdigits.__main__ import main
from qtdigits.cli.reading import load_network

BAR = "[[0, 0], [0, 9]]"
SQUARE = "[[0, 0], [9, 0], [9, 9], [0, 9], [0, 0]]"
DASH = "[[0, 0], [9, 0]]"

pytestmark = pytest.mark.usefixtures("network")


def run_json(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert main(["evaluate", "--json", *arguments]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    result: dict[str, Any] = json.loads(captured.out)
    return result


@pytest.fixture
def digits_npz(tmp_path: Path) -> Path:
    """Three upright bars labelled 1, 1 and 7, and a blank image labelled 1."""
    images = np.zeros((4, 28, 28), np.uint8)
    images[:3, 4:24, 13:16] = 255
    np.savez(tmp_path / "bars.npz", x_test=images, y_test=np.array([1, 1, 7, 1]))
    return tmp_path / "bars.npz"


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    path = tmp_path / "letters.jsonl"
    path.write_text(
        '{"label": "Z", "strokes": [[[0, 0], [9, 0]]]}\n'
        '{"label": "x", "strokes": [[[0, 0], [9, 0]]]}\n'
        '{"label": "x", "strokes": [[[0, 0], [0, 9]]]}\n'
    )
    return path


def test_digits_give_accuracy_interval_and_confusion(
    digits_npz: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    result = run_json(capsys, str(digits_npz))
    assert (result["n"], result["accuracy"], result["empty"]) == (4, 0.5, 1)
    assert result["interval"] == pytest.approx([0.1500, 0.8500], abs=1e-4)
    assert (result["confusion"][1][1], result["confusion"][7][1]) == (2, 1)
    assert sum(map(sum, result["confusion"])) == 3
    assert result["ece"] == pytest.approx(abs(2 - 3 * 0.9) / 4)
    assert result["model"] == {"name": "fake", "sha256": "00"}


def test_digits_give_coverage_and_what_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "pen.jsonl").write_text(
        f'{{"label": 1, "strokes": [{BAR}]}}\n'
        f'{{"label": 7, "strokes": [{BAR}]}}\n'
        f'{{"label": 0, "strokes": [{SQUARE}]}}\n'
        f'{{"label": 4, "strokes": [{DASH}]}}\n'
    )
    result = run_json(capsys, str(tmp_path / "pen.jsonl"))
    assert (result["coverage"], result["error_when_sure"]) == (0.5, 0.5)
    assert (result["digits_refused"], result["digits_refused_count"]) == (0.25, 1)
    assert "per_writer" not in result


def test_nothing_sure_has_no_error_when_sure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "pen.jsonl").write_text(f'{{"label": 0, "strokes": [{SQUARE}]}}\n')
    result = run_json(capsys, str(tmp_path / "pen.jsonl"))
    assert (result["coverage"], result["error_when_sure"]) == (0.0, None)


@pytest.mark.parametrize("name", sorted("OoDQIil|/\\!SsZzBbGqgy"))
def test_look_alike_is_told_apart(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = json.dumps({"label": name, "strokes": [[[0, 0], [9, 0]]]})
    (tmp_path / "pen.jsonl").write_text(f'{line}\n{{"label": "x", "strokes": [{BAR}]}}\n')
    result = run_json(capsys, str(tmp_path / "pen.jsonl"))
    assert (result["look_alikes"]["n"], result["look_alikes"]["refused"]) == (1, 1.0)
    assert (result["without_look_alikes"]["n"], result["without_look_alikes"]["refused"]) == (1, 0)


def test_non_digits_give_the_share_refused(
    letters: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    result = run_json(capsys, str(letters))
    assert (result["n"], result["refused"]) == (3, pytest.approx(2 / 3))
    assert result["look_alikes"]["n"] == 1
    assert result["without_look_alikes"]["refused"] == 0.5
    assert "accuracy" not in result


def test_mixed_file_gives_both(strokes_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    result = run_json(capsys, str(strokes_file))
    assert (result["n"], result["accuracy"]) == (2, 1.0)
    assert (result["non_digits"]["n"], result["non_digits"]["refused"]) == (2, 0.5)


def test_several_data_are_reported_one_by_one_and_together(
    digits_npz: Path, letters: Path, strokes_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    result = run_json(capsys, str(digits_npz), str(letters), str(strokes_file))
    assert [one["n"] for one in result["sets"]] == [4, 3, 2]
    assert result["n"] == 6
    assert result["accuracy"] == pytest.approx(4 / 6)
    assert result["non_digits"]["n"] == 5


def test_text_shows_accuracy_and_confusion(
    digits_npz: Path, letters: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", str(digits_npz), str(letters)]) == 0
    out = capsys.readouterr().out
    assert "50.00 %  (95 % interval 15.00 to 85.00 %)" in out
    assert "written \\ read as" in out
    assert "refused            66.67 % of 3" in out


def test_pictures_left_out_are_told(
    one_png: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "set" / "1").mkdir(parents=True)
    shutil.copy(one_png, tmp_path / "set" / "1")
    (tmp_path / "set" / "1" / "notes.txt").write_text("words")
    assert main(["evaluate", "--json", str(tmp_path / "set")]) == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out)["skipped"] == 1
    assert len(captured.err.splitlines()) == 1
    assert "left out 1 of" in captured.err


@pytest.mark.parametrize("name", ["gone.npz", "one.png", ""])
def test_bad_data_give_one_sentence_and_status_2(
    one_png: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert main(["evaluate", str(one_png.parent / name)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert len(captured.err.splitlines()) == 1


def test_missing_part_is_told(digits_npz: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", "--part", "train", str(digits_npz)]) == 2
    assert "no train part" in capsys.readouterr().err


def test_missing_network_is_told_before_keras_is_imported(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="does not exist"):
        load_network(tmp_path / "gone.keras")

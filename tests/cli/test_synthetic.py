"""qtdigits synthetic saves what was asked for, whole or not at all."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

import pytest
from PIL import Image

from qtdigits.cli import synthetic
from qtdigits.cli.arguments import Parser
from qtdigits.cli.errors import BAD_INPUT, guarded
from qtdigits.core.data_files.strokes import read_drawings


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with nothing in it."""
    empty = tmp_path / "drawings"
    empty.mkdir()
    return empty


def run(*arguments: str | Path) -> int:
    """The exit status, as the whole command line gives it."""
    parser: argparse.ArgumentParser = Parser(prog="qtdigits")
    synthetic.add_parser(parser.add_subparsers())
    try:
        args = parser.parse_args(["synthetic", *map(str, arguments)])
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    return guarded(lambda: synthetic.run(args))


def complaint(capsys: pytest.CaptureFixture[str]) -> str:
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err.count("\n") == 1
    return output.err


def test_sheet_is_a_picture_of_all_drawings(folder: Path) -> None:
    file = folder / "sheet.png"
    assert run("--sheet", file, "--count", "45") == 0
    with Image.open(file) as sheet:
        assert sheet.format == "PNG"
        assert sheet.width / 20 == sheet.height / 3


@pytest.mark.parametrize("name", ["pen.jsonl", "pen.jsonl.gz"])
def test_strokes_file_can_be_read_back(folder: Path, name: str) -> None:
    assert run("--out", folder / name, "--count", "40") == 0
    labels = Counter(drawing.digit for drawing in read_drawings(folder / name))
    assert labels == dict.fromkeys(range(10), 4)


def test_json_is_one_object(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = folder / "pen.jsonl"
    assert run("--out", file, "--count", "3", "--seed", "8", "--json") == 0
    assert json.loads(capsys.readouterr().out) == {
        "sheet": None,
        "out": str(file),
        "kind": "digits",
        "count": 3,
        "seed": 8,
    }


def test_non_digits_have_names_for_labels(folder: Path) -> None:
    file = folder / "pen.jsonl"
    assert run("--out", file, "--kind", "non-digits", "--count", "30") == 0
    assert all(drawing.digit == -1 for drawing in read_drawings(file))


@pytest.mark.parametrize("kind", ["digits", "non-digits"])
def test_same_seed_gives_same_files(folder: Path, kind: str) -> None:
    for name in ("a", "b"):
        out, sheet = folder / f"{name}.jsonl.gz", folder / f"{name}.png"
        assert run("--out", out, "--sheet", sheet, "--seed", "7", "--kind", kind) == 0
    for suffix in ("jsonl.gz", "png"):
        assert (folder / f"a.{suffix}").read_bytes() == (folder / f"b.{suffix}").read_bytes()


def test_nothing_but_the_file_is_left_behind(folder: Path) -> None:
    assert run("--out", folder / "pen.jsonl", "--count", "3") == 0
    assert [file.name for file in folder.iterdir()] == ["pen.jsonl"]


def test_nowhere_to_draw_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == BAD_INPUT
    assert "give --sheet" in complaint(capsys)


def test_sheet_that_is_no_png_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--sheet", folder / "sheet.gif") == BAD_INPUT
    assert ".png" in complaint(capsys)


def test_missing_folder_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--out", folder / "nowhere" / "pen.jsonl") == BAD_INPUT
    assert "does not exist" in complaint(capsys)


def test_folder_in_place_of_a_file_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--out", folder) == BAD_INPUT
    assert "is a folder" in complaint(capsys)


def test_one_file_for_both_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = folder / "both.png"
    assert run("--sheet", file, "--out", file) == BAD_INPUT
    assert "two files" in complaint(capsys)


@pytest.mark.parametrize(
    "arguments",
    [("--count", "0"), ("--count", "many"), ("--count", "1000001"), ("--seed", "-1")],
)
def test_number_out_of_range_is_refused(
    arguments: tuple[str, str], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--out", folder / "pen.jsonl", *arguments) == BAD_INPUT
    assert "whole number" in complaint(capsys)


def test_sheet_of_too_many_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--sheet", folder / "sheet.png", "--count", "5001") == BAD_INPUT
    assert "at most 5,000" in complaint(capsys)
    assert not list(folder.iterdir())


def test_failed_write_leaves_no_draft(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    assert run("--out", folder / "pen.jsonl", "--count", "3") == BAD_INPUT
    assert "No space left" in complaint(capsys)
    assert not list(folder.iterdir())

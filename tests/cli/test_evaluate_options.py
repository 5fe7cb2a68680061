"""qtdigits evaluate: another network beside, held-out writers, samples, and sweeps."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pytest
from PIL import Image

from qtdigits.__main__ import main
from qtdigits.core.held_out import held_out_writers
from qtdigits.core.model_card import ModelCard

pytestmark = pytest.mark.usefixtures("network")

BAR = [[[0, 0], [0, 9]]]
WRITERS = [f"w{number}" for number in range(20)]
COMPARE = ("--compare", "eights.keras")


class HasCard(Protocol):
    card: ModelCard


def run_json(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert main(["evaluate", "--json", *arguments]) == 0
    result: dict[str, Any] = json.loads(capsys.readouterr().out)
    return result


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["evaluate", *arguments]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    (sentence,) = captured.err.splitlines()
    return sentence


@pytest.fixture
def bars(tmp_path: Path) -> str:
    """A one by each of twenty writers."""
    lines = [json.dumps({"label": 1, "writer": name, "strokes": BAR}) for name in WRITERS]
    (tmp_path / "bars.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return str(tmp_path / "bars.jsonl")


@pytest.fixture
def archive(tmp_path: Path) -> str:
    """A train part of forty ones."""
    images = np.zeros((40, 28, 28), np.uint8)
    images[:, 4:24, 13:16] = 255
    np.savez(tmp_path / "ones.npz", x_train=images, y_train=np.ones(40, np.int64))
    return str(tmp_path / "ones.npz")


@pytest.fixture
def writers_npz(tmp_path: Path) -> str:
    names = np.repeat(np.arange(20), 2)
    np.savez(tmp_path / "writers.npz", train_writer=names, test_writer=names[:4])
    return str(tmp_path / "writers.npz")


def test_comparison_gives_both_accuracies_and_words(
    bars: str, capsys: pytest.CaptureFixture[str]
) -> None:
    result = run_json(capsys, bars, *COMPARE)
    assert result["compared_with"] == {"name": "eights", "sha256": "08"}
    assert result["accuracy"] == 1.0
    compared = result["compare"]
    assert (compared["accuracy"], compared["verdict"]) == (0.0, "better")
    assert compared["interval"][0] == 0.0
    assert compared["p"] == pytest.approx(2 / 2**20)
    assert (compared["only_this_right"], compared["only_other_right"]) == (20, 0)


def test_comparison_on_few_images_is_not_clear(
    bars: str, capsys: pytest.CaptureFixture[str]
) -> None:
    result = run_json(capsys, bars, *COMPARE, "--limit", "5")
    assert result["compare"]["verdict"] == "no clear difference"


def test_comparison_on_non_digits_is_of_those_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = '{"label": "x", "strokes": [[[0, 0], [9, 0]]]}\n'
    (tmp_path / "x.jsonl").write_text(line * 10)
    result = run_json(capsys, str(tmp_path / "x.jsonl"), *COMPARE)
    assert (result["refused"], result["compare"]["refused"]) == (1.0, 0.0)
    assert result["compare"]["verdict"] == "better"


def test_text_names_the_verdict(bars: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", bars, *COMPARE]) == 0
    out = capsys.readouterr().out
    assert "compared with it   better  (p = 1.9e-06; 20 right only here, 0 there)" in out


def test_held_out_part_is_what_training_kept_back(
    bars: str, capsys: pytest.CaptureFixture[str]
) -> None:
    result = run_json(capsys, bars, "--part", "held-out")
    assert set(result["per_writer"]) == held_out_writers(WRITERS, 0.1)


def test_held_out_part_follows_the_model_card(
    bars: str, network: HasCard, capsys: pytest.CaptureFixture[str]
) -> None:
    network.card = replace(network.card, settings={"validation_share": 0.25, "fold": 2})
    result = run_json(capsys, bars, "--part", "held-out")
    assert set(result["per_writer"]) == held_out_writers(WRITERS, 0.25, 2)


@pytest.mark.parametrize("settings", [{"validation_share": 0}, {"fold": -1}, {"fold": "first"}])
def test_senseless_settings_on_the_card_are_told(
    settings: dict[str, object], bars: str, network: HasCard, capsys: pytest.CaptureFixture[str]
) -> None:
    network.card = replace(network.card, settings=settings)
    assert "the model card of fake" in refused(capsys, bars, "--part", "held-out")


def test_held_out_part_of_an_archive_needs_its_writers(
    archive: str, writers_npz: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "names no writers" in refused(capsys, archive, "--part", "held-out")
    result = run_json(capsys, archive, "--part", "held-out", "--writers", writers_npz)
    assert set(result["per_writer"]) == held_out_writers([str(n) for n in range(20)], 0.1)
    assert result["n"] == 4


def test_held_out_part_of_one_writer_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = json.dumps({"label": 1, "writer": "anna", "strokes": BAR})
    (tmp_path / "anna.jsonl").write_text(f"{line}\n{line}\n")
    assert "only one writer" in refused(capsys, str(tmp_path / "anna.jsonl"), "--part", "held-out")


def test_comparing_with_other_held_out_writers_is_told(
    bars: str, network: HasCard, capsys: pytest.CaptureFixture[str]
) -> None:
    network.card = replace(network.card, settings={"fold": 1})
    assert main(["evaluate", bars, "--part", "held-out", *COMPARE]) == 0
    (sentence,) = capsys.readouterr().err.splitlines()
    assert "eights kept back other writers than fake" in sentence


def test_writers_give_accuracy_by_writer(
    archive: str, writers_npz: str, capsys: pytest.CaptureFixture[str]
) -> None:
    result = run_json(capsys, archive, "--part", "train", "--writers", writers_npz)
    assert len(result["per_writer"]) == 20


def test_writers_of_other_images_are_refused(
    bars: str, writers_npz: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "the writers of 4 images" in refused(capsys, bars, "--writers", writers_npz)


def test_file_without_writers_is_refused(archive: str, capsys: pytest.CaptureFixture[str]) -> None:
    sentence = refused(capsys, archive, "--part", "train", "--writers", archive)
    assert "does not name the writers" in sentence


def test_limit_draws_the_same_images_for_the_same_seed(
    bars: str, capsys: pytest.CaptureFixture[str]
) -> None:
    runs = [
        set(run_json(capsys, bars, "--limit", "7", "--seed", seed)["per_writer"])
        for seed in ("1", "1", "2")
    ]
    assert [len(one) for one in runs] == [7, 7, 7]
    assert runs[0] == runs[1] != runs[2]


@pytest.mark.parametrize("limit", ["0", "-1", "many"])
def test_senseless_limit_is_refused(
    limit: str, bars: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "whole number" in refused(capsys, bars, "--limit", limit)


def test_sweep_gives_accuracy_along_each_axis(
    bars: str, capsys: pytest.CaptureFixture[str]
) -> None:
    result = run_json(capsys, "--sweep", bars, *COMPARE)
    assert result["n"] == 20
    axes = {(one["varied"], one["axis"]): one for one in result["sweep"]}
    assert {axis for _, axis in axes} == {
        "shift",
        "rotation",
        "slant",
        "size",
        "pen width",
        "noise",
    }
    for one in axes.values():
        assert len(one["values"]) == len(one["accuracy"]) == len(one["compare"])
        assert one["accuracy"][one["values"].index(one["usual"])] == 1.0
        assert set(one["compare"]) == {0.0}


def test_sweep_saves_csv_and_picture(bars: str, archive: str, tmp_path: Path) -> None:
    table, picture = tmp_path / "sweep.csv", tmp_path / "sweep.png"
    saved = ["--csv", str(table), "--picture", str(picture)]
    assert main(["evaluate", "--sweep", "--part", "train", bars, archive, *COMPARE, *saved]) == 0
    with table.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {row["data"] for row in rows} == {bars, archive}
    assert {row["network"] for row in rows} == {"fake", "eights"}
    usual = [row for row in rows if row["axis"] == "shift" and row["value"] == "0"]
    assert [row["accuracy"] for row in usual] == ["1.000000", "0.000000"] * 2
    with Image.open(picture) as drawn:
        assert drawn.width > 1000


def test_sweep_as_text_has_a_row_for_each_network(
    bars: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", "--sweep", bars, *COMPARE]) == 0
    out = capsys.readouterr().out
    assert "20 digits, read right in %" in out
    assert "pen width of the ink (pixels)" in out
    assert out.count("    fake ") == out.count("    eights ") == 8


def test_names_in_csv_are_no_formulas(
    bars: str, network: HasCard, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    network.card = ModelCard("=1+1", "fake", 0, "", "00")
    table = tmp_path / "sweep.csv"
    assert main(["evaluate", "--sweep", bars, "--csv", str(table)]) == 0
    assert ",'=1+1," in table.read_text(encoding="utf-8")


def test_sweep_without_digits_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.jsonl").write_text('{"label": "x", "strokes": [[[0, 0], [9, 0]]]}\n')
    assert "holds no digits" in refused(capsys, "--sweep", str(tmp_path / "x.jsonl"))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--csv", "a.csv"], "give --sweep too"),
        (["--picture", "a.png"], "give --sweep too"),
        (["--sweep", "--sheet", "a.png"], "give --picture"),
        (["--sweep", "--csv", "a.png"], "does not end in .csv"),
        (["--sweep", "--picture", "a.svg"], "does not end in .png"),
    ],
)
def test_options_that_do_not_fit_are_refused(
    options: list[str], words: str, bars: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert words in refused(capsys, bars, *options)


def test_synthetic_pen_draws_what_is_measured(capsys: pytest.CaptureFixture[str]) -> None:
    result = run_json(capsys, "synthetic:30", *COMPARE)
    assert (result["file"], result["n"]) == ("synthetic:30", 30)
    assert result["compare"]["accuracy"] == 0.1  # one of ten is an eight
    assert [sum(row) for row in result["confusion"]] == [3] * 10


def test_synthetic_pen_draws_at_least_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert "draws 1 to 1,000,000 digits" in refused(capsys, "synthetic:0")

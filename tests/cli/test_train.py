"""qtdigits train: what it refuses, what it prints, what it leaves."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from qtdigits.__main__ import main
from qtdigits.core.model_card import ModelCard, card_path
from qtdigits.core.training import (
    LENET,
    PRESETS,
    Report,
    TrainingConfig,
    TrainingResult,
)

TINY = [
    *("--data", "synthetic:400", "--network", "small", "--epochs", "3", "--batch-size", "32"),
    *("--learning-rate", "0.01", "--averaging", "0.9", "--variation", "0"),
]
"""A training of a moment, which learns all the same."""


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The one sentence on standard error that the arguments are refused with."""
    assert main(["train", *arguments]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    (sentence,) = printed.err.splitlines()
    assert sentence.startswith("qtdigits: ")
    return sentence


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--epochs", "0"], "the epochs must lie from 1 to 1000"),
        (["--epochs", "three"], "invalid int value: 'three'"),
        (["--batch-size", "-4"], "the batch size must lie"),
        (["--learning-rate", "nan"], "the learning rate must lie"),
        (["--learning-rate", "7"], "the learning rate must lie"),
        (["--dropout", "1"], "the dropout must lie"),
        (["--seed", "-1"], "the seed must lie"),
        (["--fold", "-1"], "the fold must lie from 0 to 99"),
        (["--fold", "100"], "the fold must lie from 0 to 99"),
        (["--network", "resnet"], "invalid choice: 'resnet'"),
        (["--preset", "perfect"], "invalid choice: 'perfect'"),
        (["--optimizer", "sgd"], "invalid choice: 'sgd'"),
        (["--target", "99"], "the target is a fraction"),
        (["--target", "nan"], "the target is a fraction"),
        (["--watch", "a.jsonl"], "--watch tells what --events prints"),
        (["--compare", "a.keras"], "--compare tells what --events prints"),
        (["--events", "--json"], "--events prints nothing but events"),
        (["--events", "--target", "0.9"], "--events prints nothing but events"),
        (["--from", "missing.keras"], "has no model card"),
        (["--nonsense"], "unrecognized arguments: --nonsense"),
    ],
)
def test_bad_argument_is_refused_in_one_sentence(
    arguments: list[str], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert words in refused(capsys, "--out", str(tmp_path / "a.keras"), *arguments)


def test_training_without_destination_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert "--out" in refused(capsys)


@pytest.mark.parametrize(
    ("out", "words"),
    [
        ("mine.onnx", "saved as .keras or .h5"),
        ("", "saved as .keras or .h5"),
        ("missing/mine.keras", "does not exist"),
        ("folder.keras", "is a folder"),
    ],
)
def test_bad_destination_is_refused_before_anything_is_read(
    out: str,
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder.keras").mkdir()
    assert words in refused(capsys, "--out", out, "--data", "missing.npz")


@pytest.fixture
def bad_data(tmp_path: Path) -> dict[str, str]:
    """Things that are no data, by name."""
    (tmp_path / "empty").write_bytes(b"")
    (tmp_path / "text").write_text("a letter", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    (tmp_path / "cut.npz").write_bytes(b"PK\x03\x04 and no more")
    (tmp_path / "model.keras").write_bytes(b"\x89HDF\r\n\x1a\n")
    return {path.name: str(path) for path in tmp_path.iterdir()} | {
        "missing": str(tmp_path / "missing"),
        "few": "synthetic:3",
        "huge": "synthetic:99999999999",
    }


@pytest.mark.parametrize(
    "name", ["empty", "text", "folder", "cut.npz", "model.keras", "missing", "few", "huge"]
)
def test_bad_data_are_refused_in_one_sentence(
    name: str, bad_data: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "a.keras"
    assert refused(capsys, "--out", str(out), "--data", bad_data[name])
    assert not out.exists()


@pytest.mark.skipif(os.name != "posix", reason="pipes are POSIX's")
@pytest.mark.parametrize("option", ["--data", "--writers"])
def test_pipe_without_a_writer_is_refused_at_once(
    option: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import numpy as np

    os.mkfifo(tmp_path / "pipe")
    images = np.full((40, 28, 28), 9, np.uint8)
    np.savez(tmp_path / "a.npz", x=images, y=np.arange(40) % 10)
    data = ["--data", str(tmp_path / "a.npz")] if option == "--writers" else []
    sentence = refused(
        capsys, "--out", str(tmp_path / "a.keras"), *data, option, str(tmp_path / "pipe")
    )
    assert "pipe" in sentence


class Trainings(list[TrainingConfig]):
    """Stands in for ml.train.train: notes what was asked for and answers with an accuracy."""

    accuracy = 0.95

    def __call__(
        self,
        data: object,
        config: TrainingConfig,
        out: Path,
        report: Report,
        sources: object,
        **listening: object,
    ) -> TrainingResult:
        self.append(config)
        return TrainingResult(str(out), "small", 1, 1.0, 1, 10, self.accuracy, 0, None)


@pytest.fixture
def trainings(monkeypatch: pytest.MonkeyPatch) -> Trainings:
    from qtdigits.ml import train

    stand_in = Trainings()
    monkeypatch.setattr(train, "train", stand_in)
    return stand_in


def train_fake(tmp_path: Path, *arguments: str) -> int:
    out = str(tmp_path / "a.keras")
    return main(["train", "--out", out, "--data", "synthetic:100", *arguments])


@pytest.mark.parametrize(
    ("arguments", "config"),
    [
        ([], PRESETS["balanced"]),
        (["--preset", "quick"], PRESETS["quick"]),
        (["--preset", "lenet"], LENET),
        (["--network", "lenet"], LENET),
    ],
)
def test_preset_decides_the_recipe(
    arguments: list[str], config: TrainingConfig, tmp_path: Path, trainings: Trainings
) -> None:
    assert train_fake(tmp_path, *arguments) == 0
    assert list(trainings) == [config]


def test_options_change_the_preset(tmp_path: Path, trainings: Trainings) -> None:
    changed = ("--epochs", "7", "--seed", "0", "--dropout", "0", "--fold", "3")
    train_fake(tmp_path, "--preset", "quick", *changed)
    (config,) = trainings
    assert (config.epochs, config.seed, config.dropout, config.fold) == (7, 0, 0.0, 3)
    assert config.network == PRESETS["quick"].network


def test_without_data_the_synthetic_pen_draws_digits_and_non_digits(
    tmp_path: Path, trainings: Trainings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from qtdigits.ml import datasets

    asked: list[str] = []

    def read(sources: Sequence[str], writers: Path | None, config: TrainingConfig) -> None:
        asked.extend(sources)

    monkeypatch.setattr(datasets, "read_training_data", read)
    assert main(["train", "--out", str(tmp_path / "a.keras")]) == 0
    assert asked == ["synthetic:60000", "non-digits:15000"]


@pytest.mark.parametrize(("target", "status"), [("0.9", 0), ("0.95", 0), ("0.96", 1)])
def test_target_that_is_missed_is_status_1(
    target: str,
    status: int,
    tmp_path: Path,
    trainings: Trainings,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert train_fake(tmp_path, "--target", target) == status
    assert ("the target of 96.00% was missed" in capsys.readouterr().err) == (status == 1)


def test_json_is_one_object_also_when_the_target_is_missed(
    tmp_path: Path, trainings: Trainings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert train_fake(tmp_path, "--json", "--target", "1") == 1
    assert json.loads(capsys.readouterr().out)["validation_accuracy"] == 0.95


def test_training_ends_in_a_network_that_can_be_read(tmp_path: Path) -> None:
    out = tmp_path / "mine.h5"
    arguments = ["--out", str(out), *TINY]
    done = subprocess.run(
        [sys.executable, "-m", "qtdigits", "train", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=110,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    started, *epochs = done.stderr.splitlines()
    assert "360 images to learn from, 40 for validation" in started
    assert [line[:14] for line in epochs] == [f"epoch   {n} of 3" for n in (1, 2, 3)]
    assert str(out) in done.stdout

    from qtdigits.ml.recognizer import load_recognizer

    card = load_recognizer(out).card
    assert card == ModelCard.from_json(card_path(out).read_text(encoding="utf-8"))
    assert card.data == ("synthetic:400",)


def test_training_with_json_prints_one_object_and_nothing_else(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "mine.keras"
    status = main(["train", "--out", str(out), "--json", *TINY])
    printed = capfd.readouterr()
    assert (status, printed.err) == (0, "")
    result = json.loads(printed.out)
    assert result["path"] == str(out)
    assert result["epochs"] == 3
    assert result["stopped"] is False
    assert 0 <= result["validation_accuracy"] <= 1
    assert result["test_accuracy"] is None

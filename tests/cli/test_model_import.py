"""qtdigits models import: a file of another program in the library, or one sentence why not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from foreign_networks import h5_file
from hostile_networks import HOSTILE
from qtdigits.__main__ import main
from qtdigits.core.library import ModelLibrary
from qtdigits.core.model_card import card_path


def test_network_of_keras_2_is_in_the_library_and_reads(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = h5_file(tmp_path / "model_Mnist.h5")
    assert main(["models", "import", str(file), "--json"]) == 0
    about = json.loads(capsys.readouterr().out)
    assert (about["name"], about["network"], about["problem"]) == ("model_Mnist", "imported", "")
    assert about["data"] == ["imported from model_Mnist.h5"]
    assert about["found"].startswith("it expects light ink on black, 0 to 1; ")
    entry = ModelLibrary().entry(about["id"])
    assert not entry.is_current
    assert sorted(path.name for path in entry.path.parent.iterdir()) == [
        "network.json",
        "network.keras",
    ]
    card = json.loads(card_path(entry.path).read_text(encoding="utf-8"))
    assert [layer["kind"] for layer in card["architecture"]][:2] == ["Conv2D", "MaxPooling2D"]
    assert main(["models", "list"]) == 0
    assert "imported from model_Mnist.h5" in capsys.readouterr().out
    assert main(["evaluate", "synthetic:100", "--model", str(entry.path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["accuracy"] > 0.8


@pytest.mark.parametrize("name", ["lambda in .h5", "number bomb", "external link", "zip bomb"])
def test_hostile_file_is_refused_and_leaves_nothing(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make, words = HOSTILE[name]
    canary = tmp_path / "canary"
    assert main(["models", "import", str(make(tmp_path, canary))]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    (sentence,) = printed.err.splitlines()
    assert words in sentence
    assert not canary.exists()
    assert len(ModelLibrary().entries()) == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nothing.keras"], "does not exist"),
        (["hf://keras/digits"], "does not exist"),
        (["nothing.keras", "--name", " "], "1 to 80 characters"),
        ([], "FILE"),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_sentence(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["models", "import", *arguments]) == 2
    (sentence,) = capsys.readouterr().err.splitlines()
    assert words in sentence

"""qtdigits models: the library from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from qtdigits.__main__ import main
from qtdigits.core import paths
from qtdigits.core.library import SHIPPED, LibraryEntry, ModelLibrary
from qtdigits.core.model_card import card_path, read_card


def shipped_copy(name: str) -> LibraryEntry:
    """The network that ships, kept in the library under another name."""
    library = ModelLibrary()
    draft = library.new_draft()
    source = paths.shipped_model()
    draft.network.write_bytes(source.read_bytes())
    card_path(draft.network).write_bytes(card_path(source).read_bytes())
    return library.keep(draft, name)


@pytest.fixture
def mine() -> LibraryEntry:
    return shipped_copy("mine")


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What a command prints that goes well."""
    assert main(["models", *arguments]) == 0
    return capsys.readouterr().out


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["models", *arguments]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    (sentence,) = printed.err.splitlines()
    return sentence


def test_list_marks_the_network_that_reads(
    mine: LibraryEntry, capsys: pytest.CaptureFixture[str]
) -> None:
    shipped, own = said(capsys, "list").splitlines()
    assert shipped.startswith("* shipped ")
    assert own.startswith(f"  {mine.id}  mine ")


def test_list_as_json_has_everything(
    mine: LibraryEntry, capsys: pytest.CaptureFixture[str]
) -> None:
    shipped, own = json.loads(said(capsys, "list", "--json"))["networks"]
    assert (shipped["id"], shipped["shipped"], shipped["current"]) == (SHIPPED, True, True)
    assert (own["id"], own["name"], own["path"]) == (mine.id, "mine", str(mine.path))
    assert own["problem"] == ""
    assert own["figures"] == read_card(mine.path).figures


def test_damaged_network_is_listed_with_its_reason(
    mine: LibraryEntry, capsys: pytest.CaptureFixture[str]
) -> None:
    ModelLibrary().use(mine.id)
    mine.path.write_bytes(b"PK")
    assert main(["models", "list"]) == 0
    printed = capsys.readouterr()
    assert "cannot be used: " in printed.out.splitlines()[1]
    assert "The network that ships reads instead" in printed.err


@pytest.mark.parametrize("by", ["id", "name"])
def test_network_is_used_by_id_or_name(
    by: str, mine: LibraryEntry, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said(capsys, "use", getattr(mine, by)) == "mine reads from now on.\n"
    assert ModelLibrary().current().id == mine.id
    assert json.loads(said(capsys, "use", SHIPPED, "--json"))["current"] is True
    assert ModelLibrary().current().is_shipped


def test_rename_changes_the_name(mine: LibraryEntry, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "rename", "mine", "Anna's") == "mine is called Anna's now.\n"
    assert ModelLibrary().entry(mine.id).name == "Anna's"


def test_delete_says_what_reads_instead(
    mine: LibraryEntry, capsys: pytest.CaptureFixture[str]
) -> None:
    ModelLibrary().use(mine.id)
    assert json.loads(said(capsys, "delete", "mine", "--json")) == {
        "deleted": mine.id,
        "current": SHIPPED,
    }
    assert len(ModelLibrary().entries()) == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["use", "nothing"], "the library has no network 'nothing'"),
        (["delete", "shipped"], "always stays as it is"),
        (["rename", "shipped", "mine"], "always stays as it is"),
        (["rename", "mine", " "], "1 to 80 characters"),
        (["export", "mine", "a.pt"], "exported as .keras, .h5, .tflite, .onnx or"),
        (["export", "mine", "a", "--format", "pt"], "invalid choice: 'pt'"),
        (["compare", "mine", "nothing", "data.npz"], "no network 'nothing'"),
        ([], "ACTION"),
        (["burn"], "invalid choice"),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_sentence(
    arguments: list[str], words: str, mine: LibraryEntry, capsys: pytest.CaptureFixture[str]
) -> None:
    assert words in refused(capsys, *arguments)


def test_name_of_two_networks_is_refused(
    mine: LibraryEntry, capsys: pytest.CaptureFixture[str]
) -> None:
    other = shipped_copy("mine")
    sentence = refused(capsys, "delete", "mine")
    assert mine.id in sentence
    assert other.id in sentence


@pytest.mark.parametrize("suffix", [".keras", ".h5"])
def test_exported_file_is_opened_by_keras_and_by_this_program(
    suffix: str, mine: LibraryEntry, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / f"digits{suffix}"
    about = json.loads(said(capsys, "export", "mine", str(out), "--json"))
    assert (about["file"], about["checked"]) == (str(out), 100)
    assert sorted(path.name for path in tmp_path.glob("digits*")) == sorted(
        [out.name, "digits.json"]
    )

    import keras

    from qtdigits.ml.recognizer import load_network

    network, card = load_network(out)
    assert (card.name, card.sha256) == ("mine", about["sha256"])
    image = np.random.default_rng(1).random((1, 28, 28, 1), np.float32)
    opened = keras.models.load_model(out, compile=False)
    assert np.allclose(network(image), opened(image), atol=1e-5)


def test_export_for_serving_tells_the_version(
    mine: LibraryEntry, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["export", "mine", str(tmp_path / "digits"), "--format", "serving", "--json"]
    about = json.loads(said(capsys, *arguments))
    assert about["file"] == str(tmp_path / "digits" / "1")
    assert about["largest_difference"] <= 1e-4
    assert capsys.readouterr().err == ""


def test_export_over_a_file_that_is_no_card_is_refused(
    mine: LibraryEntry, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "notes.json").write_text("{}", encoding="utf-8")
    assert "notes.json exists" in refused(capsys, "export", "mine", str(tmp_path / "notes.keras"))
    assert (tmp_path / "notes.json").read_text(encoding="utf-8") == "{}"


@pytest.mark.usefixtures("network")
def test_compare_is_what_evaluate_says(
    strokes_file: Path, mine: LibraryEntry, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    eights = tmp_path / "eights.keras"
    eights.write_bytes(b"x")
    compared = json.loads(said(capsys, "compare", "mine", str(eights), str(strokes_file), "--json"))
    options = ["--model", str(mine.path), "--compare", str(eights), "--json"]
    assert main(["evaluate", str(strokes_file), *options]) == 0
    assert json.loads(capsys.readouterr().out) == compared
    assert compared["compared_with"]["name"] == "eights"

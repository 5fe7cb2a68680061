"""Saving a network so that an older one is never harmed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import keras
import pytest

from qtdigits.core.model_card import ModelCard, card_path, file_sha256
from qtdigits.ml.calibrate import Contract
from qtdigits.ml.model_file import NewModel, check_destination, save_model
from qtdigits.ml.network import build_network
from qtdigits.ml.recognizer import load_recognizer

needs_posix = pytest.mark.skipif(os.name != "posix", reason="limits on files are POSIX's")


def new_model(seed: int = 1) -> NewModel:
    keras.utils.set_random_seed(seed)
    contract = Contract(temperature=1.25, conformal_threshold=0.4, energy_threshold=-3.0)
    settings = {"dropout": 0.2}
    return NewModel(
        build_network("small", 0.2), "small", seed, ("here",), settings, {"n": 3}, contract
    )


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.mark.parametrize("suffix", [".keras", ".h5"])
def test_saved_network_is_loaded_again_with_its_card(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"mine{suffix}"
    card = save_model(new_model(), path)
    assert load_recognizer(path).card == card


def test_saving_leaves_two_files_and_nothing_else(tmp_path: Path) -> None:
    save_model(new_model(), tmp_path / "mine.keras")
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != "home") == [
        "mine.json",
        "mine.keras",
    ]


def test_saved_card_says_what_the_network_is(tmp_path: Path) -> None:
    path = tmp_path / "mine.keras"
    save_model(new_model(), path)
    card = ModelCard.from_json(card_path(path).read_text(encoding="utf-8"))
    assert (card.name, card.network, card.parameters) == ("mine", "small", 42_746)
    assert card.sha256 == file_sha256(path)
    assert (card.temperature, card.conformal_threshold, card.energy_threshold) == (1.25, 0.4, -3.0)
    assert (card.data, card.figures, card.seed) == (("here",), {"n": 3}, 1)
    assert {"qtdigits", "keras", "tensorflow", "numpy"} <= set(card.versions)


def test_saving_over_an_older_network_replaces_both_files(tmp_path: Path) -> None:
    path = tmp_path / "mine.keras"
    older = save_model(new_model(1), path)
    newer = save_model(new_model(2), path)
    assert older.sha256 != newer.sha256
    assert load_recognizer(path).card == newer


def fail_after(calls: int, function: Callable[..., object]) -> Callable[..., object]:
    """The function, which raises 'no space left' from its nth call on."""
    left = [calls]

    def failing(*args: object, **options: object) -> object:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(28, "No space left on device")
        return function(*args, **options)

    return failing


@pytest.mark.parametrize("calls", [0, 1])
def test_disk_that_is_full_at_the_end_leaves_the_older_network(
    calls: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "models"
    folder.mkdir()
    save_model(new_model(1), folder / "mine.keras")
    before = contents(folder)
    monkeypatch.setattr(os, "fsync", fail_after(calls, os.fsync))
    with pytest.raises(ValueError, match=r"could not be saved.*No space left.*free some space"):
        save_model(new_model(2), folder / "mine.keras")
    assert contents(folder) == before
    assert len(list(folder.iterdir())) == 2


def test_network_that_reads_back_differently_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "models"
    folder.mkdir()
    save_model(new_model(1), folder / "mine.keras")
    before = contents(folder)
    monkeypatch.setattr(keras.Sequential, "load_weights", lambda *_: None)
    with pytest.raises(ValueError, match="not read back as it was saved"):
        save_model(new_model(2), folder / "mine.keras")
    assert contents(folder) == before


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from qtdigits.ml.preload import import_keras
import_keras()
from qtdigits.ml.calibrate import Contract
from qtdigits.ml.model_file import NewModel, save_model
from qtdigits.ml.network import build_network

model = NewModel(build_network("small", 0.0), "small", 1, (), {}, {}, Contract(1.0, 0.5, 0.0))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
for path in sys.argv[1:]:
    try:
        save_model(model, Path(path))
    except ValueError as error:
        print(error)
"""


@needs_posix
def test_file_that_cannot_grow_leaves_the_older_networks(tmp_path: Path) -> None:
    folder = tmp_path / "models"
    folder.mkdir()
    paths = [folder / "one.keras", folder / "two.h5"]
    for path in paths:
        save_model(new_model(1), path)
    before = contents(folder)
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, *paths],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("could not be saved") == 2
    assert contents(folder) == before
    assert len(list(folder.iterdir())) == 4


def test_saving_warns_of_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    save_model(new_model(), tmp_path / "mine.h5")
    assert not caplog.records


def test_card_path_that_is_a_folder_leaves_the_older_network(tmp_path: Path) -> None:
    (tmp_path / "mine.keras").write_bytes(b"older")
    (tmp_path / "mine.json").mkdir()
    with pytest.raises(ValueError, match=r"mine\.json is a folder"):
        save_model(new_model(), tmp_path / "mine.keras")
    assert (tmp_path / "mine.keras").read_bytes() == b"older"


@pytest.mark.parametrize("name", ["mine", "mine.h6", "mine.txt", "mine.keras.zip", ".keras"])
def test_destination_of_another_kind_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"saved as \.keras or \.h5"):
        check_destination(tmp_path / name)


def test_destination_that_is_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.keras").mkdir()
    with pytest.raises(ValueError, match="is a folder"):
        check_destination(tmp_path / "mine.keras")


def test_destination_in_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="does not exist"):
        check_destination(tmp_path / "missing" / "mine.keras")


def test_destination_whose_card_belongs_to_another_network_is_refused(tmp_path: Path) -> None:
    save_model(new_model(), tmp_path / "mine.keras")
    with pytest.raises(ValueError, match=r"mine\.json is the card of mine\.keras"):
        check_destination(tmp_path / "mine.h5")
    check_destination(tmp_path / "mine.keras")


def test_card_is_json_without_nan(tmp_path: Path) -> None:
    save_model(new_model(), tmp_path / "mine.keras")
    text = (tmp_path / "mine.json").read_text(encoding="utf-8")
    json.loads(text, parse_constant=lambda name: pytest.fail(f"the card holds {name}"))
